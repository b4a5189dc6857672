"""The terminal's reader and writer, mended.

Textual's own driver goes on for ever at the end of its input, ends the program on a byte that is
not UTF-8, and looks ten times a second whether an Esc was meant alone. This one ends, replaces
the byte, and wakes only when something comes, or 25 ms after an Esc.
"""

from __future__ import annotations

import os
import select
import signal
import time
from codecs import getincrementaldecoder
from collections.abc import Iterable
from typing import Any, ClassVar
from weakref import WeakSet

# The one use of a module that Textual does not publish: there is no other way to its parser of
# keys. Textual is pinned exactly, and tests/terminal presses every key through it.
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.constants import ESCAPE_DELAY
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key, Resize
from textual.message import Message
from textual.messages import InBandWindowResize

from tui.clipboard import OSC_52, passed_on
from tui.exits import terminal_gone

ESCAPE_POLL = 0.025
"""Seconds between looks while an Esc waits to be told from a sequence."""
CHUNK = 4096
DIGITS = "1234567890"


class PortalParser(XTermParser):
    """Tells keys from sequences."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        """Esc and a digit is a function key. Textual takes them for what a Mac types with the
        Option key."""
        if len(sequence) == len("\x1b2") and sequence[0] == "\x1b" and sequence[1] in DIGITS:
            yield Key(f"f{sequence[1].replace('0', '10')}", None)
        else:
            yield from super()._sequence_to_key_events(sequence, alt)


class PortalDriver(LinuxDriver):
    """For a terminal on Linux, local or through SSH."""

    together: ClassVar[WeakSet[Key]] = WeakSet()
    """Keys that came with others in one go: pasted, typed ahead or sent by a macro."""
    _wake_read, _wake_write = os.pipe()

    def __init__(self, app: App[None], **options: Any) -> None:
        super().__init__(app, **options)
        # Suspended, a session that has nothing but the portal could not be woken again.
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)

    def process_message(self, message: Message) -> None:
        """The size is the terminal's own: one that is typed could be anything."""
        if not isinstance(message, Resize | InBandWindowResize):
            super().process_message(message)

    def write(self, data: str) -> None:
        """What is for the clipboard finds its way through tmux and screen."""
        super().write(passed_on(data, os.environ) if data.startswith(OSC_52) else data)

    def disable_input(self) -> None:
        """Wake the reader, so that it sees at once that it should end."""
        os.write(self._wake_write, b"\0")
        super().disable_input()
        os.read(self._wake_read, CHUNK)

    def run_input_thread(self) -> None:
        """Read keys until the app ends or the terminal goes away. A mistake here is the app's,
        which ends with it; Textual would print it and call it a success."""
        try:
            self._read_keys()
        except Exception as error:  # noqa: BLE001  # whatever it is, it is told
            self._app.call_later(_raise, error)

    def _read_keys(self) -> None:
        self._parser = PortalParser(self._debug)
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
                if text := decoder.decode(data):  # nothing, to the parser, is the end of it all
                    self._pass_on(self._parse(text))
                if b"\x1b" in data:
                    alert_until = time.monotonic() + ESCAPE_DELAY + 2 * ESCAPE_POLL
            for message in self._parser.tick():
                self.process_message(message)

    def _parse(self, text: str) -> list[Message]:
        try:
            return list(self._parser.feed(text))
        except Exception:  # noqa: BLE001  # whoever types can make it stumble, in many ways
            self._parser = PortalParser(self._debug)
            return []

    def _pass_on(self, messages: list[Message]) -> None:
        keys = [message for message in messages if isinstance(message, Key)]
        if len(keys) > 1:
            self.together.update(keys)
        for message in messages:
            self.process_message(message)

    def _read(self) -> bytes:
        """What came; nothing when nothing will come any more."""
        try:
            # What was typed before the portal was there has line feeds for Enter: the terminal
            # was still translating. Ctrl+J, the other line feed, has no use of its own.
            return os.read(self.fileno, CHUNK).replace(b"\n", b"\r")
        except OSError:
            return b""


def _raise(error: Exception) -> None:
    raise error
