"""The installed command in a pseudo-terminal, and what a person sees on it.

Nothing here sleeps and hopes: a test sends keys and waits for what they show, with a time-out
that is only reached by a failure.
"""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyte

COMMAND = Path(sys.executable).with_name("keycode-portal")
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
    "ctrl+c": "\x03",
    "ctrl+p": "\x10",
    "ctrl+q": "\x11",
    "ctrl+z": "\x1a",
    "ctrl+backslash": "\x1c",
}
"""What xterm sends."""


class Terminal:
    """A terminal of 80×24 with the portal in it. Close it at the end of a test (`with`)."""

    def __init__(
        self,
        *words: str,
        environment: Mapping[str, str],
        size: tuple[int, int] = SIZE,
        program: tuple[str, ...] = (str(COMMAND),),
    ) -> None:
        self.output = bytearray()
        """Everything that the program has written."""
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self.master, slave = os.openpty()
        os.set_blocking(self.master, False)
        self.resize(*size)
        self.attributes: list[Any] = termios.tcgetattr(slave)
        # setsid makes the terminal the program's own: closing it then hangs the program up.
        self.process = subprocess.Popen(
            ["setsid", "--ctty", *program, *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=dict(environment),
        )
        self._slave = slave

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.hang_up()

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

    def send(self, data: bytes) -> None:
        """Send bytes; what the program writes meanwhile is taken."""
        left = memoryview(data)
        while left:
            _, writable, _ = select.select([], [self.master], [], 0)
            if writable:
                left = left[os.write(self.master, left) :]
            self._take(0.0 if writable else 0.01)

    def resize(self, columns: int, rows: int) -> None:
        """Another size of the window."""
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, size)
        self._screen.resize(rows, columns)

    def hang_up(self) -> None:
        """Close the window, or lose the line."""
        for number in (self.master, self._slave):
            if number >= 0:
                os.close(number)
        self.master = self._slave = -1

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self.process.send_signal(number)

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

    def terminal_attributes(self) -> list[Any]:
        """The modes of the terminal now."""
        return list(termios.tcgetattr(self._slave))

    def _holds(self, want: str | Callable[[], object]) -> bool:
        return want in self.text if isinstance(want, str) else bool(want())

    def _take(self, seconds: float) -> bool:
        """Take what the program has written, waiting for at most so long."""
        if self.master < 0:
            time.sleep(seconds)
            return False
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        data = os.read(self.master, 65536)
        self.output += data
        self._stream.feed(data)
        return True
