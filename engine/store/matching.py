"""Whether an order is one of those that somebody looks for."""

from __future__ import annotations

from typing import Protocol

from engine.licences.order import FunctionKeycode, Order
from engine.licences.system import end_of_id
from engine.ports import OrderQuery
from engine.safe_text import folded


class Delivered(Protocol):
    """What is asked of an order here, also of one that was read in part."""

    @property
    def keycode(self) -> str | None:
        """As of `Order`."""

    @property
    def function_keycodes(self) -> tuple[FunctionKeycode, ...]:
        """As of `Order`."""


def keycodes(order: Delivered) -> tuple[str, ...]:
    """All keycodes that an order delivered."""
    unique = (order.keycode,) if order.keycode else ()
    return (*unique, *(each.keycode for each in order.function_keycodes))


def matches(order: Order, query: OrderQuery) -> bool:
    """Whether every field of the query that is given matches."""
    return (
        (query.company_id is None or order.company_id == query.company_id)
        and (query.keycode is None or folded(query.keycode) in map(folded, keycodes(order)))
        and (not query.keycode_parts or _has_part(order, query.keycode_parts))
        and (query.reference is None or folded(order.reference) == folded(query.reference))
        and (query.licensee is None or _is_licensee(order, query))
        and (query.since is None or order.placed_at >= query.since)
        and (query.before is None or order.placed_at < query.before)
        and (not query.personal or order.is_personal)
        and (query.kind is None or order.kind is query.kind)
        and (query.like is None or _is_like(order, query.like))
    )


def _has_part(order: Order, parts: tuple[str, ...]) -> bool:
    delivered = [folded(keycode) for keycode in keycodes(order)]
    return any(folded(part) in keycode for part in parts for keycode in delivered)


def _is_licensee(order: Order, query: OrderQuery) -> bool:
    wanted, name = folded(query.licensee or ""), folded(order.licensee)
    return wanted == name if query.whole_name else wanted in name


def _is_like(order: Order, text: str) -> bool:
    wanted, end = folded(text), end_of_id(text)
    names = folded(order.licensee), folded(order.address.city)
    return any(wanted in name for name in names) or (bool(end) and order.equipment_id.endswith(end))


def latest_first(order: Order) -> tuple[float, str]:
    """Sort key, to be used with `reverse=True`."""
    return order.placed_at.timestamp(), order.number
