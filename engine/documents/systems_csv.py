"""Reading a CSV of systems: all or nothing, every bad row named by its line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import islice
from pathlib import Path

from engine.documents.csv_rows import Columns, Row, read_rows
from engine.errors import PortalError, RowsWrong, SystemKnown
from engine.licences.system import EquipmentId, System

REQUIRED = ("equipment_id", "product", "release", "company")
COLUMNS = (*REQUIRED, "model")
"""The header names, in any order; `model` may be left out."""
MOST_BAD_ROWS = 1000
"""After so many bad rows the rest is not read."""

_BATCH = 500
"""Rows that are asked about in one question to the store."""

MakeSystem = Callable[[str, str, str, str, str], System]
KnownIds = Callable[[Collection[EquipmentId]], Collection[EquipmentId]]


def read_systems(
    path: Path,
    make: MakeSystem,
    known: KnownIds,
    headings: Mapping[str, str] | None = None,
) -> Iterator[System]:
    """The systems of a CSV, one at a time, once *every* row is known to be right.

    The file is read twice, so that a million rows need no memory: first to check them all, then
    to hand them out. `make` makes a system of the texts, `known` says which the store has,
    `headings` are other words for the columns.
    Raises `RowsWrong` with every bad row, and what
    `read_rows` raises.
    """
    columns = Columns(COLUMNS, REQUIRED, headings or {})
    _check(path, make, known, columns)
    for row in read_rows(path, columns):
        yield _system(row, make)


def _check(path: Path, make: MakeSystem, known: KnownIds, columns: Columns) -> None:
    bad: list[tuple[int, PortalError]] = []
    seen: set[int] = set()
    rows = read_rows(path, columns)
    while len(bad) < MOST_BAD_ROWS and (batch := list(islice(rows, _BATCH))):
        new: list[tuple[int, EquipmentId]] = []
        for row in batch:
            try:
                of = _system(row, make).equipment_id
                if int(of, 16) in seen:
                    raise SystemKnown(equipment_id=of)
                seen.add(int(of, 16))
                new.append((row.line, of))
            except PortalError as error:
                bad.append((row.line, error))
        there = known([of for _line, of in new])
        bad += ((line, SystemKnown(equipment_id=of)) for line, of in new if of in there)
    if bad:
        bad.sort(key=lambda each: each[0])
        raise RowsWrong(path=str(path), rows=tuple(bad[:MOST_BAD_ROWS]))


def _system(row: Row, make: MakeSystem) -> System:
    fields = row.fields()
    return make(
        fields["equipment_id"],
        fields["product"],
        fields["release"],
        fields["company"],
        fields.get("model", ""),
    )
