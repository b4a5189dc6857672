"""Many orders from one CSV: all of them are right, or none is placed.

A row is an order. The columns are those of `FIELDS` and one for each part number that is
ordered, with the quantity:

    equipment_id,order_reference,licensee,city,country,BHW1063A,BHW1095A
    03FFFF0302AD4,2125469-65891,John Smith,Guyancourt,FR,1,8

The draft id of a row is made from the file's content and the line, unless the file has a column
for it: a file that is run again, after a power cut or by mistake, places nothing twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from engine.catalogue.product import Catalogue
from engine.errors import FieldTooLong, FileUnreadable, PortalError, RowsWrong, system_word
from engine.orders import Address, Draft, Order
from engine.services.access import Session
from engine.services.csv_rows import Row, read_rows
from engine.services.ordering import Ordering
from engine.systems import System

REQUIRED = ("equipment_id", "order_reference", "licensee")
FIELDS = (
    *REQUIRED,
    "address_name",
    "address_line1",
    "address_line2",
    "address_line3",
    "city",
    "zip_code",
    "country",
    "draft_id",
)
MOST_BAD_ROWS = 1000
LONGEST_ID = 64


class PlannedOrder(NamedTuple):
    """An order of the file as it would be placed."""

    line: int
    draft: Draft
    order: Order
    """As it would be; an order that the file has placed before is that order."""
    already: bool


def plan_orders(
    path: Path, catalogue: Catalogue, ordering: Ordering, session: Session
) -> list[PlannedOrder]:
    """Every order of the file, tried one after the other without placing any.

    A system that stands in several rows has in each what the rows before have given it.
    Raises `RowsWrong` with every bad row, `FileUnreadable`, `CsvHeaderWrong`, `CsvBroken`.
    """
    planned: list[PlannedOrder] = []
    bad: list[tuple[int, PortalError]] = []
    systems: dict[str, System] = {}
    for row, draft_id in _rows(path, catalogue):
        try:
            draft = _draft(row.fields(), draft_id)
            known = ordering.find_system(session, draft.equipment_id)
            before = systems.get(known.equipment_id, known)
            after = ordering.trial(session, draft, before)
        except PortalError as error:
            bad.append((row.line, error))
            if len(bad) >= MOST_BAD_ROWS:
                break
            continue
        systems[after.equipment_id] = after
        order = next(o for o in reversed(after.orders) if o.draft_id == draft.draft_id)
        planned.append(PlannedOrder(row.line, draft, order, order in known.orders))
    if bad:
        raise RowsWrong(path=str(path), rows=tuple(bad))
    return planned


def _rows(path: Path, catalogue: Catalogue) -> Iterator[tuple[Row, str]]:
    parts = {item.part for product in catalogue.products.values() for item in product.items}
    known = parts.union(FIELDS)
    digest = _digest(path)
    for row in read_rows(path, REQUIRED, known.__contains__, (*FIELDS, *sorted(parts))):
        yield row, f"csv-{digest}-{row.line}"


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:32] if path.is_file() else ""
    except OSError as error:
        raise FileUnreadable(path=str(path), reason=system_word(error)) from None


def _draft(fields: dict[str, str], draft_id: str) -> Draft:
    text = fields.get
    if len(text("draft_id", "")) > LONGEST_ID:
        length = len(fields["draft_id"])
        raise FieldTooLong(field="draft_id", length=length, most=LONGEST_ID)
    return Draft(
        draft_id=text("draft_id") or draft_id,
        equipment_id=fields["equipment_id"],
        quantities={name: cell for name, cell in fields.items() if name not in FIELDS and cell},
        reference=fields["order_reference"],
        licensee=fields["licensee"],
        address=Address(
            name=text("address_name", ""),
            lines=(
                text("address_line1", ""),
                text("address_line2", ""),
                text("address_line3", ""),
            ),
            city=text("city", ""),
            zip_code=text("zip_code", ""),
            country=text("country", ""),
        ),
    )
