"""What the journal's line of an order says of its content: two digests, so that `check` finds an
order that was changed and sealed again.

They are made with the audit key: nobody without it can try names until one fits. One covers all
that is never changed, the other licensee and address, which may be erased.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from engine.licences.order import Order
from engine.store.folder.journal.journal import Entry, Journal
from engine.store.order_rules import order_details

CONTENT = "content"
PERSONAL = "personal"
"""The names of both in the details of a line."""

_FIRST = (
    *("number", "draft_id", "equipment_id", "placed_at", "company_id", "placed_by", "product"),
    *("release", "currency", "reference", "inventory", "keycode"),
)
_APART = {*_FIRST, "lines", "function_keycodes", "licensee", "address"}
_LATER = [field for field in msgspec.structs.fields(Order) if field.name not in _APART]
"""Fields that an order has got since: covered where they say something, so that lines written
before they were there stay right."""


class Digests(NamedTuple):
    """Both digests of one order."""

    content: str
    personal: str
    """Empty where there is no licensee and no address."""


def digests(order: Order, journal: Journal) -> Digests:
    """The digests that the line of this order must have."""
    personal = [order.licensee, order.address.name, order.address.lines, order.address.city]
    personal += [order.address.zip_code, order.address.country]
    return Digests(
        journal.digest(_encoded([CONTENT, *_content(order)])),
        journal.digest(_encoded([PERSONAL, order.number, order.draft_id, *personal]))
        if order.is_personal
        else "",
    )


def _content(order: Order) -> list[object]:
    content: list[object] = [getattr(order, name) for name in _FIRST]
    content.append([(each.part, each.name, each.quantity, each.unit_price) for each in order.lines])
    content.append([(each.function, each.keycode) for each in order.function_keycodes])
    later = {field.name: getattr(order, field.name) for field in _LATER}
    content += [(f.name, later[f.name]) for f in _LATER if later[f.name] != f.default]
    return content


def _encoded(values: list[object]) -> bytes:
    return msgspec.json.encode(values, order="deterministic")


def order_entry(event: str, order: Order, journal: Journal, who: str = "") -> Entry:
    """The journal's line of an order: which, and digests of all that it says. `who` did it, if not
    who placed it."""
    content, personal = digests(order, journal)
    said = {CONTENT: content} | ({PERSONAL: personal} if personal else {})
    return Entry(event, who or order.placed_by, order_details(order) | said)
