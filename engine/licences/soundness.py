"""Whether a system and its orders are what the trade says: numbers, inventories, keycodes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import count

from engine.catalogue.product import Catalogue, Keycodes, Product
from engine.errors import StoreTrouble
from engine.findings import Finding, FindingCode
from engine.inventory import Inventory
from engine.keycode.signing import KeyRing
from engine.keycode.verifying import verify
from engine.licences.kinds import adds_up, newly_signed
from engine.licences.order import Order, OrderKind
from engine.licences.order_number import OrderNumber
from engine.licences.system import System


class Examiner:
    """Examines systems, one at a time."""

    def __init__(
        self,
        catalogue: Catalogue,
        ring: KeyRing,
        company_ids: Collection[str] | None,
        find: Callable[[str], System | None] | None = None,
    ) -> None:
        """`company_ids` are the companies there are; None: nobody knows. `find` answers the system
        on the other side of a move; None: nobody looks."""
        self._find = find
        self._catalogue = catalogue
        self._ring = ring
        self._company_ids = None if company_ids is None else frozenset(company_ids)

    def __call__(self, system: System, orders: Sequence[Order]) -> Iterator[Finding]:
        """What is wrong with a system, given all its orders, oldest first."""
        place = system.equipment_id
        if self._company_ids is not None and system.company_id not in self._company_ids:
            yield Finding(place, FindingCode.COMPANY_UNKNOWN, {"company": system.company_id})
        if system.sealed_orders + len(system.orders) != len(orders):
            yield Finding(place, FindingCode.ORDER_COUNT)
        product = self._catalogue.products.get(system.product)
        if product is None:
            yield Finding(place, FindingCode.PRODUCT_UNKNOWN, {"product": system.product})
            return
        if system.release not in product.releases:
            yield Finding(place, FindingCode.RELEASE_UNKNOWN, {"release": system.release})
        has: Inventory = {}
        sequences = (each for each in count(1) if each not in system.lost)
        for sequence, order in zip(sequences, orders, strict=False):
            yield from self._examine(system, product, sequence, order, has)
            has = order.inventory

    def _examine(
        self, system: System, product: Product, sequence: int, order: Order, has: Inventory
    ) -> Iterator[Finding]:
        wanted = str(OrderNumber(system.equipment_id, sequence))
        if order.number != wanted:
            yield Finding(order.number, FindingCode.ORDER_NUMBER, {"wanted": wanted})
        if (order.equipment_id, order.product) != (system.equipment_id, system.product):
            yield Finding(order.number, FindingCode.ORDER_OTHER)
            return
        if not adds_up(product, has, order):
            yield Finding(order.number, FindingCode.INVENTORY)
        if self._find and not self._has_other_side(order, has, self._find):
            yield Finding(order.number, FindingCode.MOVE_HALF, {"other": order.other_id})
        for keycode, unlocks in _keycodes(product, order, has):
            if problem := self._keycode(order, keycode, unlocks):
                yield problem

    def _has_other_side(
        self, order: Order, has: Inventory, find: Callable[[str], System | None]
    ) -> bool:
        """Of a move: the same request on the other side, with what was lost or won here. One that
        lies in a segment there is not looked for."""
        if order.kind not in {OrderKind.MOVE_OUT, OrderKind.MOVE_IN}:
            return True
        try:
            other = find(order.other_id)
        except StoreTrouble:  # of which the check tells by itself
            return True
        if other is None:
            return False
        moved = has if order.kind is OrderKind.MOVE_OUT else order.inventory
        for each in other.orders:
            if each.draft_id == order.draft_id:
                return order.kind is OrderKind.MOVE_IN or each.inventory == moved
        return bool(other.sealed)

    def _keycode(self, order: Order, text: str | None, unlocks: Inventory) -> Finding | None:
        if text is None:
            return Finding(order.number, FindingCode.KEYCODE_MISSING)
        reading = verify(text, self._catalogue, self._ring, order.equipment_id, order.release)
        keycode = reading.keycode
        if keycode and keycode.key_number not in self._ring.numbers:
            return Finding(order.number, FindingCode.KEYCODE_KEY, {"key": str(keycode.key_number)})
        if not keycode or not reading.genuine or keycode.text != text:
            return Finding(order.number, FindingCode.KEYCODE_WRONG)
        if keycode.inventory != unlocks or keycode.product.key != order.product:
            return Finding(order.number, FindingCode.KEYCODE_INVENTORY)
        return None


def _keycodes(
    product: Product, order: Order, has: Inventory
) -> Iterator[tuple[str | None, Inventory]]:
    """Each keycode that the order must have delivered, and what it has to unlock."""
    if product.keycodes is Keycodes.UNIQUE:
        yield order.keycode, order.inventory
        return
    delivered = {code.function: code.keycode for code in order.function_keycodes}
    for function in {*newly_signed(product, has, order), *delivered}:
        yield delivered.get(function), {function: order.inventory.get(function, 0)}
