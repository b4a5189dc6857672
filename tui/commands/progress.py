"""A progress bar for long work, on standard error when that is a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

_WIDTH = 40
_EVERY_SECONDS = 0.1


class Bar:
    """`with Bar(count, text) as bar: work(bar.show)`: how much of the work is done.

    `count` says how much there is, or 0 when nobody knows; it is asked on a terminal only.
    `text` is shown until the work begins to tell, with `{count}` for that number.
    """

    def __init__(self, count: Callable[[], int], text: str) -> None:
        self._count = count
        self._text = text
        self._total = 0
        self._shown_at = 0.0
        self._on = sys.stderr.isatty()

    def __enter__(self) -> Self:
        if self._on:
            self._total = self._count()
            self._write(self._text.format(count=self._total))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._on:
            self._write("")

    def show(self, done: int) -> None:
        """Draw the bar, at most ten times a second."""
        now = time.monotonic()
        if not self._on or now - self._shown_at < _EVERY_SECONDS:
            return
        self._shown_at = now
        if not self._total:
            self._write(str(done))
            return
        part = min(done / self._total, 1.0)
        filled = "#" * int(part * _WIDTH)
        self._write(f"[{filled:.<{_WIDTH}}] {part:4.0%}  {done}")

    def _write(self, text: str) -> None:
        # Erase the line, then write; no new line until the work is over.
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def rows(path: Path) -> int:
    """The lines below the header; a file that cannot be read is for the import to report."""
    try:
        with path.open("rb") as file:
            return max(sum(1 for _line in file) - 1, 0)
    except OSError:
        return 0
