"""The upkeep of a store on files: check, backup, restore, keys."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from typing_extensions import override

from engine.audit import AuditEvent, EventName
from engine.errors import OrderUnknown
from engine.findings import Finding, FindingCode
from engine.keys.folder import KeysFolder
from engine.licences.order_number import OrderNumber
from engine.ports import Progress
from engine.store.folder.index.tables import knows
from engine.store.folder.store import FolderStore
from engine.store.folder.upkeep.backup import make_backup
from engine.store.folder.upkeep.check import check_store, journal_findings
from engine.store.folder.upkeep.lost_orders import to_repeat
from engine.store.folder.upkeep.measuring import measured
from engine.store.folder.upkeep.restore_damaged import restore_damaged
from engine.store.folder.upkeep.rotate_key import prepare, rotate
from engine.store.folder.upkeep.systems_reader import UNREADABLE
from engine.upkeep import BackupMade, Checked, Examine, Measured, Restored, Upkeep

PROCESSES = 2
"""That read a store again: one a core of a small machine."""


class FolderUpkeep(Upkeep):
    """`engine.upkeep.Upkeep` of a store and the folder of its keys."""

    def __init__(self, store: FolderStore, keys_folder: Path) -> None:
        self._store = store
        self._keys_folder = keys_folder

    @override
    def check(
        self, examine: Examine, progress: Progress | None = None, checked: Checked | None = None
    ) -> Iterator[Finding]:
        return check_store(self._store, examine, progress, PROCESSES, checked)

    @override
    def surroundings(self) -> list[Finding]:
        return []  # the file system was asked when the store was opened

    @override
    def measured(self) -> Measured:
        return measured(self._store)

    @override
    def audit_findings(self) -> list[Finding]:
        journal = self._store.folder.paths.journal
        cut = (
            [Finding(journal, FindingCode.JOURNAL_CUT)] if self._store.index.misses_lines() else []
        )
        return [*cut, *journal_findings(self._store.folder.journal)]

    @override
    def is_unplaced(self, event: AuditEvent) -> bool:
        number = event.details.get("number", "")
        of = OrderNumber.parse(number) if event.event == EventName.ORDER else None
        # The index first, since there may be a million lines; documents only of what it lacks.
        if of is None or (self._index and knows(self._index, number)):
            return False
        with suppress(*UNREADABLE):
            system = self._store.system(of.equipment_id)
            return system is not None and of.sequence == system.next_sequence
        return False

    @cached_property
    def _index(self) -> sqlite3.Connection | None:
        """The index as it is: to catch up would hide that the log was cut."""
        with suppress(sqlite3.Error):
            return self._store.index.reader()
        return None

    @override
    def back_up(
        self, target: Path, *, with_keys: bool, progress: Progress | None = None
    ) -> BackupMade:
        keys = KeysFolder(self._keys_folder)
        return make_backup(self._store, keys, target, with_keys=with_keys, progress=progress)

    @override
    def restore_damaged(self, source: Path, who: str, progress: Progress | None = None) -> Restored:
        keys = KeysFolder(self._keys_folder)
        return restore_damaged(self._store, keys, source, who, progress)

    @override
    def settle(self, number: str, who: str) -> None:
        of = OrderNumber.parse(number)
        if of is None or number not in {lost.number for lost in to_repeat(self._store)}:
            raise OrderUnknown(number=number)
        details = {"number": number, "equipment_id": of.equipment_id}
        self._store.record(EventName.ORDER_SETTLED, who, **details)

    @override
    def prepare_key(self, who: str) -> int:
        return prepare(self._store, self._keys_folder, who)

    @override
    def rotate_key(self, who: str) -> int:
        return rotate(self._store, self._keys_folder, who)
