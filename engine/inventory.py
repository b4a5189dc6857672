"""What a system has, in elementary functions: unlocking, adding up, limits, before and after.

On/off functions combine by OR, quantities by sum. A quantity that no longer fits its field in
the keycode is refused before the order is placed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from engine.errors import ItemOwned, QuantityTooLarge

if TYPE_CHECKING:
    from engine.catalogue.item import Function, Item
    from engine.catalogue.product import Product

Inventory = Mapping[str, int]
"""Key of the elementary function to its quantity, in the catalogue's order; on/off functions
have 1. What a system does not have is not in it."""


class Change(NamedTuple):
    """One row of before → after."""

    function: Function
    before: int
    after: int


def add_items(
    product: Product, inventory: Inventory, items: Iterable[tuple[Item, int]]
) -> Inventory:
    """The inventory with items and their quantities (from 1) added, in the catalogue's order.

    Whether an item is owned is judged by what was there before them all, so that the order of
    the items does not matter. Raises `ItemOwned` for an on/off item that adds nothing,
    `QuantityTooLarge` when a function would not fit its field; what other items of the same
    order have brought by then counts as had.
    """
    after = inventory
    for item, quantity in items:
        if owned(inventory, item):
            raise ItemOwned(part=item.part)
        after = _with_item(product, after, item, quantity)
    return in_order(product, after)


def _with_item(product: Product, inventory: Inventory, item: Item, quantity: int) -> Inventory:
    after = dict(inventory)
    for unlock in item.unlocks:
        function = product.function(unlock.function)
        has = inventory.get(function.key, 0)
        total = 1 if function.is_on_off else has + quantity * unlock.units
        if total > function.most:
            raise QuantityTooLarge(
                part=item.part,
                function=function.key,
                has=has,
                asked=quantity,
                most=most(product, inventory, item),
            )
        after[function.key] = total
    return after


def owned(inventory: Inventory, item: Item) -> bool:
    """Whether an on/off item would add nothing: its functions are all there."""
    return item.is_on_off and all(unlock.function in inventory for unlock in item.unlocks)


def covered(inventory: Inventory, items: Sequence[tuple[Item, int]]) -> dict[str, tuple[str, ...]]:
    """The on/off items that add nothing beside the others of one order: their part numbers, and
    those of the items that bring their functions. Each would be sold twice."""
    found: dict[str, tuple[str, ...]] = {}
    for item, _quantity in items:
        adds = {unlock.function for unlock in item.unlocks} - set(inventory)
        others = {
            other.part: adds & {unlock.function for unlock in other.unlocks}
            for other, _quantity in items
            if other.part != item.part
        }
        if item.is_on_off and adds and adds <= set().union(*others.values()):
            found[item.part] = tuple(part for part, brought in others.items() if brought)
    return found


def owned_part(inventory: Inventory, item: Item) -> tuple[str, ...]:
    """Which functions of an on/off item the system has already."""
    if not item.is_on_off:
        return ()
    return tuple(unlock.function for unlock in item.unlocks if unlock.function in inventory)


def most(product: Product, inventory: Inventory, item: Item) -> int:
    """The largest quantity of an item that still fits; 1 or 0 for an on/off item."""
    if item.is_on_off:
        return 0 if owned(inventory, item) else 1
    room = [
        (function.most - inventory.get(function.key, 0)) // unlock.units
        for unlock in item.unlocks
        if not (function := product.function(unlock.function)).is_on_off
    ]
    return max(0, min(room))


def changes(product: Product, before: Inventory, after: Inventory) -> tuple[Change, ...]:
    """Before → after, in the catalogue's order: every function that either has."""
    return tuple(
        Change(function, before.get(function.key, 0), after.get(function.key, 0))
        for function in product.functions
        if function.key in before or function.key in after
    )


def in_order(product: Product, quantities: Inventory) -> Inventory:
    """The same quantities in the catalogue's order of functions."""
    return {f.key: quantities[f.key] for f in product.functions if quantities.get(f.key)}
