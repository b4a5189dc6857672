"""Whether the journal is as it was written, and whether orders and lines belong together.

What the chain finds by itself: lines changed, removed, put in, swapped, in any file, and whole
files removed. What it cannot: lines missing from the very end, since nothing follows them. Those
are found by what else knows of them: each order in a document has a line (`order_lines.py`), and
the index knows up to where it has read. Lines of other events after that leave no other trace.

Whoever has the audit key can write a chain that holds. It lies with the keys, not in the store.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from engine.store.folder.journal.journal import Journal, JournalEvent
from engine.store.journal_lines import FIRST_MAC


class Flaw(StrEnum):
    """What is wrong with the journal at a place."""

    CHANGED = "changed"
    """The line is not what was written, or not after the one it stands behind."""
    REMOVED = "removed"
    """Lines are missing before this one."""
    MOVED = "moved"
    """A line stands here whose number came before: put in, repeated or swapped."""
    TORN = "torn"
    """Not a line. Harmless by itself: an append that was cut short."""


class FoundFlaw(NamedTuple):
    """One flaw: the file, the byte at which the line begins, and the number of the line there
    (0 for what is not a line)."""

    flaw: Flaw
    path: str
    offset: int
    n: int


def verify_chain(journal: Journal) -> Iterator[FoundFlaw]:
    """Read the whole journal and give its flaws, in order; none means that it is whole."""
    n, mac = 0, FIRST_MAC
    for path in journal.files():
        for line in journal.lines(path):
            event = line.event
            if event is None:
                yield FoundFlaw(Flaw.TORN, path, line.offset, 0)
                continue
            flaw = _flaw(event, n, holds=event.mac == journal.mac(mac, line.body))
            if flaw:
                yield FoundFlaw(flaw, path, line.offset, event.n)
            # Go on from here, so that one flaw is told once.
            n, mac = event.n, event.mac


def _flaw(event: JournalEvent, n: int, *, holds: bool) -> Flaw | None:
    if event.n > n + 1:
        return Flaw.REMOVED
    if event.n <= n:
        return Flaw.MOVED
    return None if holds else Flaw.CHANGED
