"""The terminal's reader and writer, mended.

Textual's own driver goes on for ever at the end of its input, ends the program on a byte that is
not UTF-8, and looks ten times a second whether an Esc was meant alone. This one ends, replaces
the byte, and wakes only when something comes, or 25 ms after an Esc.
"""

from __future__ import annotations

import os
import select
import time
from codecs import getincrementaldecoder

# The one use of a module that Textual does not publish: there is no other way to its parser of
# keys. Textual is pinned exactly, and tests/terminal presses every key through it.
from textual._xterm_parser import XTermParser
from textual.constants import ESCAPE_DELAY
from textual.drivers.linux_driver import LinuxDriver

from tui.exits import terminal_gone

ESCAPE_POLL = 0.025
"""Seconds between looks while an Esc waits to be told from a sequence."""
CHUNK = 4096


class PortalDriver(LinuxDriver):
    """For a terminal on Linux, local or through SSH."""

    _wake_read, _wake_write = os.pipe()

    def disable_input(self) -> None:
        """Wake the reader, so that it sees at once that it should end."""
        os.write(self._wake_write, b"\0")
        super().disable_input()
        os.read(self._wake_read, CHUNK)

    def run_input_thread(self) -> None:
        """Read keys until the app ends or the terminal goes away."""
        parser = XTermParser(self._debug)
        decoder = getincrementaldecoder("utf-8")(errors="replace")
        sources = [self.fileno, self._wake_read]
        alert_until = 0.0
        while not self.exit_event.is_set():
            alert = time.monotonic() < alert_until
            ready = select.select(sources, [], [], ESCAPE_POLL if alert else None)[0]
            if self.fileno in ready:
                data = self._read()
                if not data:
                    terminal_gone()
                    return
                for message in parser.feed(decoder.decode(data)):
                    self.process_message(message)
                if b"\x1b" in data:
                    alert_until = time.monotonic() + ESCAPE_DELAY + 2 * ESCAPE_POLL
            for message in parser.tick():
                self.process_message(message)

    def _read(self) -> bytes:
        """What came; nothing when nothing will come any more."""
        try:
            # What was typed before the portal was there has line feeds for Enter: the terminal
            # was still translating. Ctrl+J, the other line feed, has no use of its own.
            return os.read(self.fileno, CHUNK).replace(b"\n", b"\r")
        except OSError:
            return b""
