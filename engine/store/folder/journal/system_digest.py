"""What the journal says of the systems that were added: a digest of each, so that `check` finds one
that was changed and sealed again, or that is gone.

Many to a line, since there may be a million systems. These lines are the store's own: who added
systems has a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from msgspec.structs import replace

from engine.audit import EventName
from engine.licences.order import Order, OrderKind
from engine.licences.system import System
from engine.store.folder.journal.journal import Entry, JournalEvent
from engine.store.folder.paths import EQUIPMENT_ID

_TO_A_LINE = 100


def as_added(system: System, orders: Sequence[Order]) -> System:
    """A system as it was when it was added, given all its orders: an upgrade and a transfer have
    theirs."""
    given = [order.from_company for order in orders if order.kind is OrderKind.TRANSFER]
    company_id = given[0] if given else system.company_id
    release = orders[0].release if orders else system.release
    return replace(system, release=release, company_id=company_id)


def runs_and_owner(system: System, orders: Sequence[Order]) -> tuple[str, str]:
    """Release and company that a system must have, given all its orders."""
    taken = [order.company_id for order in orders if order.kind is OrderKind.TRANSFER]
    return (
        orders[-1].release if orders else system.release,
        taken[-1] if taken else system.company_id,
    )


def system_entries(digests: Iterable[tuple[str, str]]) -> Iterator[Entry]:
    """The lines of these systems: Equipment IDs and digests."""
    left = iter(digests)
    while some := dict(islice(left, _TO_A_LINE)):
        yield Entry(EventName.SYSTEM_DIGESTS, "portal", some)


def digests_in(event: JournalEvent) -> Iterator[tuple[str, str]]:
    """Equipment IDs and digests that a line of the journal holds."""
    if event.event == EventName.SYSTEM_DIGESTS:
        yield from (each for each in event.details.items() if EQUIPMENT_ID.fullmatch(each[0]))
