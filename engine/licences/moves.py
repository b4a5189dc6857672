"""A system's licences go to other hardware: who may, where to, and the two orders that it is.

source  move-out: nothing is left; a keycode for nothing, to enter where it still runs
target  move-in: everything, with a keycode of its own
"""

from __future__ import annotations

from datetime import datetime, timedelta

from engine.catalogue.product import Product
from engine.errors import NothingOwned, TargetUnusable
from engine.keycode.signing import Keys
from engine.licences.order import Order, OrderKind
from engine.licences.plans import Plan, Said, order_of
from engine.licences.system import System

REASONS = (
    "failed-hardware",
    "hardware-upgrade",
    "loss-or-theft",
    "relocation",
    "wrong-id",
    "other",
)
WRONG_ID = "wrong-id"
BACK_WITHIN = timedelta(hours=24)
"""A move to a wrong ID may be taken back for so long, while nothing else was done."""
YEAR = timedelta(days=365)


def plan_move(product: Product, source: System, target: System) -> tuple[Plan, Plan]:
    """What both sides would be. Raises `SystemMoved`, `NothingOwned`, `TargetUnusable`."""
    source.require_open()
    if not source.inventory:
        raise NothingOwned(equipment_id=source.equipment_id)
    if not is_usable(source, target):
        raise TargetUnusable(equipment_id=target.equipment_id)
    has = source.inventory
    out = Plan(
        OrderKind.MOVE_OUT, source, product, source.release, (), has, {}, target.equipment_id
    )
    into = Plan(
        OrderKind.MOVE_IN, target, product, source.release, (), {}, has, source.equipment_id
    )
    return out, into


def is_usable(source: System, target: System) -> bool:
    """Whether a system can take the place of another: of the same company, product, model and
    release, and without anything of its own: nothing is ever merged. Back to where it came from
    within a day it may go, too."""
    same = (source.company_id, source.product, source.model, source.release)
    if same != (target.company_id, target.product, target.model, target.release):
        return False
    if source.equipment_id == target.equipment_id:
        return False
    return not (target.orders or target.sealed) or goes_back(source, target)


def goes_back(source: System, target: System) -> bool:
    """Whether this would undo a move to a wrong ID: nothing was done since, on either side."""
    came = source.orders[-1] if len(source.orders) == 1 else None
    went = target.orders[-1] if target.orders else None
    return (
        came is not None
        and went is not None
        and (came.kind, came.reason) == (OrderKind.MOVE_IN, WRONG_ID)
        and went.kind is OrderKind.MOVE_OUT
        and came.draft_id == went.draft_id
    )


def orders_of_move(
    plans: tuple[Plan, Plan], said: Said, placed_by: str, placed_at: datetime, keys: Keys
) -> tuple[Order, Order]:
    """Both orders, signed."""
    out, into = (order_of(plan, said, placed_by, placed_at, keys) for plan in plans)
    return out, into


def moves_since(orders: tuple[Order, ...], moment: datetime) -> int:
    """How often a system came or went since then."""
    kinds = {OrderKind.MOVE_IN, OrderKind.MOVE_OUT}
    return sum(order.kind in kinds and order.placed_at >= moment for order in orders)


def near(one: str, other: str) -> bool:
    """Whether two Equipment IDs are one digit, or one swap of neighbours, apart."""
    differ = [
        place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]
    ]
    if len(differ) == 1:
        return True
    if len(differ) != 2 or differ[1] != differ[0] + 1:
        return False
    a, b = differ
    return (one[a], one[b]) == (other[b], other[a])
