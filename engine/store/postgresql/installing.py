"""An installation on PostgreSQL: its schema, and the mark of its keys."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.catalogue.versions import CatalogueVersion
from engine.errors import KeysNotOfStore, StoreMissing
from engine.files.system_calls import SystemCalls
from engine.files.writing import make_folder
from engine.keys.folder import KeysFolder
from engine.keys.making import create_keys
from engine.ports import Clock, now
from engine.store.postgresql.audit import mac_of
from engine.store.postgresql.changing import Change
from engine.store.postgresql.schema import migrate
from engine.store.postgresql.store import PostgresqlStore, open_store

_MARK = "SELECT value FROM meta WHERE name = 'keys'"
_KEY_MARKS = "SELECT name, value FROM meta WHERE name LIKE 'signing-__.key'"


def opened(
    database: str,
    keys: KeysFolder,
    clock: Clock = now,
    lock_seconds: float = 10.0,
    *,
    closed: bool = False,
) -> PostgresqlStore:
    """The store in a database, with its own keys. Raises as `open_store`, `KeysNotOfStore`,
    `KeyTrouble`."""
    store = open_store(database, keys.audit_key(), clock, lock_seconds, closed=closed)
    try:
        _check_keys(store, keys)
    except BaseException:  # whatever it was, the connection is given back
        store.close()
        raise
    return store


def _check_keys(store: PostgresqlStore, keys: KeysFolder) -> None:
    marks = store.database.rows(_MARK)
    if not marks:  # its making was cut short
        raise StoreMissing(path=store.database.place)
    known = key_marks(store)
    if marks[0][0] != _mark(keys) or any(
        known.get(name, mark) != mark for name, mark in _marks_of_signing(keys).items()
    ):
        raise KeysNotOfStore(path=str(keys.path))


def key_marks(store: PostgresqlStore) -> dict[str, str]:
    """Of the signing keys that the servers of this store have, by the names of their files: two
    servers must not each make one of the same number."""
    return dict(store.database.rows(_KEY_MARKS))


def make(
    database: str, owner: str, keys_folder: Path, folder: str, versions: Sequence[CatalogueVersion]
) -> None:
    """The schema, with the service of its owner if there is one; keys, where neither the database
    nor this machine has any; the folder for exports. On another server, with the keys that were
    brought there, it makes only what that one needs. What was cut short can be repeated.

    Raises `StoreMissing` where there is no schema and no owner, `KeysMissing`, `KeysNotOfStore`,
    `StoreTrouble`.
    """
    calls = SystemCalls()
    if owner:
        migrate(owner)
    keys = KeysFolder(keys_folder)
    store = open_store(database, b"")
    try:
        marked = bool(store.database.rows(_MARK))
        if not marked and keys.is_empty():
            create_keys(keys_folder, calls, again=True)
        make_folder(calls, f"{folder}/export")
        if marked:
            _check_keys(store, keys)
            return
        mark_keys(store, keys)
    finally:
        store.close()
    store = opened(database, keys)
    try:
        if versions and not store.catalogue_versions():
            store.put_catalogue(versions, "portal")
    finally:
        store.close()


def mark_keys(store: PostgresqlStore, keys: KeysFolder) -> None:
    """Say which keys are those of the store, as far as nobody has yet."""
    put = "INSERT INTO meta VALUES (%s, %s) ON CONFLICT DO NOTHING"

    def work(change: Change) -> None:
        for name, mark in {"keys": _mark(keys), **_marks_of_signing(keys)}.items():
            change.write(put, name, mark)

    store.database.changed(work, "again")


def _mark(keys: KeysFolder) -> str:
    return mac_of(keys.audit_key(), "keys", keys.pepper().hex())


def _marks_of_signing(keys: KeysFolder) -> dict[str, str]:
    audit_key = keys.audit_key()
    return {
        name: mac_of(audit_key, name, text.hex())
        for name, text in keys.texts()
        if name.startswith("signing-")
    }
