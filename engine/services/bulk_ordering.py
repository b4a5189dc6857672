"""Many orders from one CSV: all of them are right, or none is placed.

A row is an order. The columns are those of `FIELDS` and one for each part number that is
ordered, with the quantity:

    equipment_id,order_reference,licensee,city,country,BHW1063A,BHW1095A
    03FFFF0302AD4,2125469-65891,John Smith,Guyancourt,FR,1,8

A row is told from another by what it means (`engine.services.same_orders`), unless the file has a
column `draft_id`: a file that is run again, after a power cut or by mistake, places nothing
twice. Two rows that mean the same are a slip of the hand: one of them is refused, unless they
have a `draft_id` each, or what was ordered is to be ordered again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from engine.catalogue.product import Catalogue
from engine.documents.csv_rows import Columns, Row, read_rows
from engine.errors import DraftPlaced, FieldTooLong, OrderRowsWrong, PortalError, RowRepeated
from engine.licences.order import Address, Draft, Order
from engine.licences.system import System
from engine.services.access import Session
from engine.services.ordering import Ordering
from engine.services.same_orders import meaning_of, meaning_of_order, meant_id

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
    """As it would be; one that was ordered before is that order."""
    already: bool
    """It was ordered before: there is nothing to place."""


def plan_orders(
    path: Path,
    catalogue: Catalogue,
    ordering: Ordering,
    session: Session,
    headings: Mapping[str, str] | None = None,
    *,
    again: bool = False,
) -> list[PlannedOrder]:
    """Every order of the file, tried one after the other without placing any.

    A system that stands in several rows has in each what the rows before have given it. What was
    ordered before is planned to be ordered once more only if it is meant `again`. `headings` are
    other words for the columns.
    Raises `OrderRowsWrong` with every bad row, `FileUnreadable`, `CsvHeaderWrong`, `CsvBroken`.
    """
    plan = _Plan(ordering, session, again=again)
    planned: list[PlannedOrder] = []
    bad: list[tuple[int, PortalError]] = []
    for row in read_rows(path, _columns(catalogue, headings or {})):
        try:
            planned.append(plan.take(row))
        except PortalError as error:
            bad.append((row.line, error))
            if len(bad) >= MOST_BAD_ROWS:
                break
    if bad:
        raise OrderRowsWrong(path=str(path), rows=tuple(bad))
    return planned


class _Plan:
    """The orders of the rows so far, and the systems as these leave them."""

    def __init__(self, ordering: Ordering, session: Session, *, again: bool) -> None:
        self._ordering, self._session, self._again = ordering, session, again
        self._systems: dict[str, System] = {}
        self._before: dict[tuple[str, str], list[Order]] = {}
        """Orders in the store, by their system and their draft id, and by what they mean."""
        self._lines: dict[tuple[str, str], int] = {}
        """Where each order of the file is, by system and draft id."""

    def take(self, row: Row) -> PlannedOrder:
        """The order of one row. Raises `RowRepeated`, and as `Ordering.trial`."""
        draft = _draft(row.fields())
        system = self._system(draft.equipment_id)
        draft, before = self._identified(draft, system)
        place = (system.equipment_id, draft.draft_id)
        if place in self._lines:
            raise RowRepeated(line=self._lines[place])
        self._lines[place] = row.line
        if before:
            return PlannedOrder(row.line, draft, before[-1], already=True)
        after = self._ordering.trial(self._session, draft, system)
        self._systems[after.equipment_id] = after
        return PlannedOrder(row.line, draft, after.orders[-1], already=False)

    def _identified(self, draft: Draft, system: System) -> tuple[Draft, list[Order]]:
        """The draft with its id, and the orders that it is already. Raises `DraftPlaced` when
        its own id is that of an order that says something else."""
        of, meaning = system.equipment_id, meaning_of(draft, system.equipment_id)
        if draft.draft_id:
            known = self._before.get((of, draft.draft_id), [])
            if known and meaning_of_order(known[-1]) != meaning:
                raise DraftPlaced(number=known[-1].number)
            return draft, known
        before = self._before.get((of, meant_id(meaning, 0)), [])
        if not self._again:
            return replace(draft, draft_id=meant_id(meaning, 0)), before
        times = len(before)
        while (of, meant_id(meaning, times)) in self._lines:
            times += 1
        return replace(draft, draft_id=meant_id(meaning, times)), []

    def _system(self, text: str) -> System:
        """As the rows before have left it; when it comes for the first time, its orders are
        looked through, once."""
        known = self._ordering.find_system(self._session, text)
        of = known.equipment_id
        if of not in self._systems:
            self._systems[of] = known
            for order in self._ordering.orders_of(known):
                for key in {order.draft_id, meant_id(meaning_of_order(order), 0)}:
                    self._before.setdefault((of, key), []).append(order)
        return self._systems[of]


def _columns(catalogue: Catalogue, headings: Mapping[str, str]) -> Columns:
    """An item's column has its part number above it, or that and its name (`BHW1063A Extended
    ACD`), or the name alone where no other item has it."""
    items = [item for product in catalogue.products.values() for item in product.items]
    parts = sorted({item.part for item in items})
    named = [(item.part, name) for item in items for name in {item.name.en, item.name.fr}]
    count = Counter(name for _part, name in named)
    others = {name: part for part, name in named if count[name] == 1}
    others |= {f"{part} {name}": part for part, name in named}
    return Columns((*FIELDS, *parts), REQUIRED, others | dict(headings))


def _draft(fields: dict[str, str]) -> Draft:
    text = fields.get
    if len(text("draft_id", "")) > LONGEST_ID:
        length = len(fields["draft_id"])
        raise FieldTooLong(field="draft_id", length=length, most=LONGEST_ID)
    return Draft(
        draft_id=text("draft_id", ""),
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
