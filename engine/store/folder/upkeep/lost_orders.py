"""Orders that were lost with a damaged document: what the journal says of them, and which are to be
ordered again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

from engine.audit import EventName
from engine.errors import DocumentDamaged, OwnerWrong, ReadFailed, StoreTooNew
from engine.store.folder.journal.journal import JournalEvent
from engine.store.folder.journal.order_lines import line_in
from engine.store.folder.store import FolderStore
from engine.upkeep import LostOrder


def lost_details(number: str, equipment_id: str, event: JournalEvent) -> dict[str, str]:
    """What the journal says of an order that is lost."""
    return {
        "number": number,
        "equipment_id": equipment_id,
        "company_id": event.details.get("company_id", ""),
        "draft_id": event.details.get("draft_id", ""),
        "placed_at": event.at.isoformat(),
        "placed_by": event.who,
    }


def to_repeat(store: FolderStore) -> Iterator[LostOrder]:
    """The lost orders that nobody has settled, and whose draft was not placed again."""
    lost: dict[str, tuple[str, str, LostOrder]] = {}
    for event in store.folder.journal.events():
        number, details = event.details.get("number", ""), event.details
        if event.event == EventName.ORDER_LOST and (found := line_in(event)):
            of, line = found
            who = details.get("placed_by", "")
            lost[number] = of, line.draft_id, LostOrder(number, _placed_at(event), who)
        elif event.event == EventName.ORDER_SETTLED:
            lost.pop(number, None)
    for of, draft_id, each in lost.values():
        if draft_id not in _drafts(store, of):
            yield each


def _placed_at(event: JournalEvent) -> datetime:
    try:
        return datetime.fromisoformat(event.details.get("placed_at", ""))
    except ValueError:
        return event.at


def _drafts(store: FolderStore, equipment_id: str) -> set[str]:
    """Of which drafts there are orders; of a system that cannot be read nobody knows any."""
    with suppress(DocumentDamaged, StoreTooNew, ReadFailed, OwnerWrong):
        if system := store.system(equipment_id):
            orders = (*store.older_orders(system), *system.orders)
            return {order.draft_id for order in orders}
    return set()
