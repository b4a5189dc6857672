"""What every part of the store on files works with."""

from __future__ import annotations

from typing import NamedTuple

from engine.files.system_calls import SystemCalls
from engine.ports import Clock
from engine.store.folder.journal.journal import Journal
from engine.store.folder.locks import Locks
from engine.store.folder.paths import Paths


class History(NamedTuple):
    """How many orders a system's document holds: at `most` orders, all but the latest `kept` go to
    a segment."""

    most: int = 200
    kept: int = 50


class StoreFolder:
    """The folder of a store: the paths in it, the calls to the system, the time, the locks, the
    journal."""

    def __init__(
        self, paths: Paths, audit_key: bytes, calls: SystemCalls, lock_seconds: float, clock: Clock
    ) -> None:
        self.paths = paths
        self.calls = calls
        self.clock = clock
        self.history = History()
        self.locks = Locks(calls, paths.locks, lock_seconds, paths.moved)
        self.journal = Journal(calls, paths.journal, audit_key, self.locks, clock)
