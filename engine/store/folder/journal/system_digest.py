"""What the journal says of the systems that were added: a digest of each, so that `check` finds one
that was changed and sealed again, or that is gone.

Many to a line, since there may be a million systems. These lines are the store's own: who added
systems has a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec
from msgspec.structs import replace

from engine.audit import EventName
from engine.licences.order import Order
from engine.licences.system import System
from engine.store.folder.journal.journal import Entry, Journal, JournalEvent
from engine.store.folder.paths import EQUIPMENT_ID

_TO_A_LINE = 100


def system_digest(system: System, journal: Journal) -> str:
    """A digest, with the audit key, of what is never changed of a system."""
    what = ["system", system.equipment_id, system.company_id, system.product]
    return journal.digest(msgspec.json.encode([*what, system.model, system.release]))


def as_added(system: System, orders: Sequence[Order]) -> System:
    """A system as it was when it was added, given all its orders: an upgrade has its order."""
    return replace(system, release=orders[0].release) if orders else system


def system_entries(digests: Iterable[tuple[str, str]]) -> Iterator[Entry]:
    """The lines of these systems: Equipment IDs and digests."""
    left = iter(digests)
    while some := dict(islice(left, _TO_A_LINE)):
        yield Entry(EventName.SYSTEM_DIGESTS, "portal", some)


def digests_in(event: JournalEvent) -> Iterator[tuple[str, str]]:
    """Equipment IDs and digests that a line of the journal holds."""
    if event.event == EventName.SYSTEM_DIGESTS:
        yield from (each for each in event.details.items() if EQUIPMENT_ID.fullmatch(each[0]))
