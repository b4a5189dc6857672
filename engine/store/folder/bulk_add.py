"""Adding systems, one or a million: all or none, whatever happens, in little memory.

1. Every document is written beside its place (`ID.json.new`), a batch at a time, and synced.
   A system that is known, a full disk, a wrong row: all of them are taken away again.
2. The list of IDs, `import.ids`, is renamed into place: from here on the import has happened.
3. Every document is renamed into place, the journal gets a digest of each, and the list is removed.

Killed before 2, nobody ever sees the documents, and the next import takes them away. Killed
after 2, the next `open_store` (or import) does 3 again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice

from engine.audit import EventName
from engine.errors import (
    OutcomeUnknown,
    ReadFailed,
    StoreBusy,
    StoreTrouble,
    SystemKnown,
    Unsettled,
    WriteFailed,
    system_word,
)
from engine.files.system_calls import reading
from engine.files.writing import sync_all, sync_folder
from engine.licences.system import System
from engine.ports import Progress
from engine.store.digests import system_digest
from engine.store.folder.documents import new_document, read_tables, sealed, tables_in
from engine.store.folder.journal.journal import Entry
from engine.store.folder.journal.order_digest import order_entry
from engine.store.folder.journal.system_digest import as_added, system_entries
from engine.store.folder.locks import IMPORT
from engine.store.folder.paths import EQUIPMENT_ID
from engine.store.folder.store_folder import StoreFolder
from engine.store.folder.system_rows import put_orders, put_system, system_of
from engine.store.folder.two_systems import is_there

_BATCH = 1000
_LINES = 50
"""Lines with digests that are on disk before the next ones are made."""


def import_systems(
    folder: StoreFolder, systems: Iterable[System], progress: Progress | None = None
) -> int:
    """Add systems and say how many. `progress` is told how many are on disk.

    Raises `SystemKnown` (also for one that comes twice), `WriteFailed`, `StoreBusy`, what the
    iteration raises: nothing was added. Raises `OutcomeUnknown`: opening the store settles it.
    """
    with folder.locks.held(IMPORT, "import"):
        try:
            _publish(folder)
            _clear(folder)
            count, ordered = _stage(folder, iter(systems), progress)
            if ordered:
                _write_journal(folder)
        except BaseException as error:  # whatever it was, including Ctrl+C: leave nothing
            with suppress(OSError):  # else the next import does
                _clear(folder)
            if isinstance(error, OSError):
                raise WriteFailed(path=folder.paths.systems, reason=system_word(error)) from error
            raise
        _agree(folder)
        _publish(folder)
    return count


def finish_import(folder: StoreFolder) -> None:
    """Finish an import that was cut short after it had been agreed. Somebody who is at it, or a
    disk that refuses, leaves it for the next time. Raises `ReadFailed`."""
    with reading(folder.paths.import_list):
        agreed = folder.calls.exists(folder.paths.import_list)
    if agreed:
        with suppress(StoreTrouble), folder.locks.held(IMPORT, "import", seconds=0):
            _publish(folder)


def _stage(
    folder: StoreFolder, systems: Iterator[System], progress: Progress | None
) -> tuple[int, bool]:
    """How many systems, and whether any of them brings orders."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    ids = folder.calls.open(_staged_list(folder), flags)
    try:
        # On disk first: it is what tells the next import that there are leftovers.
        sync_folder(folder.calls, folder.paths.root)
        count, ordered = 0, False
        while batch := list(islice(systems, _BATCH)):
            for system in batch:
                _stage_one(folder, system)
            folder.calls.write(ids, b"".join(_listed(folder, system) for system in batch))
            folder.calls.syncfs(ids)
            count += len(batch)
            ordered = ordered or any(system.orders for system in batch)
            if progress:
                progress(count)
        folder.calls.fsync(ids)
        return count, ordered
    finally:
        folder.calls.close(ids)


def _listed(folder: StoreFolder, system: System) -> bytes:
    digest = system_digest(as_added(system, system.orders), folder.journal)
    return f"{system.equipment_id} {digest}\n".encode()


