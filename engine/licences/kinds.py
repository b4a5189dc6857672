"""What each kind of order has to make of the inventory: one rule for placing and for `check`."""

from __future__ import annotations

from engine import inventory as trade
from engine.catalogue.product import Keycodes, Product
from engine.errors import FunctionVanishes, ItemOwned, QuantityTooLarge
from engine.inventory import Inventory
from engine.licences.order import Order, OrderKind


def adds_up(product: Product, before: Inventory, order: Order) -> bool:
    """Whether the inventory after an order is what its kind makes of the one before. What a move
    brings only the other side can tell (`engine.licences.moves`)."""
    after = order.inventory
    match order.kind:
        case OrderKind.ORDER:
            return _with_lines(product, before, order)
        case OrderKind.UPGRADE | OrderKind.REISSUE:
            return _carries_over(product, before, order)
        case OrderKind.TRANSFER:
            return after == before
        case OrderKind.CORRECTION:
            return after != before and all(before.get(key, 0) >= n for key, n in after.items())
        case OrderKind.MOVE_OUT:
            return not after
        case OrderKind.MOVE_IN:
            return not before and bool(after)


def _carries_over(product: Product, before: Inventory, order: Order) -> bool:
    try:
        return order.inventory == carried_over(product, before, order.release)
    except FunctionVanishes:
        return False


def _with_lines(product: Product, before: Inventory, order: Order) -> bool:
    """The earlier inventory and what the lines unlock. Of an item that the catalogue has no more,
    only that nothing was lost can be said."""
    items = [(product.item(line.part), line.quantity) for line in order.lines]
    known = [(item, quantity) for item, quantity in items if item]
    if len(known) < len(items):
        return all(order.inventory.get(key, 0) >= quantity for key, quantity in before.items())
    try:
        return order.inventory == trade.add_items(product, before, known)
    except (ItemOwned, QuantityTooLarge):
        return False


def carried_over(product: Product, inventory: Inventory, release: str) -> Inventory:
    """The inventory in another release: what a function becomes there, in the same number.

    Raises `FunctionVanishes`, with all functions that the release does not have.
    """
    after: dict[str, int] = {}
    vanishing: list[str] = []
    for key, quantity in inventory.items():
        function = product.function_in(key, release)
        if function is None:
            vanishing.append(key)
        else:
            after[function.key] = after.get(function.key, 0) + quantity
    if vanishing:
        raise FunctionVanishes(product=product.key, functions=tuple(vanishing), release=release)
    return trade.in_order(product, after)


def newly_signed(product: Product, before: Inventory, order: Order) -> tuple[str, ...]:
    """Of a product whose functions have keycodes of their own: those that get one with this order.
    For another release, another system or another key, all of them."""
    assert product.keycodes is Keycodes.FUNCTION, "others have one keycode for all"
    anew = order.kind in {OrderKind.UPGRADE, OrderKind.REISSUE, OrderKind.MOVE_IN}
    return tuple(key for key in order.inventory if anew or key not in before)
