"""Rules that every store follows when it adds an order, and what the audit log says of it."""

from __future__ import annotations

from engine.licences.order import Order, OrderKind
from engine.licences.order_number import OrderNumber
from engine.licences.system import System


def check_order(order: Order, system: System, draft_id: str) -> None:
    """An order that is not the system's next, of this draft, is a mistake of the program:
    `ValueError`."""
    number = str(OrderNumber(system.equipment_id, system.next_sequence))
    if (order.number, order.equipment_id, order.draft_id) != (
        number,
        system.equipment_id,
        draft_id,
    ):
        raise ValueError(f"not the order {number} of this draft that was asked for")


def order_details(order: Order) -> dict[str, str]:
    """Which order, whose, and nothing personal."""
    kind = {"kind": order.kind.value} if order.kind is not OrderKind.ORDER else {}
    return {
        "number": order.number,
        "equipment_id": order.equipment_id,
        "company_id": order.company_id,
        "draft_id": order.draft_id,
        **kind,
        **({"from_company_id": order.from_company} if order.from_company else {}),
    }
