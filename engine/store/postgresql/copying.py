"""A store on PostgreSQL as what a copy is made of, and as what it is made into."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from typing_extensions import override

from engine.accounts.people import same_name
from engine.audit import EventName
from engine.errors import StoreNotEmpty, Unsettled
from engine.keys.folder import KeysFolder
from engine.ports import now
from engine.store.journal_lines import Chain
from engine.store.postgresql.accounts import Kept, text_of, user_name
from engine.store.postgresql.audit import Line as AuditLine
from engine.store.postgresql.audit import key_of, lane_of
from engine.store.postgresql.changing import LOOK, MOVED, Change, Database, Gate
from engine.store.postgresql.former_log import former_names, former_pieces
from engine.store.postgresql.installing import mark_keys
from engine.store.postgresql.line import Line
from engine.store.postgresql.papers import put_paper
from engine.store.postgresql.schema import migrate
from engine.store.postgresql.store import PostgresqlStore
from engine.store_contents import Contents, Giving, JournalPart, Taking

_BATCH = 500
_LONGEST_LINE = 1 << 22
_LONG = 24 * 3600.0
"""Seconds that all of a copy may take."""
_EMPTY = (
    "SELECT EXISTS (SELECT 1 FROM systems) OR EXISTS (SELECT 1 FROM companies)"
    " OR EXISTS (SELECT 1 FROM papers) OR EXISTS (SELECT 1 FROM audit)"
    " OR EXISTS (SELECT 1 FROM former_audit)"
)
_SAY_MOVED = (
    "INSERT INTO meta VALUES ('moved', %s) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)


def contents_of(store: PostgresqlStore) -> Contents:
    """All that is in a store on PostgreSQL."""
    return Contents(store, lambda: _journal(store))


def _journal(store: PostgresqlStore) -> Iterator[JournalPart]:
    """The log of before word for word, then all lanes as one chain behind it."""
    database, chain = store.database, Chain(store.database.audit_key)
    month = ""
    for month in former_names(database):
        yield JournalPart(month, _followed(chain, former_pieces(database, month)))
    lines = _lines(store)
    line = next(lines, None)
    while line is not None:
        month = max(month, f"{line.at:%Y-%m}.jsonl")
        pieces = [chain.add(line.at, line.event, line.who, line.details)]
        while (line := next(lines, None)) and max(month, f"{line.at:%Y-%m}.jsonl") == month:
            pieces.append(chain.add(line.at, line.event, line.who, line.details))
        yield JournalPart(month, iter(pieces))


def _followed(chain: Chain, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same; the chain goes on behind their last line."""
    tail = b""
    for piece in pieces:
        tail = (tail + piece)[-_LONGEST_LINE:]
        yield piece
    chain.follow(tail)


def _lines(store: PostgresqlStore) -> Iterator[AuditLine]:
    after = 0
    while rows := store.database.rows(
        "SELECT id, line FROM audit WHERE id > %s ORDER BY id LIMIT %s", *(after, _BATCH)
    ):
        for number, text in rows:
            after = number
            yield store.audit_line(text)


class DatabaseGiving(Giving):
    """`engine.store_contents.Giving` of a store that was opened even if it is closed."""

    def __init__(self, store: PostgresqlStore) -> None:
        self.contents = contents_of(store)
        self._store = store
        self._database = store.database

    @override
    def moved_to(self) -> str | None:
        rows = self._database.rows(MOVED)
        return (rows[0][0] or None) if rows else None

    @override
    def close_for(self, target: str, who: str) -> None:
        def close(change: Change) -> None:
            if not any(row[0] for row in change.read((MOVED, ()))[0]):
                change.append(lane_of(who), EventName.STORE_COPY, who, {"to": target})
                change.write(_SAY_MOVED, target)

        self._database.changed(close, LOOK, gate=Gate.ALONE)

    @override
    def open_again(self, who: str) -> None:
        def reopen(change: Change) -> None:
            if any(row[0] for row in change.read((MOVED, ()))[0]):
                change.append(lane_of(who), EventName.STORE_COPY_UNDONE, who, {})
                change.write(_SAY_MOVED, "")

        self._database.changed(reopen, LOOK, gate=Gate.ALONE)

    @override
    def close(self) -> None:
        self._store.close()


class DatabaseTaking(Taking):
    """`engine.store_contents.Taking` into a database, as the owner of its schema."""

    def __init__(self, owner: str, keys: KeysFolder) -> None:
        self._owner = owner
        self._keys = keys

    @override
    def require_empty(self) -> None:
        migrate(self._owner)
        line = Line(self._owner, 10)
        try:
            database = Database(line, b"", now)
            if database.rows(_EMPTY)[0][0]:
                raise StoreNotEmpty(path=line.place)
        finally:
            line.drop()

    @override
    def take(self, contents: Contents, verify: Callable[[Contents], None]) -> None:
        line = Line(self._owner, 10)
        store = PostgresqlStore(Database(line, self._keys.audit_key(), now))

        def take(change: Change) -> None:
            if change.read((_EMPTY, ()))[0][0][0]:
                raise StoreNotEmpty(path=line.place)
            systems = contents.systems()
            while batch := list(islice(systems, _BATCH)):
                store.put_systems(change, batch, copied=True)
            _put_accounts(change, contents)
            _put_rest(change, contents)
            mark_keys(store, self._keys)
            verify(contents_of(store))

        try:
            store.database.changed(take, Unsettled.STORE, _LONG, Gate.ALONE)
        finally:
            line.drop()


def _put_accounts(change: Change, contents: Contents) -> None:
    for company in contents.companies():
        name = key_of(same_name(company.name))
        change.write("INSERT INTO companies VALUES (%s, %s)", name, text_of(company))
    for user in contents.users():
        name, of = user_name(user.company_id, user.login), key_of(user.company_id)
        change.write("INSERT INTO users VALUES (%s, %s, %s)", name, of, text_of(user))
    for key in contents.ssh_keys():
        change.write("INSERT INTO ssh_keys VALUES (%s, %s)", key_of(key.fingerprint), text_of(key))
    for paper in contents.papers():
        put_paper(change, paper)
    for kept in contents.drafts():
        owner, draft = user_name(kept.company_id, kept.login), key_of(kept.draft.draft_id)
        body = text_of(Kept(kept.company_id, kept.login, kept.draft))
        change.write("INSERT INTO drafts VALUES (%s, %s, %s)", owner, draft, body)


def _put_rest(change: Change, contents: Contents) -> None:
    put = "INSERT INTO catalogue (product, since, body) VALUES (%s, %s, %s)"
    for version in contents.catalogue():
        change.write(put, version.product, version.since, version.text)
    for number in contents.withdrawn_keys():
        change.write("INSERT INTO withdrawn_keys VALUES (%s)", number)
    signs = contents.signing_key()
    if signs is not None:
        change.write("INSERT INTO meta VALUES ('signing-key', %s)", str(signs))
    counts: dict[str, int] = {}
    for part in contents.journal():
        for piece in part.pieces:
            number = counts.get(part.name, 0)
            counts[part.name] = number + 1
            change.write("INSERT INTO former_audit VALUES (%s, %s, %s)", part.name, number, piece)
            change.read()
