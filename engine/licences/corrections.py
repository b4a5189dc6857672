"""An order that was a mistake, down to what was meant: what is taken back, and what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine import inventory as trade
from engine.catalogue.product import Product
from engine.errors import (
    ChangeRefused,
    CorrectionUpwards,
    ItemNotOrdered,
    NotCorrectable,
    NothingCorrected,
    Problem,
    QuantityMalformed,
)
from engine.inventory import Inventory
from engine.licences.draft_rules import read_quantity
from engine.licences.kinds import carried_over
from engine.licences.order import Order, OrderKind, OrderLine
from engine.licences.plans import Plan
from engine.licences.system import System


def plan_correction(
    product: Product,
    system: System,
    orders: Sequence[Order],
    number: str,
    meant: Mapping[str, str],
) -> Plan:
    """An order down to what was `meant`: the quantity, as typed, by part number; what is not
    named stays. `orders` are all of the system, oldest first.

    Raises `SystemMoved`, `NotCorrectable`, `NothingCorrected`, `ChangeRefused`.
    """
    system.require_open()
    corrected = next((order for order in orders if order.number == number), None)
    if corrected is None or corrected.kind is not OrderKind.ORDER:
        raise NotCorrectable(number=number)
    has = {line.part: line.quantity for line in corrected.lines}
    for order in orders:
        if order.kind is OrderKind.CORRECTION and order.other_id == number:
            for line in order.lines:
                has[line.part] += line.quantity
    taken = _taken(number, has, meant)
    if not taken:
        raise NothingCorrected(number=number)
    lines = tuple(
        OrderLine(
            part=line.part,
            name=line.name,
            quantity=-taken[line.part],
            unit_price=line.unit_price,
        )
        for line in corrected.lines
        if line.part in taken
    )
    after = _replayed(product, orders, {number: taken})
    before = system.inventory
    return Plan(OrderKind.CORRECTION, system, product, system.release, lines, before, after, number)


def _taken(number: str, has: Mapping[str, int], meant: Mapping[str, str]) -> dict[str, int]:
    """How many of each item are taken back. Raises `ChangeRefused`."""
    problems: list[Problem] = []
    taken: dict[str, int] = {}
    for part, text in meant.items():
        try:
            quantity = read_quantity(part, text)
        except QuantityMalformed as error:
            problems.append(Problem(part, error))
            continue
        if part not in has:
            problems.append(Problem(part, ItemNotOrdered(part=part, number=number)))
        elif quantity > has[part]:
            problems.append(Problem(part, CorrectionUpwards(part=part, has=has[part])))
        elif quantity < has[part]:
            taken[part] = has[part] - quantity
    if problems:
        raise ChangeRefused(problems=tuple(problems))
    return taken


def _replayed(
    product: Product, orders: Sequence[Order], taken: Mapping[str, Mapping[str, int]]
) -> Inventory:
    """What the system would have if its orders had been those without what is taken: a function
    that another order has brought too stays."""
    less: dict[str, dict[str, int]] = {number: dict(parts) for number, parts in taken.items()}
    for order in orders:
        if order.kind is OrderKind.CORRECTION:
            of = less.setdefault(order.other_id, {})
            for line in order.lines:
                of[line.part] = of.get(line.part, 0) - line.quantity
    has: Inventory = {}
    for order in orders:
        match order.kind:
            case OrderKind.ORDER:
                has = _with_lines(product, has, order, less.get(order.number, {}))
            case OrderKind.UPGRADE:
                has = carried_over(product, has, order.release)
            case OrderKind.MOVE_IN | OrderKind.MOVE_OUT:
                has = order.inventory
            case OrderKind.CORRECTION | OrderKind.REISSUE:
                pass
    return has


def _with_lines(
    product: Product, has: Inventory, order: Order, less: Mapping[str, int]
) -> Inventory:
    after = dict(has)
    for line in order.lines:
        quantity = line.quantity - less.get(line.part, 0)
        item = product.item(line.part)
        if item is None:  # what it brought cannot be told any more
            raise NotCorrectable(number=order.number)
        for unlock in item.unlocks if quantity else ():
            function = product.function(unlock.function)
            units = quantity * unlock.units
            after[function.key] = 1 if function.is_on_off else after.get(function.key, 0) + units
    return trade.in_order(product, after)
