"""Orders that mean the same: the same system, the same reference, the same items.

A file of orders is run again after a power cut, saved with other line ends, sent with a row more,
or was placed on the screens before: what tells an order from another is what it says, never the
bytes it came in. Licensee and address do not count: they may be erased, or written differently.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from engine.errors import OrderedBefore
from engine.licences.order import Draft, Order
from engine.safe_text import clean, folded
from engine.services.access import Session
from engine.services.ordering import Ordering


class Meaning(NamedTuple):
    """What makes two orders the same."""

    equipment_id: str
    reference: str
    """As texts are compared (`folded`)."""
    items: tuple[tuple[str, str], ...]
    """Part numbers and quantities that are not 0, by part number."""


def meaning_of(draft: Draft, equipment_id: str) -> Meaning:
    """Of a draft as it was typed; `equipment_id` is that of the system it was read as."""
    counted = ((part, _counted(text)) for part, text in draft.quantities.items())
    return _meaning(equipment_id, draft.reference, ((p, n) for p, n in counted if n))


def meaning_of_order(order: Order) -> Meaning:
    """Of an order that was placed."""
    items = ((line.part, str(line.quantity)) for line in order.lines)
    return _meaning(order.equipment_id, order.reference, items)


def meant_id(meaning: Meaning, times: int) -> str:
    """The draft id of an order that means this and that was placed `times` times before: whoever
    places it at the same moment places the same order."""
    digest = hashlib.sha256(msgspec.json.encode(meaning)).hexdigest()[:32]
    return f"meant-{digest}-{times}"


def identified(ordering: Ordering, session: Session, draft: Draft, *, again: bool) -> Draft:
    """The draft with an id; one that has none is told by what it means.

    Raises `OrderedBefore` unless it is meant `again`, and as `Ordering.find_system`.
    """
    if draft.draft_id:
        return draft
    system = ordering.find_system(session, draft.equipment_id)
    meaning = meaning_of(draft, system.equipment_id)
    same = [each for each in ordering.orders_of(system) if meaning_of_order(each) == meaning]
    if same and not again:
        raise OrderedBefore(number=same[-1].number, placed_at=same[-1].placed_at)
    return replace(draft, draft_id=meant_id(meaning, len(same)))


def _meaning(equipment_id: str, reference: str, items: Iterable[tuple[str, str]]) -> Meaning:
    return Meaning(equipment_id, folded(clean(reference)), tuple(sorted(items)))


def _counted(text: str) -> str:
    """A quantity as orders have it (`08` is 8, 0 is none); what is none is left as it is, for
    the check of the order to name."""
    text = text.strip()
    return text.lstrip("0") if text.isascii() and text.isdigit() else text
