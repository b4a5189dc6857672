"""Putting back what is damaged or missing in a store that is in use. What is sound stays as it
is, however old the backup: no newer order is ever lost to an older copy."""

from __future__ import annotations

from pathlib import Path

from engine.audit import EventName
from engine.errors import (
    DocumentDamaged,
    LongWork,
    StoreTooNew,
    StoreTrouble,
    Unfinished,
    WriteFailed,
    system_word,
)
from engine.files.writing import sync_folder
from engine.keys.folder import KeysFolder
from engine.licences.order_number import OrderNumber
from engine.licences.system import EquipmentId
from engine.ports import Progress
from engine.store.folder.accounts import place_of
from engine.store.folder.documents import (
    Tables,
    body_of,
    read_tables,
    sealed,
    tables_of,
)
from engine.store.folder.journal.journal import Entry, JournalEvent
from engine.store.folder.journal.order_lines import line_in
from engine.store.folder.locks import IMPORT, hashed_place
from engine.store.folder.store import FolderStore
from engine.store.folder.system_rows import system_of
from engine.store.folder.two_systems import AWAITS
from engine.store.folder.upkeep.backup_accounts import kept_accounts
from engine.store.folder.upkeep.backup_documents import KeptDocument, kept_documents
from engine.store.folder.upkeep.backup_reading import BackupFile
from engine.store.folder.upkeep.carried_orders import Awaited, CarriedOrders
from engine.store.folder.upkeep.damaged_accounts import is_damaged
from engine.store.folder.upkeep.damaged_files import replace_damaged
from engine.store.folder.upkeep.lost_orders import lost_details, to_repeat
from engine.store.folder.upkeep.restore import copy, readable
from engine.upkeep import Restored

_BATCH = 1000


def restore_damaged(
    store: FolderStore, keys: KeysFolder, source: Path, who: str, progress: Progress | None = None
) -> Restored:
    """Put back every document and every month of the journal that is missing or damaged.

    Which orders are lost with them is in the journal before anything is replaced: their numbers
    are never given again, and `check` names them until they are settled. A damaged document stays
    beside, as `….damaged`. `progress` is told how many documents of the backup were compared.

    Raises `BackupWrong`, `FileUnreadable`, `StoreBusy`, and `WriteFailed`; once anything may be
    replaced, `Unfinished`: asking again goes on.
    """
    backup = BackupFile(str(source), store.folder.calls)
    manifest = readable(backup)
    backup.check_mac(manifest, keys.audit_key())
    repair = _Repair(store, backup, who)
    with store.folder.locks.held(IMPORT, "import"):  # one at a time
        try:
            repair.make(progress)
        except StoreTrouble as error:
            if not repair.begun:
                raise
            done = len(repair.files)
            raise Unfinished(what=LongWork.RESTORE, done=done, cause=error) from error
    lost = tuple(to_repeat(store))
    return Restored(manifest.made_at, manifest.systems, tuple(repair.files), lost)


