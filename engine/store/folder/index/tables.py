"""The tables of the index, and the queries on them."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from engine.licences.order import Order
from engine.licences.system import end_of_id
from engine.ports import OrderQuery
from engine.safe_text import folded
from engine.store.folder.index.rows import OrderRow
from engine.store.folder.sqlite_batches import among, batches
from engine.store.matching import keycodes

VERSION = 5
"""Of these tables; an index of another version is rebuilt."""

INDEXES = {
    "orders_by_date": "CREATE INDEX orders_by_date ON orders (placed_at, number)",
    "orders_by_company": "CREATE INDEX orders_by_company ON orders (company_id, placed_at, number)",
    "orders_by_reference": "CREATE INDEX orders_by_reference ON orders"
    " (reference, placed_at, number)",
    "orders_by_kind": "CREATE INDEX orders_by_kind ON orders (kind, company_id, placed_at)"
    " WHERE kind <> 'order'",
}

SCHEMA = f"""
BEGIN IMMEDIATE;
DROP TABLE IF EXISTS position;
DROP TABLE IF EXISTS orders;
DROP TABLE IF EXISTS keycodes;
DROP TABLE IF EXISTS pending;
CREATE TABLE position (path TEXT NOT NULL, offset INTEGER NOT NULL, before BLOB NOT NULL);
CREATE TABLE orders (
    number TEXT PRIMARY KEY, equipment_id TEXT NOT NULL, company_id TEXT NOT NULL,
    placed_at INTEGER NOT NULL, reference TEXT NOT NULL, licensee TEXT NOT NULL,
    kind TEXT NOT NULL, city TEXT NOT NULL
) WITHOUT ROWID;
{"".join(f"{index};" for index in INDEXES.values())}
CREATE TABLE keycodes (
    keycode TEXT NOT NULL, number TEXT NOT NULL, PRIMARY KEY (keycode, number)
) WITHOUT ROWID;
CREATE TABLE pending (
    number TEXT NOT NULL, equipment_id TEXT NOT NULL, erased INTEGER NOT NULL,
    PRIMARY KEY (number, erased)
) WITHOUT ROWID;
PRAGMA user_version = {VERSION};
COMMIT;
"""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(moment: datetime) -> int:
    """A moment as a whole number that sorts as time does."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def hits(
    database: sqlite3.Connection, query: OrderQuery, limit: int, offset: int
) -> list[tuple[str, str]]:
    """(Equipment ID, order number) of what seems to match, the latest first."""
    conditions = {
        "company_id = ?": query.company_id,
        "number IN (SELECT number FROM keycodes WHERE keycode = ?)": _folded(query.keycode),
        "reference = ?": _folded(query.reference),
        f"{'licensee = ?' if query.whole_name else 'instr(licensee, ?) > 0'}": _folded(
            query.licensee
        ),
        "placed_at >= ?": None if query.since is None else microseconds(query.since),
        "placed_at < ?": None if query.before is None else microseconds(query.before),
        "licensee <> ?": "" if query.personal else None,
        f"kind = '{query.kind}' AND ?": None if query.kind is None else 1,
    }
    given: list[tuple[str, tuple[object, ...]]] = [
        (text, (value,)) for text, value in conditions.items() if value is not None
    ]
    if query.like is not None:
        given.append(_like(query.like))
    if query.keycode_parts:
        given.append(_with_part(query.keycode_parts))
    where = " AND ".join(text for text, _values in given) or "1"
    return database.execute(
        # Only the texts above are ever part of the statement.
        f"SELECT equipment_id, number FROM orders WHERE {where}"  # noqa: S608
        " ORDER BY placed_at DESC, number DESC LIMIT ? OFFSET ?",
        (*(value for _text, values in given for value in values), limit, offset),
    ).fetchall()


def _like(text: str) -> tuple[str, tuple[object, ...]]:
    wanted, end = folded(text), end_of_id(text)
    names = "instr(licensee, ?) > 0 OR instr(city, ?) > 0"
    if not end:
        return f"({names})", (wanted, wanted)
    return f"({names} OR substr(equipment_id, ?) = ?)", (wanted, wanted, -len(end), end)


