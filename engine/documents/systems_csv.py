"""Reading a CSV of systems: all or nothing, every bad row named by its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from engine.documents.csv_rows import Columns, Row, read_rows
from engine.errors import PortalError, RowsWrong, SystemKnown
from engine.licences.system import System

REQUIRED = ("equipment_id", "product", "release", "company")
COLUMNS = (*REQUIRED, "model")
"""The header names, in any order; `model` may be left out."""
MOST_BAD_ROWS = 1000
"""After so many bad rows the rest is not read."""

MakeSystem = Callable[[str, str, str, str, str], System]


def read_systems(
    path: Path,
    make: MakeSystem,
    known: Callable[[System], bool],
    headings: Mapping[str, str] | None = None,
) -> Iterator[System]:
    """The systems of a CSV, one at a time, once *every* row is known to be right.

    The file is read twice, so that a million rows need no memory: first to check them all, then
    to hand them out. `make` makes a system of the texts, `known` says whether the store has it,
    `headings` are other words for the columns.
    Raises `RowsWrong` with every bad row, and what
    `read_rows` raises.
    """
    columns = Columns(COLUMNS, REQUIRED, headings or {})
    _check(path, make, known, columns)
    for row in read_rows(path, columns):
        yield _system(row, make)


def _check(path: Path, make: MakeSystem, known: Callable[[System], bool], columns: Columns) -> None:
    bad: list[tuple[int, PortalError]] = []
    seen: set[int] = set()
    for row in read_rows(path, columns):
        try:
            system = _system(row, make)
            number = int(system.equipment_id, 16)
            if number in seen or known(system):
                raise SystemKnown(equipment_id=system.equipment_id)
            seen.add(number)
        except PortalError as error:
            bad.append((row.line, error))
            if len(bad) >= MOST_BAD_ROWS:
                break
    if bad:
        raise RowsWrong(path=str(path), rows=tuple(bad))


def _system(row: Row, make: MakeSystem) -> System:
    fields = row.fields()
    return make(
        fields["equipment_id"],
        fields["product"],
        fields["release"],
        fields["company"],
        fields.get("model", ""),
    )