class _Repair:
    def __init__(self, store: FolderStore, backup: BackupFile, who: str) -> None:
        self._store = store
        self._folder = store.folder
        self._backup = backup
        self._who = who
        self._unsound: set[tuple[str, int]] = set()
        self._last: dict[str, int] = {}
        """Of each system that is put back: which order is the last one that the backup knows."""
        self._lost: dict[str, dict[int, JournalEvent]] = {}
        """Of these systems: the lines of orders that come after it."""
        self._erased: dict[str, set[str]] = {}
        self._carried = CarriedOrders(store.folder)
        self._awaited: dict[str, Awaited] = {}
        """Of these systems: the order that others carry, and which is therefore not lost."""
        self.begun = False
        """Whether anything may have been replaced."""
        self.files: list[str] = []

    def make(self, progress: Progress | None) -> None:
        """Put back everything."""
        self._journal()  # first: every line that is written would begin a new month
        for count, document in enumerate(kept_documents(self._backup), start=1):
            if not self._is_sound(document):
                self._note(document)
            if progress:
                progress(count)
        if self._unsound:
            self._last |= {each.equipment_id: each.sequence for each in self._carried.awaited()}
            self._read_journal()
            self._find_carried()
            self._announce()
            self.begun = True
            for document in kept_documents(self._backup):
                if (document.equipment_id, document.segment) in self._unsound:
                    self._put(document)
        self._accounts()
        for of, numbers in self._erased.items():
            self._store.erase_personal(EquipmentId(of), numbers, self._who)

    def _note(self, document: KeptDocument) -> None:
        self._unsound.add((document.equipment_id, document.segment))
        if not document.segment:
            path, of, tables = self._tables(document)
            self._last[of] = system_of(tables, of, path).next_sequence - 1
            self._carried.note(of, tables)

    def _find_carried(self) -> None:
        for each in list(self._carried.of_lost(self._lost, self._last)):
            self._awaited[each.equipment_id] = each
            self._last[each.equipment_id] = each.sequence
            del self._lost[each.equipment_id][each.sequence]

    def _read_journal(self) -> None:
        """What came after the backup: orders that are lost with a system, and what was erased."""
        systems = {of for of, _segment in self._unsound}
        for event in self._folder.journal.events():
            of, line = line_in(event) or ("", None)
            if line is None or of not in systems:
                continue
            lost = self._lost.setdefault(of, {})
            if line.event == EventName.ERASE:
                self._erased.setdefault(of, set()).add(event.details["number"])
            elif line.event == EventName.SYSTEM_RESTORE:
                # What was lost then is known, or was given again.
                self._lost[of] = {
                    sequence: each
                    for sequence, each in lost.items()
                    if sequence <= line.sequence or each.event == EventName.ORDER_LOST
                }
            elif line.event == EventName.ORDER_SETTLED:
                continue
            elif line.sequence > self._last.get(of, line.sequence):
                lost[line.sequence] = event

    def _announce(self) -> None:
        """Write down what is lost, then that the system is put back: the second line ends the
        search for the first ones."""
        entries: list[Entry] = []
        for of, last in self._last.items():
            for sequence, event in self._lost.get(of, {}).items():
                if event.event != EventName.ORDER_LOST:
                    number = str(OrderNumber(EquipmentId(of), sequence))
                    entries.append(
                        Entry(EventName.ORDER_LOST, self._who, lost_details(number, of, event))
                    )
            details = {"equipment_id": of, "orders": str(last)}
            entries.append(Entry(EventName.SYSTEM_RESTORE, self._who, details))
            if len(entries) >= _BATCH:
                self._folder.journal.append(entries)
                entries = []
        if entries:
            self._folder.journal.append(entries)

    def _put(self, document: KeptDocument) -> None:
        path, of = document.path(self._folder.paths), document.equipment_id
        with self._folder.locks.held(hashed_place(of), of):
            if not self._is_sound(document):
                self._replace(path, self._data(document))

    def _data(self, document: KeptDocument) -> bytes:
        """The document as it is put back: it knows which orders were lost, and which it awaits."""
        lost = self._lost.get(document.equipment_id)
        awaited = self._awaited.get(document.equipment_id)
        if document.segment or not (lost or awaited):
            return document.data
        path, of, tables = self._tables(document)
        if lost:
            system = system_of(tables, of, path)
            tables["system"][of]["lost"] = sorted({*system.lost, *lost})
        if awaited:
            tables[AWAITS] = {of: awaited.row}
        return sealed(tables)

    def _tables(self, document: KeptDocument) -> tuple[str, str, Tables]:
        path = document.path(self._folder.paths)
        return path, document.equipment_id, tables_of(path, body_of(path, document.data))

    def _accounts(self) -> None:
        paths = self._folder.paths
        try:
            self._store.former.take_apart()
        except DocumentDamaged:
            self._store.record(EventName.ACCOUNTS_RESTORE, self._who)
            self.begun = True
            self._store.former.give_up(kept_accounts(self._backup, paths))
            self.files.append(paths.former_accounts)
            return
        for path, data in kept_accounts(self._backup, paths):
            with self._folder.locks.held(place_of(path), "accounts"):
                if is_damaged(self._store, path):
                    self._store.record(EventName.ACCOUNTS_RESTORE, self._who)
                    self.begun = True
                    self._replace(path, data)

    def _journal(self) -> None:
        """Months of the journal that are gone."""
        calls = self._folder.calls
        for name, file in self._backup.read("journal/"):
            path = f"{self._folder.paths.root}/{name}"
            try:
                if not calls.exists(path):
                    copy(calls, file, f"{path}.tmp", synced=True)
                    calls.rename(f"{path}.tmp", path)
                    self.begun = True
                    sync_folder(calls, self._folder.paths.journal)
                    self.files.append(path)
            except OSError as error:
                raise WriteFailed(path=path, reason=system_word(error)) from error

    def _is_sound(self, document: KeptDocument) -> bool:
        """The document itself: what it awaits may lie in one that is damaged."""
        path, of = document.path(self._folder.paths), document.equipment_id
        try:
            tables = read_tables(self._folder.calls, path)
            return bool(document.segment or system_of(tables, of, path))
        except (FileNotFoundError, DocumentDamaged):
            return False
        except StoreTooNew:
            return True

    def _replace(self, path: str, data: bytes) -> None:
        replace_damaged(self._folder.calls, path, data)
        self.files.append(path)
