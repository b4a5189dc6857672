"""All orders of a system, sealed or not; and one by its number."""

from __future__ import annotations

from engine.licences.order import Order
from engine.licences.order_number import OrderNumber
from engine.licences.system import System
from engine.ports import SystemStore


def all_orders(store: SystemStore, system: System) -> tuple[Order, ...]:
    """The oldest first. Raises `DocumentDamaged`."""
    return (*store.older_orders(system), *system.orders)


def order_numbered(store: SystemStore, number: str) -> Order | None:
    """The order with that number, of whatever company, or None. Raises `DocumentDamaged`."""
    wanted = OrderNumber.parse(number)
    system = store.system(wanted.equipment_id) if wanted else None
    orders = all_orders(store, system) if system else ()
    return next((order for order in orders if order.number == number), None)
