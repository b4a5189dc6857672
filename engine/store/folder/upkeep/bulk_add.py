"""Adding systems, one or a million: all or none, whatever happens, in little memory.

1. Every document is written beside its place (`ID.json.new`), a batch at a time, and synced.
   A system that is known, a full disk, a wrong row: all of them are taken away again.
2. The list of IDs, `import.ids`, is renamed into place: from here on the import has happened.
3. Every document is renamed into place, then the list is removed.

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
    StoreTrouble,
    SystemKnown,
    Unsettled,
    WriteFailed,
    system_word,
)
from engine.files.system_calls import reading, sync_all, sync_folder
from engine.licences.system import System
from engine.ports import Progress
from engine.store.folder.context import Room
from engine.store.folder.documents import new_document, read_tables, sealed, tables_in
from engine.store.folder.journal.journal import Entry
from engine.store.folder.locks import IMPORT
from engine.store.folder.paths import EQUIPMENT_ID
from engine.store.folder.systems import order_entry
from engine.store.folder.values import put_orders, put_system, system_of

_BATCH = 1000


def import_systems(room: Room, systems: Iterable[System], progress: Progress | None = None) -> int:
    """Add systems and say how many. `progress` is told how many are on disk.

    Raises `SystemKnown` (also for one that comes twice), `WriteFailed`, `StoreBusy`, what the
    iteration raises: nothing was added. Raises `OutcomeUnknown`: opening the store settles it.
    """
    with room.locks.held(IMPORT, "import"):
        try:
            _publish(room)
            _clear(room)
            count, ordered = _stage(room, iter(systems), progress)
            if ordered:
                _write_journal(room)
        except BaseException as error:  # whatever it was, including Ctrl+C: leave nothing
            with suppress(OSError):  # else the next import does
                _clear(room)
            if isinstance(error, OSError):
                raise WriteFailed(path=room.layout.systems, reason=system_word(error)) from error
            raise
        _agree(room)
        _publish(room)
    return count


def finish_import(room: Room) -> None:
    """Finish an import that was cut short after it had been agreed. Somebody who is at it, or a
    disk that refuses, leaves it for the next time. Raises `ReadFailed`."""
    with reading(room.layout.import_list):
        agreed = room.calls.exists(room.layout.import_list)
    if agreed:
        with suppress(StoreTrouble), room.locks.held(IMPORT, "import", seconds=0):
            _publish(room)


def _stage(room: Room, systems: Iterator[System], progress: Progress | None) -> tuple[int, bool]:
    """How many systems, and whether any of them brings orders."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    ids = room.calls.open(_staged_list(room), flags)
    try:
        # On disk first: it is what tells the next import that there are leftovers.
        sync_folder(room.calls, room.layout.root)
        count, ordered = 0, False
        while batch := list(islice(systems, _BATCH)):
            for system in batch:
                _stage_one(room, system)
            room.calls.write(ids, b"".join(f"{s.equipment_id}\n".encode() for s in batch))
            room.calls.syncfs(ids)
            count += len(batch)
            ordered = ordered or any(system.orders for system in batch)
            if progress:
                progress(count)
        room.calls.fsync(ids)
        return count, ordered
    finally:
        room.calls.close(ids)


def _stage_one(room: Room, system: System) -> None:
    if not EQUIPMENT_ID.fullmatch(system.equipment_id) or system.sealed:
        raise ValueError(f"not a system to add: {system.equipment_id!r}")
    path = room.layout.system(system.equipment_id)
    database = new_document(room.calls, path)
    put_system(database, system)
    put_orders(database, system.orders)
    try:
        if room.calls.exists(path):
            raise FileExistsError
        fd = room.calls.open(_staged(path), os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    except FileExistsError:
        raise SystemKnown(equipment_id=system.equipment_id) from None
    try:
        room.calls.write(fd, sealed(tables_in(database)))
    finally:
        room.calls.close(fd)


def _write_journal(room: Room) -> None:
    """Lines of the orders that the new systems bring with them: no order without its line."""
    entries: list[Entry] = []
    for equipment_id in _ids(room, _staged_list(room)):
        path = _staged(room.layout.system(equipment_id))
        system = system_of(read_tables(room.calls, path), equipment_id, path)
        entries += (
            order_entry(EventName.ORDER_IMPORT, order, room.journal) for order in system.orders
        )
        if len(entries) >= _BATCH:
            room.journal.append(entries)
            entries = []
    if entries:
        room.journal.append(entries)


def _agree(room: Room) -> None:
    try:
        room.calls.rename(_staged_list(room), room.layout.import_list)
    except OSError as error:
        raise WriteFailed(path=room.layout.systems, reason=system_word(error)) from error
    try:
        sync_folder(room.calls, room.layout.root)
    except OSError as error:
        raise _unknown(room, error) from error


def _unknown(room: Room, error: OSError) -> OutcomeUnknown:
    return OutcomeUnknown(
        path=room.layout.systems, reason=system_word(error), what=Unsettled.SYSTEMS
    )


def _publish(room: Room) -> None:
    """Put the documents of an agreed import into place; doing it twice does no harm."""
    calls, layout = room.calls, room.layout
    try:
        if not calls.exists(layout.import_list):
            return
        for equipment_id in _ids(room, layout.import_list):
            path = layout.system(equipment_id)
            if calls.exists(_staged(path)):
                calls.rename(_staged(path), path)
        sync_all(calls, layout.root)
        calls.unlink(layout.import_list)
    except OSError as error:
        raise _unknown(room, error) from error


def _clear(room: Room) -> None:
    """Take away what an import that never was agreed left."""
    if not room.calls.exists(_staged_list(room)):
        return
    for shelf in room.layout.shelves():
        for name in room.calls.names(shelf):
            if name.endswith(".json.new"):
                room.calls.unlink(f"{shelf}/{name}")
    room.calls.unlink(_staged_list(room))


def _ids(room: Room, path: str) -> Iterator[str]:
    with room.calls.reader(path) as lines:
        for line in lines:
            yield line.decode().rstrip("\n")


def _staged(path: str) -> str:
    return f"{path}.new"


def _staged_list(room: Room) -> str:
    return f"{room.layout.import_list}.tmp"
