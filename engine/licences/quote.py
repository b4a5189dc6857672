"""What an order is worth: the trade of a system and a draft, without a store.

choices_for   what can be ordered for a system
quote         what a draft would cost and give
check_draft   … with every problem of items and reference together
make_order    the order that it becomes, with its keycode
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from engine import inventory as trade
from engine.catalogue.item import Item
from engine.catalogue.product import Keycodes, Product
from engine.errors import OrderRefused, Problem
from engine.inventory import Change, Inventory
from engine.keycode.issuing import issue, issue_function
from engine.keycode.signing import Keys
from engine.licences.draft_rules import check_reference, read_items
from engine.licences.kinds import newly_signed
from engine.licences.order import Draft, FunctionKeycode, Order, OrderLine
from engine.licences.order_number import OrderNumber
from engine.licences.system import System


class ItemChoice(NamedTuple):
    """An item as the system's operator sees it."""

    item: Item
    owned: bool
    """An on/off item that would add nothing."""
    owned_part: tuple[str, ...]
    """Keys of the functions of an on/off item that the system has already."""
    has: int
    """Of a quantity item: how many units of its first function the system has."""
    most: int
    """The largest quantity that still fits."""


class Quote(NamedTuple):
    """What an order would be, if it were placed now."""

    system: System
    product: Product
    lines: tuple[OrderLine, ...]
    before: Inventory
    after: Inventory

    @property
    def total(self) -> Decimal:
        """The sum of the lines."""
        return sum((line.total for line in self.lines), Decimal(0))

    @property
    def changes(self) -> tuple[Change, ...]:
        """The inventory before → after, in elementary functions."""
        return trade.changes(self.product, self.before, self.after)


def choices_for(product: Product, system: System) -> tuple[ItemChoice, ...]:
    """The items that the system's release offers, in the guide's order."""
    has = system.inventory
    return tuple(
        ItemChoice(
            item,
            trade.owned(has, item),
            trade.owned_part(has, item),
            0 if item.is_on_off else has.get(item.unlocks[0].function, 0),
            trade.most(product, has, item),
        )
        for item in product.offered(system.release)
    )


def quote(product: Product, system: System, draft: Draft) -> Quote:
    """The items of a draft, priced and added up. Raises `OrderRefused`, a problem a field;
    `SystemMoved`."""
    system.require_open()
    chosen = read_items(product, system, draft.quantities)
    after = trade.add_items(product, system.inventory, chosen)
    return Quote(system, product, lines_of(chosen), system.inventory, after)


def make_order(
    product: Product, system: System, draft: Draft, placed_by: str, placed_at: datetime, keys: Keys
) -> Order:
    """The system's next order, signed. Raises `OrderRefused`."""
    quoted = quote(product, system, draft)
    order = Order(
        number=str(OrderNumber(system.equipment_id, system.next_sequence)),
        draft_id=draft.draft_id,
        equipment_id=system.equipment_id,
        placed_at=placed_at,
        company_id=system.company_id,
        placed_by=placed_by,
        product=product.key,
        release=system.release,
        lines=quoted.lines,
        currency=product.currency,
        reference=draft.reference,
        licensee=draft.licensee,
        address=draft.address,
        inventory=quoted.after,
    )
    return sign_order(order, product, system.inventory, keys)


def check_draft(product: Product, system: System, draft: Draft) -> Quote:
    """Items and reference at once. Raises `OrderRefused` with every problem there is."""
    problems: list[Problem] = []
    quoted = None
    try:
        quoted = quote(product, system, draft)
    except OrderRefused as refused:
        problems.extend(refused.problems)
    try:
        check_reference(draft)
    except OrderRefused as refused:
        problems.extend(refused.problems)
    if problems or quoted is None:
        raise OrderRefused(problems=tuple(problems))
    return quoted


def sign_order(order: Order, product: Product, before: Inventory, keys: Keys) -> Order:
    """The order with its keycode, or with one for each function that it adds."""
    ring, of = keys(), order.equipment_id
    if product.keycodes is Keycodes.UNIQUE:
        code = issue(product, order.release, of, order.inventory, ring)
        return replace(order, keycode=code)
    codes = tuple(
        FunctionKeycode(function=key, keycode=issue_function(product, order.release, of, key, ring))
        for key in newly_signed(product, before, order)
    )
    return replace(order, function_keycodes=codes)


def lines_of(chosen: list[tuple[Item, int]]) -> tuple[OrderLine, ...]:
    """Items and quantities at today's prices."""
    return tuple(
        OrderLine(part=item.part, name=item.name.en, quantity=quantity, unit_price=item.price)
        for item, quantity in chosen
    )
