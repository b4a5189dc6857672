"""Reading what is typed, for each of the drivers.

Textual's own drivers go on for ever at the end of their input, end the program on a byte that is
not UTF-8, and look ten times a second whether an Esc was meant alone. This reader ends, replaces
the byte, and wakes only when something comes, or 25 ms after an Esc.
"""

from __future__ import annotations

import os
import select
import time
from abc import abstractmethod
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Event
from typing import ClassVar
from weakref import WeakSet

# The one use of a module that Textual does not publish: there is no other way to its parser of
# keys. Textual is pinned exactly, and tests/terminal presses every key through it.
from textual._xterm_parser import XTermParser
from textual.constants import ESCAPE_DELAY
from textual.driver import Driver
from textual.events import Key, Resize
from textual.message import Message
from textual.messages import InBandWindowResize

from tui.terminal.shutdown import terminal_gone

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


class KeyReader(Driver):
    """The reading half of a driver; a mixin that comes before Textual's."""

    together: ClassVar[WeakSet[Key]] = WeakSet()
    """Keys that came with others in one go: pasted, typed ahead or sent by a macro."""
    source: ClassVar[int] = 0
    """The file descriptor to read from: standard input."""
    exit_event: Event
    _wake_read, _wake_write = os.pipe()

    @abstractmethod
    def read(self) -> bytes | None:
        """What was typed, maybe nothing; None when nothing will come any more."""

    def process_message(self, message: Message) -> None:
        """The size is the terminal's own: one that is typed could be anything."""
        if not isinstance(message, Resize | InBandWindowResize):
            super().process_message(message)

    @contextmanager
    def awake(self) -> Iterator[None]:
        """The reader sees at once that it should end."""
        os.write(self._wake_write, b"\0")
        yield
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
        sources = [self.source, self._wake_read]
        alert_until = 0.0
        while not self.exit_event.is_set():
            alert = time.monotonic() < alert_until
            ready = select.select(sources, [], [], ESCAPE_POLL if alert else None)[0]
            if self.source in ready:
                data = self.read()
                if data is None:
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


def _raise(error: Exception) -> None:
    raise error
