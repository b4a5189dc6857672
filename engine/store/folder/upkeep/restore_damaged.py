"""Putting back what is damaged or missing in a store that is in use. What is sound stays as it
is, however old the backup: no newer order is ever lost to an older copy."""

from __future__ import annotations

import shutil
from pathlib import Path

from engine.errors import DocumentDamaged, StoreTooNew, WriteFailed, system_word
from engine.files.system_calls import sync_folder
from engine.keys.folder import KeysFolder
from engine.licences.order import order_number
from engine.licences.system import EquipmentId
from engine.ports import Progress
from engine.store.folder.accounts import place_of
from engine.store.folder.documents import body_of, read_tables, replace_file, tables_of
from engine.store.folder.journal.journal import ERASED
from engine.store.folder.journal.order_lines import RESTORED, line_in
from engine.store.folder.locks import hashed_place
from engine.store.folder.store import FolderStore
from engine.store.folder.upkeep.backup_accounts import kept_accounts
from engine.store.folder.upkeep.backup_documents import KeptDocument, kept_documents
from engine.store.folder.upkeep.backup_file import BackupFile
from engine.store.folder.upkeep.restore import Lost, Restored, readable
from engine.store.folder.values import system_of


def restore_damaged(
    store: FolderStore, keys: KeysFolder, source: Path, who: str, progress: Progress | None = None
) -> Restored:
    """Put back every document and every month of the journal that is missing or damaged.

    A damaged document stays beside, as `….damaged`. `progress` is told how many documents of the
    backup were compared. Raises `BackupWrong`, `FileUnreadable`, `WriteFailed`, `StoreBusy`.
    """
    backup = BackupFile(str(source))
    manifest = readable(backup)
    backup.check_mac(manifest, keys.audit_key())
    repair = _Repair(store, who)
    repair.journal(backup)  # first: every line that is written would begin a month anew
    for count, document in enumerate(kept_documents(backup), start=1):
        repair.compare(document)
        if progress:
            progress(count)
    repair.accounts(backup)
    lost = tuple(repair.lost())
    return Restored(manifest.made_at, manifest.systems, tuple(repair.files), lost)


class _Repair:
    def __init__(self, store: FolderStore, who: str) -> None:
        self._store = store
        self._room = store.room
        self._who = who
        self._orders: dict[str, int] = {}
        """Of each system that was put back: how many orders it has now."""
        self.files: list[str] = []

    def compare(self, document: KeptDocument) -> None:
        """Put a document back if the one that is there is not sound."""
        if self._is_sound(document):
            return
        path, of = document.path(self._room.layout), document.equipment_id
        with self._room.locks.held(hashed_place(of), of):
            if self._is_sound(document):  # somebody else did it meanwhile
                return
            if not document.segment:
                tables = tables_of(path, body_of(path, document.data))
                system = system_of(tables, of, path)
                self._orders[of] = system.sealed_orders + len(system.orders)
                orders = str(self._orders[of])
                self._store.record(RESTORED, self._who, equipment_id=of, orders=orders)
            self._replace(path, document.data)

    def accounts(self, backup: BackupFile) -> None:
        """The same of companies and users."""
        layout = self._room.layout
        try:
            self._store.former.take_apart()
        except DocumentDamaged:
            self._store.record("accounts-restore", self._who)
            self._store.former.give_up(kept_accounts(backup, layout))
            self.files.append(layout.former_accounts)
            return
        for path, data in kept_accounts(backup, layout):
            with self._room.locks.held(place_of(path), "accounts"):
                if self._is_damaged(path):
                    self._store.record("accounts-restore", self._who)
                    self._replace(path, data)

    def journal(self, backup: BackupFile) -> None:
        """Months of the journal that are gone."""
        for name, file in backup.read("journal/"):
            path = f"{self._room.layout.root}/{name}"
            if not self._room.calls.exists(path):
                with Path(f"{path}.tmp").open("wb") as target:
                    shutil.copyfileobj(file, target, 1 << 20)
                    target.flush()
                    self._room.calls.fsync(target.fileno())
                self._room.calls.rename(f"{path}.tmp", path)
                sync_folder(self._room.calls, self._room.layout.journal)
                self.files.append(path)

    def lost(self) -> list[Lost]:
        """The orders that the systems had more than the backup. What was erased from one since
        the backup is erased again."""
        since: dict[str, list[Lost]] = {}
        lost: dict[str, list[Lost]] = {}
        erased: dict[str, set[str]] = {}
        for event in self._room.journal.events() if self._orders else ():
            of, line = line_in(event) or (event.details.get("equipment_id", ""), None)
            if of not in self._orders:
                continue
            if line is None:
                if event.event == ERASED:
                    erased.setdefault(of, set()).add(event.details.get("number", ""))
            elif line.event == RESTORED:  # the last one is ours
                lost[of] = since.pop(of, [])
            elif line.sequence > self._orders[of]:
                number = order_number(of, line.sequence)
                since.setdefault(of, []).append(Lost(number, event.at, event.who))
        for of, numbers in erased.items():
            self._store.erase_personal(EquipmentId(of), numbers, self._who)
        return [each for orders in lost.values() for each in orders]

    def _is_sound(self, document: KeptDocument) -> bool:
        try:
            if document.segment:
                read_tables(self._room.calls, document.path(self._room.layout))
                return True
            return self._store.system(document.equipment_id) is not None
        except (FileNotFoundError, DocumentDamaged):
            return False
        except StoreTooNew:
            return True

    def _is_damaged(self, path: str) -> bool:
        """Whether a document of the accounts is not there or not sound."""
        try:
            self._store.read_account(path)
        except (FileNotFoundError, DocumentDamaged):
            return True
        except StoreTooNew:
            pass
        return False

    def _replace(self, path: str, data: bytes) -> None:
        """Put a document back; what is there stays beside."""
        try:
            if self._room.calls.exists(path):
                self._room.calls.rename(path, f"{path}.damaged")
        except OSError as error:
            raise WriteFailed(path=path, reason=system_word(error)) from error
        replace_file(self._room.calls, path, data)
        self.files.append(path)
