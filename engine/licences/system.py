"""Equipment IDs and systems."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NewType

from msgspec import Struct
from msgspec.structs import replace

from engine.errors import EquipmentIdMalformed, EquipmentIdRounded, SystemMoved
from engine.inventory import Inventory
from engine.licences.order import Order, OrderKind
from engine.safe_text import without_unseen

EquipmentId = NewType("EquipmentId", str)
"""13 hexadecimal digits, upper case: `03FFFF0302AD4` (guide, Order Process (1/4))."""

DIGITS = 13
_IGNORED = re.compile(r"[\s\u00a0\u202f\-.:]+")
FEWEST_DIGITS = 4
"""Of the end of an ID, to be looked up by it."""
_NUMBER = re.compile(r"\d([.,]\d+)?E\+\d+", re.IGNORECASE)
_HEXADECIMAL = frozenset("0123456789ABCDEF")


def parse_equipment_id(text: str) -> EquipmentId:
    """Read an Equipment ID as people type it: case, spaces, hyphens, dots, colons and what cannot
    be seen do not count.

    Raises `EquipmentIdMalformed`, which names the first wrong character, or the length;
    `EquipmentIdRounded` for what a spreadsheet has made of one.
    """
    shown = text[:40]
    if _NUMBER.fullmatch(text.strip()):
        raise EquipmentIdRounded(text=shown, position=0, character="", length=0)
    for position, character in enumerate(text, start=1):
        if character.upper() not in _HEXADECIMAL and not _IGNORED.fullmatch(
            without_unseen(character) or " "
        ):
            raise EquipmentIdMalformed(text=shown, position=position, character=character, length=0)
    digits = _IGNORED.sub("", without_unseen(text)).upper()
    if len(digits) != DIGITS:
        raise EquipmentIdMalformed(text=shown, position=0, character="", length=len(digits))
    return EquipmentId(digits)


def end_of_id(text: str) -> str:
    """The last digits of an Equipment ID as people type them, or "" for what is no such end."""
    digits = _IGNORED.sub("", without_unseen(text)).upper()
    return digits if len(digits) >= FEWEST_DIGITS and _HEXADECIMAL.issuperset(digits) else ""


class System(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One PBX, the company that looks after it, and what was ordered for it.

    `orders` are the latest ones, oldest first; older ones lie in `sealed` segments of the store
    and are read only when somebody asks for them.
    """

    equipment_id: EquipmentId
    product: str
    """Key of the product in the catalogue: `aastra5000`."""
    model: str = ""
    """Of a product that has models: `Nexspan 50`; otherwise empty."""
    release: str
    company_id: str
    orders: tuple[Order, ...] = ()
    sealed: int = 0
    """Number of sealed segments of older orders."""
    sealed_orders: int = 0
    """Number of orders in those segments."""
    lost: tuple[int, ...] = ()
    """Which orders of the system, from 1, were lost with a damaged document: their numbers are
    never given again."""

    @property
    def next_sequence(self) -> int:
        """Which order of the system the next one will be, from 1."""
        return self.sealed_orders + len(self.orders) + len(self.lost) + 1

    @property
    def moved_to(self) -> str:
        """The Equipment ID of the hardware that took this one's place, or ""."""
        latest = self.orders[-1] if self.orders else None
        return latest.other_id if latest and latest.kind is OrderKind.MOVE_OUT else ""

    def given_up_by(self, company_id: str | None) -> Order | None:
        """The latest transfer away from that company, or None."""
        for order in reversed(self.orders):
            if order.kind is OrderKind.TRANSFER and order.from_company == company_id:
                return order
        return None

    def require_open(self) -> None:
        """Raises `SystemMoved` for hardware that is given up."""
        if other_id := self.moved_to:
            raise SystemMoved(equipment_id=self.equipment_id, other_id=other_id)

    def after(self, order: Order) -> System:
        """The system with that order: it runs the order's release, and after a transfer is its
        company's."""
        taken = order.kind is OrderKind.TRANSFER
        return replace(
            self,
            release=order.release,
            company_id=order.company_id if taken else self.company_id,
            orders=(*self.orders, order),
        )

    def changed(self, change: Callable[[System], System]) -> System:
        """The same system after a change. Raises what `change` raises."""
        after = change(self)
        if (after.equipment_id, after.orders) != (self.equipment_id, self.orders):
            raise ValueError("a system keeps its ID and its orders")
        return after

    @property
    def inventory(self) -> Inventory:
        """What the system has: the inventory of its latest order, or nothing."""
        return self.orders[-1].inventory if self.orders else {}
