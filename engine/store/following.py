"""How the index follows the journal."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import NamedTuple

from engine.errors import DocumentDamaged, StoreTooNew
from engine.orders import Order
from engine.store import index_tables
from engine.store.journal import Journal
from engine.store.systems import Systems

_CHUNK = 2000
"""Lines a transaction: another process waits no longer than these take."""


class Position(NamedTuple):
    """Up to where the journal was read."""

    path: str
    offset: int
    before: bytes
    """Hash of the bytes before it."""


def follow(database: sqlite3.Connection, journal: Journal, systems: Systems) -> None:
    """Read what the journal has got since the last time. Raises `sqlite3.Error`."""
    # In this order: whoever puts the position at the end leaves what is pending with it.
    while not _is_at_end(database, journal) or _has_pending(database):
        with _transaction(database):
            _look_again(database, systems)
            if not _step(database, journal, systems):
                return


def _is_at_end(database: sqlite3.Connection, journal: Journal) -> bool:
    position = _position(database, journal)
    files = journal.files()
    if position is None:
        return not files
    return (position.path, position.offset) == (files[-1], journal.size(files[-1]))


def _step(database: sqlite3.Connection, journal: Journal, systems: Systems) -> bool:
    """Read one chunk, or go on to the next file; False at the end of the last."""
    position = _position(database, journal)
    files = journal.files()
    if position is None:  # the first time, or the journal is not the one that was read
        index_tables.empty(database)
        position = Position(files[0], 0, b"") if files else Position("", 0, b"")
    if not files:
        return False
    lines = list(islice(journal.lines(position.path, position.offset), _CHUNK))
    events = [line.event for line in lines if line.event]
    _take_in(database, systems, (event.order for event in events))
    _take_in(database, systems, (event.erased for event in events), erased=True)
    if lines:
        _remember(database, journal, position.path, lines[-1].end)
        return True
    if newer := [path for path in files if path > position.path]:
        _remember(database, journal, newer[0], 0)
        return True
    return False


def _take_in(
    database: sqlite3.Connection,
    systems: Systems,
    lines: Iterable[tuple[str, ...] | None],
    *,
    erased: bool = False,
) -> None:
    """Take in the orders that are in their documents; remember those that are not there yet, or
    not yet erased.

    `lines` are (Equipment ID, order number, …). A line is written before its document: the order
    may come in a moment, or never. A number whose line came to nothing is given again: what
    stands in the document is the truth.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    for equipment_id, number, *_ in filter(None, lines):
        wanted[equipment_id].add(number)
    found: list[Order] = []
    pending: list[tuple[str, str, bool]] = []
    for equipment_id, numbers in wanted.items():
        orders = _numbered_orders(systems, equipment_id, numbers)
        found += orders.values()
        there = {n for n, order in orders.items() if not (erased and order.is_personal)}
        pending += ((number, equipment_id, erased) for number in numbers - there)
    database.executemany("INSERT OR IGNORE INTO pending VALUES (?, ?, ?)", pending)
    index_tables.put(database, found)


def _look_again(database: sqlite3.Connection, systems: Systems) -> None:
    for erased in (False, True):
        pending = database.execute(
            "SELECT equipment_id, number FROM pending WHERE erased = ?", (erased,)
        ).fetchall()
        _take_in(database, systems, pending, erased=erased)


def _numbered_orders(systems: Systems, equipment_id: str, numbers: set[str]) -> dict[str, Order]:
    try:
        return systems.numbered_orders(equipment_id, numbers)
    except (DocumentDamaged, StoreTooNew):
        return {}


@contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:  # whatever it was, the lock on the file is given back
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def _has_pending(database: sqlite3.Connection) -> bool:
    return database.execute("SELECT 1 FROM pending LIMIT 1").fetchone() is not None


def _position(database: sqlite3.Connection, journal: Journal) -> Position | None:
    """The position, or None when the bytes before it are no longer what was read."""
    row = database.execute("SELECT path, offset, before FROM position").fetchone()
    if row is None or journal.hash_before(row[0], row[1]) != row[2]:
        return None
    return Position(*row)


def is_cut(database: sqlite3.Connection, journal: Journal) -> bool:
    """Whether the journal no longer has what was read of it. Raises `sqlite3.Error`."""
    read = database.execute("SELECT 1 FROM position").fetchone() is not None
    return read and _position(database, journal) is None


def _remember(database: sqlite3.Connection, journal: Journal, path: str, offset: int) -> None:
    database.execute("DELETE FROM position")
    database.execute(
        "INSERT INTO position VALUES (?, ?, ?)", (path, offset, journal.hash_before(path, offset))
    )
