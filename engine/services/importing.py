"""Reading a CSV of systems: all or nothing, every bad row named by its line."""

from __future__ import annotations

import csv
import errno
from collections.abc import Callable, Iterator
from pathlib import Path

from engine.cleaning import clean
from engine.errors import (
    CsvBroken,
    CsvHeaderWrong,
    FileUnreadable,
    PortalError,
    RowShapeWrong,
    RowsWrong,
    SystemKnown,
)
from engine.systems import System

REQUIRED = ("equipment_id", "product", "release", "company")
COLUMNS = (*REQUIRED, "model")
"""The header names, in any order; `model` may be left out."""
MOST_BAD_ROWS = 1000
"""After so many bad rows the rest is not read."""

MakeSystem = Callable[[str, str, str, str, str], System]


def read_rows(path: Path) -> Iterator[tuple[int, tuple[str, ...], list[str]]]:
    """Line number, header and fields of each row. Raises `FileUnreadable`, `CsvHeaderWrong`,
    `CsvBroken`."""
    if path.exists() and not path.is_file():  # the file is read twice; a pipe gives it once
        reason = "EISDIR" if path.is_dir() else "ESPIPE"
        raise FileUnreadable(path=str(path), reason=reason)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file, strict=True)
            header = tuple(name.strip().lower() for name in next(rows, []))
            if not set(REQUIRED) <= set(header) <= set(COLUMNS) or len(set(header)) < len(header):
                raise CsvHeaderWrong(path=str(path), found=header, wanted=COLUMNS)
            for row in rows:
                if any(map(str.strip, row)):  # spreadsheets write empty rows as ,,,,
                    yield rows.line_num, header, row
    except OSError as error:
        word = errno.errorcode.get(error.errno or 0, type(error).__name__)
        raise FileUnreadable(path=str(path), reason=word) from None
    except UnicodeDecodeError:
        raise FileUnreadable(path=str(path), reason="encoding") from None
    except csv.Error as error:
        raise CsvBroken(path=str(path), line=rows.line_num, reason=str(error)) from None


def read_systems(path: Path, make: MakeSystem, known: Callable[[System], bool]) -> Iterator[System]:
    """The systems of a CSV, one at a time, once *every* row is known to be right.

    The file is read twice, so that a million rows need no memory: first to check them all, then
    to hand them out. `make` makes a system of the texts, `known` says whether the store has it.
    Raises `RowsWrong` with every bad row, and what `read_rows` raises.
    """
    _check(path, make, known)
    for _line, header, row in read_rows(path):
        yield _system(header, row, make)


def _check(path: Path, make: MakeSystem, known: Callable[[System], bool]) -> None:
    bad: list[tuple[int, PortalError]] = []
    seen: set[int] = set()
    for line, header, row in read_rows(path):
        try:
            system = _system(header, row, make)
            number = int(system.equipment_id, 16)
            if number in seen or known(system):
                raise SystemKnown(equipment_id=system.equipment_id)
            seen.add(number)
        except PortalError as error:
            bad.append((line, error))
            if len(bad) >= MOST_BAD_ROWS:
                break
    if bad:
        raise RowsWrong(path=str(path), rows=tuple(bad))


def _system(header: tuple[str, ...], row: list[str], make: MakeSystem) -> System:
    if len(row) != len(header):
        raise RowShapeWrong(found=len(row), wanted=len(header))
    fields = dict(zip(header, map(clean, row), strict=True))
    return make(
        fields["equipment_id"],
        fields["product"],
        fields["release"],
        fields["company"],
        fields.get("model", ""),
    )
