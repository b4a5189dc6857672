"""The terminal's reader and writer."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterable
from typing import Any

from textual.app import App

from engine.safe_text import safe
from tui.full_screen.input.key_reader import CHUNK, KeyReader
from tui.full_screen.input.textual_private import TextualTerminalDriver
from tui.full_screen.input.writer import ChangesWriter
from tui.terminal.clipboard import OSC_52, passed_on
from tui.terminal.encoding import one_for_one, speaks_utf8
from tui.terminal.window import DESIGNED_FOR, possible_size

LEAVE_ALTERNATE = "\x1b[?2026l\x1b[0m\x1b[?1049l\x1b[?25h\x1b[?7h\n"
"""A frame that was begun is over, plain characters, the other screen, cursor and line wrap on."""
ENTER_ALTERNATE = "\x1b[?1049h\x1b[?25l\x1b[?7l"


class PortalDriver(KeyReader, ChangesWriter, TextualTerminalDriver):
    """For a terminal on Linux, local or through SSH."""

    def __init__(self, app: App[None], **options: Any) -> None:
        super().__init__(app, **options)
        self.set_size(*self.terminal_size())
        # Suspended, a session that has nothing but the portal could not be woken again.
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        self._ascii = not speaks_utf8(os.environ)
        self._bare = False
        """A text stands on the terminal bare: what the app draws meanwhile is not sent."""

    def start_application_mode(self) -> None:
        """… in which one change of the window's size is told after the other: a signal's handler
        that the next signal interrupts would tell its older size last."""
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual gives it no types
        tell = signal.getsignal(signal.SIGWINCH)
        assert callable(tell), "Textual has set it"
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGWINCH, tell, signal.SIGWINCH, None)

    def terminal_size(self) -> tuple[int, int]:
        """The terminal's own size: what the environment says of it may be of another window."""
        try:
            columns, rows = os.get_terminal_size(self.fileno)
        except OSError:
            columns, rows = 0, 0
        size = possible_size(columns, rows) if columns and rows else DESIGNED_FOR
        self.sized(*size)
        return size

    def stop_application_mode(self) -> None:
        """… from where the app is, so that the terminal is left as it was found."""
        self.end_bare()
        super().stop_application_mode()

    def show_bare(self, lines: Iterable[str]) -> None:
        """Leave the alternate screen and print: the terminal's own scrollback and its log keep
        the text, and its mouse selects."""
        self.report_mouse(on=False)
        text = "".join(f"{safe(line)}\n" for line in lines)
        super().write(LEAVE_ALTERNATE + (one_for_one(text) if self._ascii else text))
        self.flush()
        self._bare = True

    def end_bare(self) -> None:
        """Back to the alternate screen, of which nothing is known."""
        if self._bare:
            self._bare = False
            super().write(ENTER_ALTERNATE)
            self.report_mouse(on=True)
            self.sized(*self.terminal_size())

    def write(self, data: str) -> None:
        """What is for the clipboard finds its way through tmux and screen; where the terminal
        does not read UTF-8, what is not ASCII is drawn with what is."""
        if self._bare:
            return
        if data.startswith(OSC_52):
            data = passed_on(data, os.environ)
        data = one_for_one(data) if self._ascii else data
        if changes := self.only_changes(data):
            super().write(changes)

    def disable_input(self) -> None:
        """End the reader, which Textual waits for."""
        with self.awake():
            super().disable_input()

    def read(self) -> bytes | None:
        """The next keys."""
        try:
            # What was typed before the portal was there has line feeds for Enter: the terminal
            # was still translating. Ctrl+J, the other line feed, has no use of its own.
            return os.read(self.source, CHUNK).replace(b"\n", b"\r") or None
        except OSError:
            return None
