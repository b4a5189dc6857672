"""The installed command in a pseudo-terminal."""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping
from typing import Any, Self

from tests.support.environment import COMMAND
from tests.support.screen import SIZE, Screen


class Terminal(Screen):
    """A terminal of 80×24 with the portal in it. Close it at the end of a test (`with`)."""

    def __init__(
        self,
        *words: str,
        environment: Mapping[str, str],
        size: tuple[int, int] = SIZE,
        window: tuple[int, int] | None = None,
        program: tuple[str, ...] = (str(COMMAND),),
    ) -> None:
        """`window` is what can be seen, where it is not the `size` that the terminal tells."""
        self.master, slave = os.openpty()
        os.set_blocking(self.master, False)
        self._tell_size(*size)
        self.attributes: list[Any] = termios.tcgetattr(slave)
        # setsid makes the terminal the program's own: closing it then hangs the program up.
        process = subprocess.Popen(
            ["setsid", "--ctty", *program, *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=dict(environment),
        )
        super().__init__(process, window or size)
        self._slave = slave

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.hang_up()

    # What the person does

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
        self._tell_size(columns, rows)
        self._screen.resize(rows, columns)

    def _tell_size(self, columns: int, rows: int) -> None:
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, size)

    def hang_up(self) -> None:
        """Close the window, or lose the line."""
        for number in (self.master, self._slave):
            if number >= 0:
                os.close(number)
        self.master = self._slave = -1

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self.process.send_signal(number)

    def terminal_attributes(self) -> list[Any]:
        """The modes of the terminal now."""
        return list(termios.tcgetattr(self._slave))

    def _take(self, seconds: float) -> bool:
        """Take what the program has written, waiting for at most so long."""
        if self.master < 0:
            time.sleep(seconds)
            return False
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        data = os.read(self.master, 65536)
        self.show(data)
        return True
