"""The file of keycodes that a CSV leaves beside it: a row as soon as its order is placed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from engine.assembly import Portal
from engine.errors import ResultExists, WriteFailed, system_word
from engine.licences.order import Order
from tui.commands.sheets import amount, write_headings, write_rows
from tui.wording.deliverables import function_name
from tui.wording.translation import _

RESULT_COLUMNS = (
    "line",
    "equipment_id",
    "order_reference",
    "licensee",
    "order",
    "total",
    "function",
    "keycode",
)


def result_rows(line: int, order: Order, portal: Portal) -> Iterator[tuple[str, ...]]:
    """What came of a line of the file: a row for each keycode."""
    product = portal.catalogue.product(order.product)
    codes = [("", order.keycode)] if order.keycode else []
    codes += [(function_name(product, c.function), c.keycode) for c in order.function_keycodes]
    for function, keycode in codes:
        cells = (
            str(line),
            order.equipment_id,
            order.reference,
            order.licensee,
            order.number,
            amount(order.total),
            function,
            keycode,
        )
        yield cells


def agreed(question: str) -> bool:
    """Whether somebody at the terminal types `yes`, in his language."""
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() == _("yes")


class Results:
    """The result file, made new: each row is there as soon as its order is placed. One that came
    to nothing is taken away again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = 0
        self._file: TextIO

    def __enter__(self) -> Self:
        """Raises `WriteFailed`, `ResultExists`."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        with self._writing():
            fd = os.open(self.path, flags, 0o600)
            self._file = os.fdopen(fd, "w", encoding="utf-8", newline="", buffering=1)
            write_headings(self._file, RESULT_COLUMNS)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(OSError):  # each row was written out before
            self._file.close()
        if not self.rows:
            with suppress(OSError):
                self.path.unlink()

    def write(self, rows: Iterable[tuple[str, ...]]) -> None:
        """Raises `WriteFailed`."""
        with self._writing():
            write_rows(self._file, rows)
            self.rows += 1

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except FileExistsError:
            raise ResultExists(path=str(self.path)) from None
        except OSError as error:
            raise WriteFailed(path=str(self.path), reason=system_word(error)) from None
