"""An order as JSON: the names and forms that scripts rely on, in English whatever the language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from engine.catalogue.product import Product
from engine.licences.order import FunctionKeycode, Order, OrderKind, OrderLine
from engine.licences.plans import Plan
from engine.licences.quote import Quote
from engine.services.searching import SystemRecord


def order_answer(order: Order, product: Product) -> dict[str, Any]:
    """What `order --json` answers."""
    return {
        "order": order.number,
        "date": moment(order.placed_at),
        "equipment_id": order.equipment_id,
        "product": order.product,
        "release": order.release,
        **amounts_answer(order.lines, order.total, order.currency),
        "inventory": inventory_answer(product, order.inventory),
        "keycode": order.keycode,
        "function_keycodes": _function_keycodes(product, order.function_keycodes),
        **_about(order),
    }


def plan_answer(plan: Plan) -> dict[str, Any]:
    """What a plan would give: as an order that was not placed."""
    return {
        "order": None,
        "date": None,
        "equipment_id": plan.system.equipment_id,
        "product": plan.product.key,
        "release": plan.release,
        **amounts_answer(plan.lines, plan.total, plan.product.currency),
        "inventory": inventory_answer(plan.product, plan.after),
        "keycode": None,
        "function_keycodes": [],
        "kind": plan.kind.value,
        **({"company": plan.company_name} if plan.company_name else {}),
    }


def quote_answer(quote: Quote) -> dict[str, Any]:
    """The same for an order that was not placed: without number, date and keycodes."""
    system, product = quote.system, quote.product
    return {
        "order": None,
        "date": None,
        "equipment_id": system.equipment_id,
        "product": product.key,
        "release": system.release,
        **amounts_answer(quote.lines, quote.total, product.currency),
        "inventory": inventory_answer(product, quote.after),
        "keycode": None,
        "function_keycodes": [],
    }


def system_answer(record: SystemRecord, company: str) -> dict[str, Any]:
    """What `show --json` answers: the system as it is now, and its orders, the latest first."""
    system, product = record.system, record.product
    return {
        "equipment_id": system.equipment_id,
        "product": product.key,
        "model": system.model or None,
        "release": system.release,
        "company": company,
        "inventory": inventory_answer(product, system.inventory),
        "keycode": system.orders[-1].keycode if system.orders else None,
        "function_keycodes": _function_keycodes(product, record.function_keycodes),
        "orders": [order_answer(order, product) for order in record.orders],
    }


def inventory_answer(product: Product, inventory: Mapping[str, int]) -> list[dict[str, Any]]:
    """Functions by name, in the catalogue's order."""
    return [
        {"function": _name(product, key), "quantity": quantity}
        for key, quantity in inventory.items()
    ]


def _about(order: Order) -> dict[str, str]:
    """What an order is that is not simply one; those are written as ever."""
    if order.kind is OrderKind.ORDER:
        return {}
    told = {"reason": order.reason, "note": order.note, "proof": order.proof}
    told |= {"other_id": order.other_id, "from_company": order.from_company}
    return {"kind": order.kind.value} | {name: text for name, text in told.items() if text}


def moment(when: datetime) -> str:
    """ISO 8601, UTC, to the second: `2008-08-14T09:00:00Z`."""
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def amounts_answer(lines: Iterable[OrderLine], total: Decimal, currency: str) -> dict[str, Any]:
    """Items, total and currency."""
    return {
        "items": [
            {
                "part": line.part,
                "name": line.name,
                "quantity": line.quantity,
                "unit_price": f"{line.unit_price:.2f}",
                "total": f"{line.total:.2f}",
            }
            for line in lines
        ],
        "total": f"{total:.2f}",
        "currency": currency,
    }


def _function_keycodes(product: Product, codes: Iterable[FunctionKeycode]) -> list[dict[str, Any]]:
    return [{"function": _name(product, code.function), "keycode": code.keycode} for code in codes]


def _name(product: Product, key: str) -> str:
    try:
        return product.function(key).name.en
    except KeyError:  # the catalogue has it no more
        return key
