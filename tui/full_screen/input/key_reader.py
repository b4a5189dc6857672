"""Reading what is typed, for each of the drivers.

Textual's own drivers go on for ever at the end of their input, end the program on a byte that is
not UTF-8, and look ten times a second whether an Esc was meant alone. This reader ends, replaces
the byte, and wakes only when something comes, or when an Esc has waited long enough for more.
"""

from __future__ import annotations

import os
import select
import time
from abc import abstractmethod
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any, ClassVar
from weakref import WeakSet

from textual import constants
from textual.app import App
from textual.events import Key, Resize
from textual.message import Message
from textual.messages import InBandWindowResize

from tui.full_screen.input.key_parser import KeyParser
from tui.full_screen.input.textual_private import TextualDriver
from tui.terminal.shutdown import terminal_gone

CHUNK = 4096
PASTE_SECONDS = 5.0
"""A paste of which nothing more comes for so long is over: its end has been lost."""
AHEAD = 256
"""So many messages may be on their way to the app before the reader waits for it: what is typed
meanwhile is in the terminal, not in memory."""
WAYS_OUT = frozenset({"escape", "ctrl+c", "f3", "f10"})
"""Pressed while many keys wait, they mean: not all that."""
CATCH_UP_POLL = 0.1
"""Seconds between looks whether the app ends while it is waited for."""


class KeysDropped(Message):
    """Keys were dropped before they came to the reader."""


class KeyReader(TextualDriver):
    """The reading half of a driver; a mixin that comes before Textual's."""

    together: ClassVar[WeakSet[Key]] = WeakSet()
    """Keys that came with others in one go: pasted, typed ahead or sent by a macro."""
    flooded: ClassVar[Event] = Event()
    """Set while more keys wait than anybody types: but for those that lead out, what comes is
    dropped as soon as it is read."""
    source: int = 0
    """The file descriptor to read from: standard input."""
    exit_event: Event
    _ahead = 0
    """Messages since the app last caught up."""

    def __init__(self, app: App[None], **options: Any) -> None:
        super().__init__(app, **options)
        self.flooded.clear()
        self._wake_read, self._wake_write = os.pipe()

    @abstractmethod
    def read(self) -> bytes | None:
        """What was typed, maybe nothing; None when nothing will come any more."""

    def process_message(self, message: Message) -> None:
        """The size is the terminal's own: one that is typed could be anything."""
        if not isinstance(message, Resize | InBandWindowResize):
            super().process_message(message)

    def close(self) -> None:
        """The reader has ended by now."""
        super().close()
        for end in (self._wake_read, self._wake_write):
            os.close(end)

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
            self.app.call_later(_raise, error)

    def _read_keys(self) -> None:
        keys = KeyParser(debug=self.debug)
        decoder = getincrementaldecoder("utf-8")(errors="replace")
        sources = [self.source, self._wake_read]
        escaped_until: float | None = None
        """When what may be the beginning of a sequence has waited long enough for the rest."""
        while not self.exit_event.is_set():
            patience = PASTE_SECONDS if keys.pasting else None
            if escaped_until is not None:
                patience = max(0.0, escaped_until - time.monotonic())
            ready = select.select(sources, [], [], patience)[0]
            if self.source in ready:
                data = self.read()
                if data is None:
                    terminal_gone()
                    return
                if text := decoder.decode(data):  # nothing, to the parser, is the end of it all
                    self._pass_on(keys.feed(text))
                if b"\x1b" in data or escaped_until is not None:
                    escaped_until = time.monotonic() + constants.ESCAPE_DELAY
            elif escaped_until is not None:
                # Only now: however late this thread has its turn, what has come is read first.
                self._pass_on(list(keys.tick()))
                escaped_until = None
            elif keys.pasting:
                self._pass_on([keys.end_paste()])

    def _pass_on(self, messages: list[Message]) -> None:
        if self.flooded.is_set():
            messages = [m for m in messages if not isinstance(m, Key) or m.key in WAYS_OUT]
        keys = [message for message in messages if isinstance(message, Key)]
        if len(keys) > 1:
            self.together.update(keys)
        for message in messages:
            self.process_message(message)
        self._ahead += len(messages)
        if self._ahead >= AHEAD:
            self._let_the_app_catch_up()

    def _let_the_app_catch_up(self) -> None:
        self._ahead = 0
        caught_up = Event()
        if self.app.call_later(caught_up.set):
            while not (caught_up.wait(CATCH_UP_POLL) or self.exit_event.is_set()):
                pass


def _raise(error: Exception) -> None:
    raise error
