"""The index: which orders have a keycode, a reference, a licensee, a company, a date.

SQLite, derived from the journal, and may be deleted at any time. It follows the journal by
position and by the hash of the bytes before it, so that a journal that was cut is noticed. It is
never believed: every hit is read from its document and checked.

It keeps SQLite's own rollback journal: with a write-ahead log, deleting `index.db` under a
running portal would leave a log behind that belongs to no file.
"""

from __future__ import annotations

import heapq
import os
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from threading import Lock
from typing import TypeVar
from urllib.parse import quote

from engine.audit import EventName
from engine.errors import (
    DocumentDamaged,
    OwnerWrong,
    ReadFailed,
    StoreBusy,
    StoreTooNew,
    StoreTrouble,
    WriteFailed,
)
from engine.files.system_calls import reading
from engine.licences.order import Order
from engine.ports import OrderQuery
from engine.store.folder.index.catch_up import follow, is_cut
from engine.store.folder.index.tables import SCHEMA, VERSION, hits, may_match
from engine.store.folder.journal.journal import Entry
from engine.store.folder.locks import INDEX
from engine.store.folder.systems import Systems
from engine.store.matching import latest_first, matches

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DISK = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
}
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL


Answer = TypeVar("Answer")


class Index:
    """The index of one store; threads take turns."""

    def __init__(self, systems: Systems) -> None:
        self._systems = systems
        self._folder = systems.folder
        self._name = systems.folder.paths.index
        self._turn = Lock()
        self._database: sqlite3.Connection | None = None
        self._opened: tuple[int, int] | None = None

    def find(self, query: OrderQuery, limit: int) -> list[Order]:
        """Orders that match, the latest first. A broken index is rebuilt; on a disk that
        refuses it, the documents themselves are looked through. Raises `StoreBusy`."""
        found = self._tried(lambda: self._indexed(query, limit))
        return self._scanned(query, limit) if found is None else found

    def unread(self, query: OrderQuery, but: Collection[str] = ()) -> list[str]:
        """The systems with orders that seem to match, or that the index could not take in, and
        that cannot be read; without looking at those of `but`. Raises `StoreBusy`."""
        found = self._tried(lambda: may_match(self._caught_up(), query))
        ids = self._systems.equipment_ids() if found is None else found
        return sorted(each for each in ids if each not in but and not self._is_readable(each))

    def _is_readable(self, equipment_id: str) -> bool:
        try:
            if system := self._systems.system(equipment_id):
                self._systems.older_orders(system)
        except (DocumentDamaged, StoreTooNew, ReadFailed, OwnerWrong):
            return False
        return True

    def catch_up(self) -> bool:
        """Read what the journal has got; a broken index is rebuilt. False on a disk that
        refuses it. Raises `StoreBusy`."""
        return self._tried(self._caught_up) is not None

    def rebuild(self) -> bool:
        """Forget everything and read the journal from its beginning; as `catch_up`."""
        with self._turn:
            if not self._discard():
                return False
        return self.catch_up()

    def misses_lines(self) -> bool:
        """Whether the journal no longer has what was read of it: it was cut, or written again."""
        with reading(self._name):
            there = self._folder.calls.exists(self._name)
        work = lambda: is_cut(self._connected(), self._folder.journal)  # noqa: E731
        return bool(there and self._tried(work))

    def reader(self) -> sqlite3.Connection:
        """A connection for another process or thread, to look at the tables as they are."""
        name = quote(os.fsencode(self._name))
        reader = sqlite3.connect(f"file:{name}?mode=ro", timeout=self._seconds, uri=True)
        reader.execute("PRAGMA cache_size = -65536")  # at most 64 MB
        return reader

    def close(self) -> None:
        """Let go of the file."""
        with self._turn:
            self._disconnect()

    def _tried(self, work: Callable[[], Answer]) -> Answer | None:
        """What `work` answers, once more on a new index when this one is broken; None on a disk
        that refuses it. Raises `StoreBusy`, `ReadFailed`."""
        with self._turn:
            for last in (False, True):
                try:
                    return work()
                except (OSError, WriteFailed):
                    break
                except (TypeError, ValueError, OverflowError):  # not what was written into it
                    if last:
                        raise
                except sqlite3.Error as error:
                    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
                    if code in _BUSY:
                        raise StoreBusy(what="index", seconds=self._seconds, holder=0) from error
                    if code in _DISK:
                        break
                if not self._discard():
                    break
        return None

    def _caught_up(self) -> sqlite3.Connection:
        database = self._connected()
        if is_cut(database, self._folder.journal):
            # After this the index knows no more of it: the log itself has to.
            with suppress(StoreTrouble):
                self._folder.journal.append([Entry(EventName.JOURNAL_CUT, "portal", {})])
        follow(database, self._folder)
        return database

    def _indexed(self, query: OrderQuery, limit: int) -> list[Order]:
        database = self._caught_up()
        found: list[Order] = []
        offset = 0
        while page := hits(database, query, limit, offset):
            found += (order for order in self._checked(page) if matches(order, query))
            if len(found) >= limit:
                break
            offset += len(page)
        return found[:limit]

    def _checked(self, page: list[tuple[str, str]]) -> Iterator[Order]:
        """The orders of these hits, read from their documents, in the order of the hits."""
        by_system: dict[str, set[str]] = defaultdict(set)
        for equipment_id, number in page:
            by_system[equipment_id].add(number)
        orders: dict[str, Order] = {}
        for equipment_id, numbers in by_system.items():
            # A damaged document is one that `check` names; the others are still found.
            with suppress(DocumentDamaged, StoreTooNew):
                orders |= self._systems.numbered_orders(equipment_id, numbers)
        return (orders[number] for _, number in page if number in orders)

    def _scanned(self, query: OrderQuery, limit: int) -> list[Order]:
        found = (order for order in self._all_orders() if matches(order, query))
        return heapq.nlargest(limit, found, key=latest_first)

    def _all_orders(self) -> Iterator[Order]:
        for equipment_id in self._systems.equipment_ids():
            with suppress(DocumentDamaged, StoreTooNew):
                if system := self._systems.system(equipment_id):
                    yield from system.orders
                    yield from self._systems.older_orders(system)

    @property
    def _seconds(self) -> float:
        return self._folder.locks.seconds

    def _connected(self) -> sqlite3.Connection:
        if self._database is not None and self._opened == self._identity():
            return self._database
        self._disconnect()
        with self._folder.locks.held(INDEX, "index"):
            if not self._folder.calls.exists(self._name):
                self._remove(f"{self._name}-journal")
                # It holds names; SQLite would ask the umask.
                self._folder.calls.close(self._folder.calls.open(self._name, _NEW, 0o600))
            self._database = sqlite3.connect(
                self._name, timeout=self._seconds, isolation_level=None, check_same_thread=False
            )
            # What was erased must not stay behind in free pages.
            self._database.execute("PRAGMA secure_delete = ON")
            self._database.execute("PRAGMA cache_size = -65536")  # at most 64 MB
            if self._database.execute("PRAGMA user_version").fetchone() != (VERSION,):
                self._database.executescript(SCHEMA)
            self._opened = self._identity()
        return self._database

    def _identity(self) -> tuple[int, int] | None:
        try:
            status = self._folder.calls.status(self._name)
        except FileNotFoundError:
            return None
        return status.st_dev, status.st_ino

    def _disconnect(self) -> None:
        if self._database is not None:
            self._database.close()
        self._database = None

    def _discard(self) -> bool:
        """Forget the file; False on a disk that refuses it."""
        self._disconnect()
        try:
            with self._folder.locks.held(INDEX, "index"):
                self._remove(self._name)
        except (OSError, WriteFailed):
            return False
        return True

    def _remove(self, path: str) -> None:
        with suppress(FileNotFoundError):
            self._folder.calls.unlink(path)
