"""Finding orders: by index, each hit compared again with what was asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from typing_extensions import override

from engine.licences.order import Order
from engine.licences.system import end_of_id
from engine.ports import OrderQuery
from engine.safe_text import folded
from engine.store.matching import matches
from engine.store.postgresql.audit import key_of
from engine.store.postgresql.order_rows import ORDER, order_of, searched
from engine.store.postgresql.systems import Systems

_INDEXED = 3
"""Fewest letters that the index of licensees helps with."""


class Searching(Systems):
    """The orders of a store on PostgreSQL, by what people remember of them."""

    @override
    def find_orders(self, query: OrderQuery, limit: int) -> list[Order]:
        conditions, values = _conditions(query)
        where = " AND ".join(["true", *conditions])
        rows = self.database.rows(
            f"{ORDER} WHERE {where} ORDER BY o.placed_at DESC, o.number DESC LIMIT %s",
            *(*values, limit),
        )
        orders = (order_of(row, self.database.place) for row in rows)
        return [order for order in orders if matches(order, query)]

    @override
    def unread(self, query: OrderQuery, but: Collection[str] = ()) -> list[str]:
        return []  # what is damaged is refused by the server, and by `find_orders`


def _conditions(query: OrderQuery) -> tuple[list[str], list[Any]]:
    asked: list[tuple[str, Any]] = []
    if query.company_id is not None:
        asked.append(("o.company = %s", key_of(query.company_id)))
    if query.keycode is not None:
        keyed = "(o.equipment_id, o.sequence) IN (SELECT equipment_id, sequence FROM keycodes"
        asked.append((f"{keyed} WHERE keycode = %s)", key_of(folded(query.keycode))))
    if query.reference is not None:
        asked.append(("o.reference = %s", key_of(folded(query.reference))))
    if query.licensee is not None:
        asked.append(_licensee(searched(query.licensee), whole=query.whole_name))
    if query.since is not None:
        asked.append(("o.placed_at >= %s", query.since))
    if query.before is not None:
        asked.append(("o.placed_at < %s", query.before))
    if query.personal:
        asked.append(("o.personal IS NOT NULL AND %s", True))
    if query.kind is not None:
        asked.append(("o.kind = %s", query.kind.value))
    both = [*((sql, [value]) for sql, value in asked), *_of_several_values(query)]
    return [sql for sql, _ in both], [value for _, values in both for value in values]


def _of_several_values(query: OrderQuery) -> Iterator[tuple[str, list[str]]]:
    if query.like is not None:
        yield _like(query.like)
    if parts := [folded(part) for part in query.keycode_parts]:
        yield f"({' OR '.join([f'strpos({_KEYCODES}, %s) > 0'] * len(parts))})", parts


_KEYCODES = """lower(concat(
o.body::json ->> 'keycode', ' ', o.body::json ->> 'function_keycodes'))"""
"""As they are read: their own table has only what stands for a whole one."""
_CITY = """regexp_replace(lower(normalize(
o.personal::json -> 'address' ->> 'city', NFKD)), '[\u0300-\u036f]', '', 'g')"""
"""Nearly as `folded`; it lies with what is personal, which no index has."""


def _like(text: str) -> tuple[str, list[str]]:
    wanted, end = searched(text), end_of_id(text)
    names = f"strpos(coalesce(o.licensee, ''), %s) > 0 OR strpos(coalesce({_CITY}, ''), %s) > 0"
    return f"({names} OR right(o.equipment_id, {len(end) or 1}) = %s)", [wanted, wanted, end]


def _licensee(wanted: str, *, whole: bool) -> tuple[str, str]:
    pattern = wanted.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    if whole:
        return "coalesce(o.licensee, '') LIKE %s", pattern
    if len(wanted) < _INDEXED:
        return "strpos(coalesce(o.licensee, ''), %s) > 0", wanted
    return "o.licensee LIKE %s", f"%{pattern}%"
