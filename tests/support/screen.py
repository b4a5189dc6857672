"""What a person sees of the portal and does to it, wherever its terminal is.

Nothing here sleeps and hopes: a test sends keys and waits for what they show, with a time-out
that is only reached by a failure.
"""

from __future__ import annotations

import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

import pyte

SIZE = (80, 24)
PATIENCE = 20.0
"""Seconds after which a test fails; a hundred times what it should take, for a busy machine."""
KEYS = {
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "space": " ",
    "escape": "\x1b",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "end": "\x1b[F",
    "pagedown": "\x1b[6~",
    "pageup": "\x1b[5~",
    "backspace": "\x7f",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
    "f12": "\x1b[24~",
    "ctrl+c": "\x03",
    "ctrl+l": "\x0c",
    "ctrl+p": "\x10",
    "ctrl+q": "\x11",
    "ctrl+z": "\x1a",
    "ctrl+backslash": "\x1c",
}
"""What xterm sends."""


class Screen(ABC):
    """A screen of 80×24 and a keyboard."""

    def __init__(self, process: subprocess.Popen[Any], size: tuple[int, int] = SIZE) -> None:
        self.process = process
        """While it runs, there is something to wait for."""
        self.output = bytearray()
        """Everything that the program has written."""
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)

    @abstractmethod
    def send(self, data: bytes) -> None:
        """Send bytes; what the program writes meanwhile is taken."""

    @abstractmethod
    def _take(self, seconds: float) -> bool:
        """Take what the program has written, waiting for at most so long."""

    def show(self, data: bytes) -> None:
        """What the program has written appears."""
        self.output += data
        self._stream.feed(data)

    # What the person does

    def press(self, *keys: str) -> None:
        """Press keys by name, or send any other text as it is, in one go."""
        self.send("".join(KEYS.get(key, key) for key in keys).encode())

    def type(self, text: str) -> None:
        """Type a text."""
        self.send(text.encode())

    def paste(self, text: str) -> None:
        """Paste in a terminal that brackets what is pasted."""
        self.type(f"\x1b[200~{text}\x1b[201~")

    # What the person sees

    @property
    def text(self) -> str:
        """The screen, a line a row."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def marked(self) -> str:
        """What stands in reverse on the screen: the button that has the focus, the cursor."""
        rows = [self._screen.buffer[row] for row in range(self._screen.lines)]
        return "".join(
            row[column].data if row[column].reverse else "\0"
            for row in rows
            for column in range(self._screen.columns)
        )

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row of the terminal's cursor."""
        return self._screen.cursor.x, self._screen.cursor.y

    @property
    def at_cursor(self) -> str:
        """What stands from the cursor on to the end of its line."""
        column, row = self.cursor
        return self._screen.display[row][column:].rstrip()

    @property
    def cursor_is_marked(self) -> bool:
        """The cursor is on what has the focus: dark on light, where all else is light on dark."""
        column, row = self.cursor
        cell = self._screen.buffer[row][column]
        if "default" in (cell.fg, cell.bg):
            return bool(cell.reverse)
        return bool(cell.reverse) or int(cell.bg, 16) > int(cell.fg, 16)

    def cells(self) -> list[list[Any]]:
        """The characters of the screen with their looks, a list a row."""
        columns = range(self._screen.columns)
        rows = range(self._screen.lines)
        return [[self._screen.buffer[row][column] for column in columns] for row in rows]

    def wait_for(self, *wanted: str | Callable[[], object], seconds: float = PATIENCE) -> None:
        """Wait until the screen shows all these texts, or conditions hold."""
        end = time.monotonic() + seconds
        while missing := [want for want in wanted if not self._holds(want)]:
            left = end - time.monotonic()
            assert left > 0, (
                f"waited in vain for {missing}; status {self.process.poll()}\n{self.text}"
            )
            assert self._take(min(left, 0.05)) or self.process.poll() is None, (
                f"ended with {self.process.poll()}, without {missing}\n{self.text}"
            )

    def wait_for_mark(self, text: str) -> None:
        """Wait until this text has the focus."""
        self.wait_for(lambda: text in self.marked)

    def watch(self, seconds: float) -> None:
        """Look at the screen for a time that the portal's own rules name."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._take(left)

    def wait_for_end(self, seconds: float = PATIENCE) -> int:
        """The exit status, as a shell reports it."""
        end = time.monotonic() + seconds
        while (status := self.process.poll()) is None:
            assert time.monotonic() < end, f"still running after {seconds} s\n{self.text}"
            self._take(0.02)
        while self._take(0.0):
            pass
        return status if status >= 0 else 128 - status

    def _holds(self, want: str | Callable[[], object]) -> bool:
        return want in self.text if isinstance(want, str) else bool(want())