def _stage_one(folder: StoreFolder, system: System) -> None:
    if not EQUIPMENT_ID.fullmatch(system.equipment_id) or system.sealed:
        raise ValueError(f"not a system to add: {system.equipment_id!r}")
    path = folder.paths.system(system.equipment_id)
    database = new_document(folder.calls, path)
    put_system(database, system)
    put_orders(database, system.orders)
    try:
        if is_there(folder.calls, folder.paths, system.equipment_id):
            raise FileExistsError
        fd = folder.calls.open(_staged(path), os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    except FileExistsError:
        raise SystemKnown(equipment_id=system.equipment_id) from None
    try:
        folder.calls.write(fd, sealed(tables_in(database)))
    finally:
        folder.calls.close(fd)


def _write_journal(folder: StoreFolder) -> None:
    """Lines of the orders that the new systems bring with them: no order without its line."""
    entries: list[Entry] = []
    for equipment_id, _digest in _systems(folder, _staged_list(folder)):
        path = _staged(folder.paths.system(equipment_id))
        system = system_of(read_tables(folder.calls, path), equipment_id, path)
        entries += (
            order_entry(EventName.ORDER_IMPORT, order, folder.journal) for order in system.orders
        )
        if len(entries) >= _BATCH:
            folder.journal.append(entries)
            entries = []
    if entries:
        folder.journal.append(entries)


def _agree(folder: StoreFolder) -> None:
    try:
        folder.calls.rename(_staged_list(folder), folder.paths.import_list)
    except OSError as error:
        raise WriteFailed(path=folder.paths.systems, reason=system_word(error)) from error
    try:
        sync_folder(folder.calls, folder.paths.root)
    except OSError as error:
        raise _unknown(folder, system_word(error)) from error


def _unknown(folder: StoreFolder, reason: str) -> OutcomeUnknown:
    return OutcomeUnknown(path=folder.paths.systems, reason=reason, what=Unsettled.SYSTEMS)


def _publish(folder: StoreFolder) -> None:
    """Put the documents of an agreed import into place; doing it twice does no harm."""
    calls, paths = folder.calls, folder.paths
    try:
        if not calls.exists(paths.import_list):
            return
        for equipment_id, _digest in _systems(folder, paths.import_list):
            path = paths.system(equipment_id)
            if calls.exists(_staged(path)):
                calls.rename(_staged(path), path)
        sync_all(calls, paths.root)
        _write_digests(folder)
        calls.unlink(paths.import_list)
    except (WriteFailed, ReadFailed) as error:  # of the journal
        raise _unknown(folder, error.reason) from error
    except StoreBusy as error:
        raise _unknown(folder, "EBUSY") from error
    except OSError as error:
        raise _unknown(folder, system_word(error)) from error


def _write_digests(folder: StoreFolder) -> None:
    """Lines of the systems, once they are in their places: no line without its system."""
    systems = _systems(folder, folder.paths.import_list)
    entries = system_entries(each for each in systems if each[1])
    while some := list(islice(entries, _LINES)):
        folder.journal.append(some)


def _clear(folder: StoreFolder) -> None:
    """Take away what an import that never was agreed left."""
    if not folder.calls.exists(_staged_list(folder)):
        return
    for system_folder in folder.paths.system_folders():
        for name in folder.calls.names(system_folder):
            if name.endswith(".json.new"):
                folder.calls.unlink(f"{system_folder}/{name}")
    folder.calls.unlink(_staged_list(folder))


def _systems(folder: StoreFolder, path: str) -> Iterator[tuple[str, str]]:
    """Equipment IDs and digests; the list of an earlier version has no digests."""
    with folder.calls.reader(path) as lines:
        for line in lines:
            equipment_id, _, digest = line.decode().rstrip("\n").partition(" ")
            yield equipment_id, digest


def _staged(path: str) -> str:
    return f"{path}.new"


def _staged_list(folder: StoreFolder) -> str:
    return f"{folder.paths.import_list}.tmp"
