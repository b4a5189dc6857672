"""What every part of the folder store works with."""

from __future__ import annotations

from engine.services.ports import Clock
from engine.store.calls import Calls
from engine.store.journal import Journal
from engine.store.layout import Layout
from engine.store.locks import Locks


class Room:
    """A store's folder: where things lie, the calls to the system, the time, the locks,
    the journal."""

    def __init__(
        self, layout: Layout, audit_key: bytes, calls: Calls, lock_seconds: float, clock: Clock
    ) -> None:
        self.layout = layout
        self.calls = calls
        self.clock = clock
        self.locks = Locks(calls, layout.locks, lock_seconds)
        self.journal = Journal(calls, layout.journal, audit_key, self.locks, clock)