def _with_part(parts: Sequence[str]) -> tuple[str, tuple[object, ...]]:
    one = " OR ".join(["instr(keycode, ?) > 0"] * len(parts))
    return (
        f"number IN (SELECT number FROM keycodes WHERE {one})",  # noqa: S608
        tuple(folded(part) for part in parts),
    )


def may_match(database: sqlite3.Connection, query: OrderQuery) -> set[str]:
    """The systems of what seems to match, and of what could not be taken in."""
    pending = database.execute("SELECT DISTINCT equipment_id FROM pending")
    return {of for of, _number in hits(database, query, -1, 0)} | {row[0] for row in pending}


def put(database: sqlite3.Connection, orders: Collection[OrderRow]) -> None:
    """Add orders, or put them in the place of what was known by their numbers."""
    database.executemany(
        "INSERT OR REPLACE INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(_row, orders)
    )
    database.executemany(
        "INSERT OR IGNORE INTO keycodes VALUES (?, ?)",
        ((folded(keycode), order.number) for order in orders for keycode in keycodes(order)),
    )
    database.executemany(  # whoever waits for its erasure waits until it is erased
        "DELETE FROM pending WHERE number = ? AND erased <= ?",
        ((order.number, not order.licensee) for order in orders),
    )


def _row(order: Order | OrderRow) -> tuple[str, str, str, int, str, str, str, str]:
    return (
        order.number,
        order.equipment_id,
        order.company_id,
        microseconds(order.placed_at),
        folded(order.reference),
        folded(order.licensee),
        order.kind.value,
        folded(order.address.city),
    )


def differing(database: sqlite3.Connection, orders: Sequence[Order]) -> Iterator[str]:
    """The numbers of those orders that are not here as they are: all, when nothing can be read."""
    try:
        yield from list(_differing(database, orders))
    except (sqlite3.Error, TypeError, ValueError):
        yield from (order.number for order in orders)


def _differing(database: sqlite3.Connection, orders: Sequence[Order]) -> Iterator[str]:
    for batch in batches(orders):
        rows = _rows(database, [order.number for order in batch])
        delivered = [(folded(each), order.number) for order in batch for each in keycodes(order)]
        lacking = {number for _, number in set(delivered) - _delivered(database, delivered)}
        for order in batch:
            if rows.get(order.number) != _row(order) or order.number in lacking:
                yield order.number


def _rows(database: sqlite3.Connection, numbers: Sequence[str]) -> dict[str, tuple[object, ...]]:
    found = database.execute(f"SELECT * FROM orders WHERE number {among(numbers)}", numbers)  # noqa: S608
    return {row[0]: row for row in found}


def _delivered(
    database: sqlite3.Connection, wanted: Sequence[tuple[str, str]]
) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for batch in batches([keycode for keycode, _ in wanted]):
        found.update(
            database.execute(f"SELECT * FROM keycodes WHERE keycode {among(batch)}", batch)  # noqa: S608
        )
    return found


def knows(database: sqlite3.Connection, number: str) -> bool:
    """Whether an order of that number was ever taken in, as far as can be read."""
    try:
        found = database.execute("SELECT 1 FROM orders WHERE number = ?", (number,)).fetchone()
    except sqlite3.Error:
        return False
    return found is not None


@contextmanager
def without_indexes(database: sqlite3.Connection) -> Iterator[None]:
    """Put in many rows faster: what SQLite finds them by is made at the end."""
    for name in INDEXES:
        database.execute(f"DROP INDEX IF EXISTS {name}")
    yield
    for made in INDEXES.values():
        database.execute(made)


def empty(database: sqlite3.Connection) -> None:
    """Forget everything."""
    for table in ("position", "orders", "keycodes", "pending"):
        database.execute(f"DELETE FROM {table}")  # noqa: S608 - only these four


def _folded(text: str | None) -> str | None:
    return None if text is None else folded(text)
