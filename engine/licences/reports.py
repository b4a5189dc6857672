"""What was ordered in a period, counted: pure values. Sums are kept apart by currency, and a
correction counts as the negative lines that it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, tzinfo
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from engine.errors import GroupUnknown, PeriodWrong
from engine.licences.order import Order


class ReportKind(StrEnum):
    """What is counted."""

    ORDERS = "orders"
    """Orders of every kind, and what they came to."""
    ITEMS = "items"
    """The items of orders: pieces, and what they came to."""
    COMPANIES = "companies"
    """Orders, by who placed them."""
    SYSTEMS = "systems"
    """Systems that something was ordered for: each once in its group."""
    KEYS = "keys"
    """Keycodes, by the number of the key that signed them."""


class Group(StrEnum):
    """What rows are for."""

    MONTH = "month"
    COMPANY = "company"
    PART = "part"
    """A part number; only of items."""
    KIND = "kind"
    """The kind of an order."""
    PRODUCT = "product"
    KEY = "key"
    """The number of a signing key; only of keycodes."""


DEFAULT: dict[ReportKind, tuple[Group, ...]] = {
    ReportKind.ORDERS: (Group.MONTH,),
    ReportKind.ITEMS: (Group.PART,),
    ReportKind.COMPANIES: (Group.COMPANY,),
    ReportKind.SYSTEMS: (Group.PRODUCT,),
    ReportKind.KEYS: (Group.KEY,),
}
_ONLY = {Group.PART: ReportKind.ITEMS, Group.KEY: ReportKind.KEYS}


class Asked(NamedTuple):
    """A report that is wanted."""

    kind: ReportKind
    since: datetime
    before: datetime
    """The period, half open: the first moment is in it, this one is not."""
    by: tuple[Group, ...]


class ReportRow(NamedTuple):
    """One row, of one currency."""

    groups: tuple[str, ...]
    """In the order of `Asked.by`: a month (`2026-11`), the id of a company, a part number, …"""
    currency: str
    """"" where there is no money in it (systems, keycodes)."""
    quantity: int
    """Orders, systems or keycodes; of items, the pieces."""
    amount: Decimal


class Report(NamedTuple):
    """The rows, sorted by their groups, and the sum of each currency."""

    asked: Asked
    rows: tuple[ReportRow, ...]
    sums: tuple[ReportRow, ...]
    """Without groups. Of systems, each counts once, in how many rows it may be."""
    unread: int = 0
    """Systems that cannot be read and may have orders of the period: they are not counted."""


class _Piece(NamedTuple):
    """What one order adds to a report."""

    name: str
    """A part number, or the number of a key."""
    currency: str
    quantity: int
    amount: Decimal


_Place = tuple[tuple[str, ...], str]
"""Groups and currency of a row."""


def parse_groups(kind: ReportKind, text: str) -> tuple[Group, ...]:
    """`month,company`; nothing is what is usual for that report. Raises `GroupUnknown`."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    known = [group for group in Group if _ONLY.get(group, kind) is kind]
    for word in words:
        if word not in known:
            raise GroupUnknown(text=word, known=tuple(group.value for group in known))
    return tuple(dict.fromkeys(map(Group, words))) or DEFAULT[kind]


def check_period(since: datetime, before: datetime) -> None:
    """Raise `PeriodWrong` where the end is not after the beginning."""
    if before <= since:
        raise PeriodWrong()


def report(
    asked: Asked,
    orders: Iterable[Order],
    key_number: Callable[[str], int],
    zone: tzinfo | None = None,
) -> Report:
    """Count these orders, all of which are in the period; read once, one at a time. `key_number`
    tells who signed a keycode; months are those of `zone`, or of the machine."""
    counts: dict[_Place, int] = {}
    amounts: dict[_Place, Decimal] = {}
    systems: dict[_Place, set[int]] = {}
    for order in orders:
        for piece in _pieces(asked.kind, order, key_number):
            names = tuple(_group(group, order, piece, zone) for group in asked.by)
            for place in ((names, piece.currency), ((), piece.currency)):
                if asked.kind is ReportKind.SYSTEMS:
                    known = systems.setdefault(place, set())
                    if (of := int(order.equipment_id, 16)) in known:
                        continue
                    known.add(of)
                counts[place] = counts.get(place, 0) + piece.quantity
                amounts[place] = amounts.get(place, Decimal(0)) + piece.amount
    found = [ReportRow(*place, counts[place], amounts[place]) for place in sorted(counts)]
    rows = tuple(row for row in found if row.groups)
    return Report(asked, rows, tuple(row for row in found if not row.groups))


def _group(group: Group, order: Order, piece: _Piece, zone: tzinfo | None) -> str:
    match group:
        case Group.MONTH:
            return f"{order.placed_at.astimezone(zone):%Y-%m}"
        case Group.COMPANY:
            return order.company_id
        case Group.KIND:
            return order.kind.value
        case Group.PRODUCT:
            return order.product
    return piece.name


def _pieces(kind: ReportKind, order: Order, key_number: Callable[[str], int]) -> Iterator[_Piece]:
    match kind:
        case ReportKind.ITEMS:
            for line in order.lines:
                yield _Piece(line.part, order.currency, line.quantity, line.total)
        case ReportKind.KEYS:
            for keycode in order.keycodes:
                yield _Piece(str(key_number(keycode)), "", 1, Decimal(0))
        case ReportKind.SYSTEMS:
            yield _Piece("", "", 1, Decimal(0))
        case _:
            yield _Piece("", order.currency, 1, order.total)
