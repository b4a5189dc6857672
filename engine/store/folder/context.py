"""What every part of the folder store works with."""

from __future__ import annotations

from engine.files.system_calls import Calls
from engine.ports import Clock
from engine.store.folder.journal.journal import Journal
from engine.store.folder.locks import Locks
from engine.store.folder.paths import Layout


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
