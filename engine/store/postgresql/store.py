"""The store on PostgreSQL; made by `open_store`. See `engine/store/README.md`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

from typing_extensions import override

from engine.audit import EventName
from engine.catalogue.versions import CatalogueVersion
from engine.errors import (
    ClocksApart,
    StoreMissing,
    StoreMoved,
    StoreTooNew,
    StoreTrouble,
    Unsettled,
)
from engine.ports import Clock, Store, now
from engine.store.digests import catalogue_said
from engine.store.postgresql.accounts import Accounts
from engine.store.postgresql.audit import lane_of
from engine.store.postgresql.changing import LOOK, MOVED, Change, Database
from engine.store.postgresql.line import Line
from engine.store.postgresql.log import Log
from engine.store.postgresql.papers import Papers
from engine.store.postgresql.schema import KNOWN
from engine.store.postgresql.searching import Searching
from engine.store.postgresql.surroundings import CLOCK, REFUSED, seconds_apart


def open_store(
    database: str,
    audit_key: bytes,
    clock: Clock = now,
    lock_seconds: float = 10.0,
    *,
    closed: bool = False,
) -> PostgresqlStore:
    """The store in that database, as libpq names it (`service=keycodes`).

    Raises `StoreUnreachable`, `StoreMissing`, `StoreTooNew`, `StoreNotWritable`;
    `StoreMoved` unless it may be `closed`.
    """
    store = PostgresqlStore(Database(Line(database, lock_seconds), audit_key, clock))
    try:
        _fits(store.database, closed=closed)
    except StoreTrouble:
        store.close()
        raise
    return store


def _fits(database: Database, *, closed: bool) -> None:
    ((found,),), moved, ((clock,),) = database.read(
        ("SELECT max(number) FROM version", ()), (MOVED, ()), (CLOCK, ())
    )
    if (seconds := seconds_apart(clock)) > REFUSED:
        raise ClocksApart(path=database.place, seconds=round(seconds))
    if moved and moved[0][0] and not closed:
        raise StoreMoved(path=database.place, to=moved[0][0])
    if found is None or found < KNOWN:
        raise StoreMissing(path=database.place)
    if found > KNOWN:
        raise StoreTooNew(path=database.place, found=found, known=KNOWN)


class PostgresqlStore(Searching, Accounts, Papers, Log, Store):
    """`engine.ports.Store` in a database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @override
    def signing_key(self) -> int | None:
        rows = self.database.rows("SELECT value FROM meta WHERE name = 'signing-key'")
        return int(rows[0][0]) if rows else None

    @override
    def withdrawn_keys(self) -> frozenset[int]:
        rows = self.database.rows("SELECT number FROM withdrawn_keys")
        return frozenset(row[0] for row in rows)

    @override
    def withdraw_key(self, number: int, who: str) -> bool:
        def withdraw(change: Change) -> bool:
            put = "INSERT INTO withdrawn_keys VALUES (%s) ON CONFLICT DO NOTHING RETURNING 1"
            if not change.read((put, (number,)))[0]:
                return False
            change.append(lane_of(who), EventName.KEY_WITHDRAW, who, {"key": str(number)})
            return True

        return self.database.changed(withdraw, LOOK)

    @override
    def catalogue_versions(self) -> list[CatalogueVersion]:
        rows = self.database.rows("SELECT product, since, body FROM catalogue ORDER BY 1, 2")
        place = self.database.place
        return [
            CatalogueVersion(
                product, since.astimezone(UTC), bytes(body), f"{place}#catalogue/{product}"
            )
            for product, since, body in rows
        ]

    @override
    def catalogue_mark(self) -> object:
        return self.database.rows("SELECT count(*), max(change) FROM catalogue")[0]

    @override
    def put_catalogue(self, versions: Sequence[CatalogueVersion], who: str) -> None:
        def put(change: Change) -> None:
            for version in versions:
                said = catalogue_said(version)
                change.append(lane_of(who), EventName.CATALOGUE_PUT, who, said)
                change.write(
                    "INSERT INTO catalogue (product, since, body) VALUES (%s, %s, %s)"
                    " ON CONFLICT (product, since) DO UPDATE SET body = excluded.body,"
                    " change = excluded.change",
                    *(version.product, version.since, version.text),
                )

        self.database.changed(put, Unsettled.CHANGE)

    @override
    def close(self) -> None:
        """Let go of the connection."""
        self.database.line.drop()
