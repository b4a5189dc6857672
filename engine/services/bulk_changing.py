"""Many changes of systems from one CSV: all of them are right, or none is done.

A row is told from another by what it means: a file that is run again does nothing twice. A system
stands in one row only: what a second change would find is not there before the first is done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

import msgspec

from engine.documents.csv_rows import Row
from engine.errors import ChangeRowsWrong, PortalError, SystemRepeated
from engine.licences.order import Order
from engine.licences.plans import Plan
from engine.licences.system import System
from engine.ports import Placement

MOST_BAD_ROWS = 1000


class RowChange(NamedTuple):
    """What one row asks for."""

    system: System
    plan: Callable[[], Plan]
    """What it would be. Raises what the service raises."""
    do: Callable[[str, Decimal], Placement]
    """Do it, once for each id of a request, for the total that was seen."""


class PlannedChange(NamedTuple):
    """A change of the file as it would be done."""

    line: int
    change: RowChange
    request_id: str
    what: Plan | Order
    """The plan, or the order that it has become before."""


def plan_changes(
    path: str,
    name: str,
    rows: Iterable[Row],
    read: Callable[[Mapping[str, str]], RowChange],
    orders_of: Callable[[System], tuple[Order, ...]],
) -> list[PlannedChange]:
    """Every change of the file at `path`, none of them done. `name` is that of the change.

    Raises `ChangeRowsWrong` with every bad row, and what reading the rows raises.
    """
    planned: list[PlannedChange] = []
    bad: list[tuple[int, PortalError]] = []
    lines: dict[str, int] = {}
    for row in rows:
        try:
            fields = row.fields()
            change = read(fields)
            of = change.system.equipment_id
            _take(lines, of, row.line)
            request_id = _meant_id(name, of, fields)
            done = (each for each in orders_of(change.system) if each.draft_id == request_id)
            what = next(done, None) or change.plan()
            if isinstance(what, Plan) and what.other_id:
                _take(lines, what.other_id, row.line)
        except PortalError as error:
            bad.append((row.line, error))
            if len(bad) >= MOST_BAD_ROWS:
                break
            continue
        planned.append(PlannedChange(row.line, change, request_id, what))
    if bad:
        raise ChangeRowsWrong(path=path, rows=tuple(bad))
    return planned


def _take(lines: dict[str, int], equipment_id: str, line: int) -> None:
    """The system stands in this line, as what is changed or as where it goes, and in no other."""
    if equipment_id in lines:
        raise SystemRepeated(equipment_id=equipment_id, line=lines[equipment_id])
    lines[equipment_id] = line


def _meant_id(name: str, equipment_id: str, fields: Mapping[str, str]) -> str:
    said = {key: text for key, text in sorted(fields.items()) if text and key != "equipment_id"}
    digest = hashlib.sha256(msgspec.json.encode([name, equipment_id, said])).hexdigest()
    return f"{name}-{digest[:32]}"
