"""An installation whose store is in a database; not imported where it is in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from engine.errors import StoreInBoth, StoreUnreachable, Unreachable
from engine.keys.folder import KeysFolder
from engine.ports import Progress, now
from engine.settings import Settings
from engine.store.folder.paths import Paths
from engine.store_contents import Contents, Giving, Taking
from engine.upkeep import BackupMade, Restored


def postgresql(settings: Settings) -> ModuleType:
    """The store on PostgreSQL, imported only where a database is configured. Raises
    `StoreUnreachable` where its driver is missing."""
    try:
        from engine.store.postgresql import installing
    except ImportError as error:
        if "psycopg" not in f"{error.name} {error}" and "libpq" not in str(error):
            raise
        raise StoreUnreachable(path=settings.database, reason=Unreachable.DRIVER) from error
    return installing


def refuse_both(settings: Settings) -> None:
    """Raises `StoreInBoth` where a folder has a store of its own that is in use."""
    paths = Paths(settings.store_folder)
    if Path(paths.version).exists() and not Path(paths.moved).exists():
        raise StoreInBoth(path=paths.root, database=settings.database)


def giving_database(settings: Settings) -> Giving:
    """The store of an installation, to be copied from, also where it was moved. Raises
    `StoreTrouble`, `KeyTrouble`."""
    installing = postgresql(settings)
    from engine.store.postgresql.copying import DatabaseGiving

    keys = KeysFolder(settings.keys_folder)
    seconds = settings.lock_seconds
    return DatabaseGiving(installing.opened(settings.database, keys, now, seconds, closed=True))


def taking_database(settings: Settings) -> Taking:
    """Where a copy goes to that is made into the database. Raises `StoreUnreachable`."""
    postgresql(settings)
    from engine.store.postgresql.copying import DatabaseTaking

    owner = settings.database_owner or settings.database
    return DatabaseTaking(owner, KeysFolder(settings.keys_folder))


def packed(
    settings: Settings, contents: Contents, target: Path, with_keys: bool, progress: Progress | None
) -> BackupMade:
    """A backup of what is in a database, by way of a folder that nobody keeps."""
    from engine.store.folder.store import open_store
    from engine.store.folder.upkeep.backup import make_backup
    from engine.store.folder.upkeep.copying import FolderTaking

    keys = KeysFolder(settings.keys_folder)
    with TemporaryDirectory(prefix=".keycode-portal-", dir=target.absolute().parent) as folder:
        path = f"{folder}/store"
        FolderTaking(path, settings.database, keys.audit_key, b"").take(contents, lambda _: None)
        store = open_store(path, keys.audit_key())
        try:
            return make_backup(store, keys, target, with_keys=with_keys, progress=progress)
        finally:
            store.close()


def unpacked(settings: Settings, source: Path, progress: Progress | None) -> Restored:
    """A backup into a database, by way of such a folder."""
    from engine.store.folder.store import open_store
    from engine.store.folder.upkeep.copying import contents_of
    from engine.store.folder.upkeep.restore import restore_store

    taking = taking_database(settings)
    taking.require_empty()
    with TemporaryDirectory(prefix="keycode-portal-") as folder:
        restored = restore_store(f"{folder}/store", settings.keys_folder, source, progress)
        key = KeysFolder(settings.keys_folder).audit_key()
        store = open_store(f"{folder}/store", key)
        try:
            taking.take(contents_of(store), lambda _: None)
        finally:
            store.close()
    return restored


def run_sql(database: str, statements: Sequence[str]) -> None:
    """Run statements, each for itself. Raises `StoreTrouble`."""
    postgresql(Settings(store="", database=database))
    from engine.store.postgresql.line import Line

    line = Line(database, 10)
    try:
        for statement in statements:
            line.tried(partial(line.ask, (statement, ())), 10)
    finally:
        line.drop()


def schema_to_run() -> str:
    """The SQL that makes the schema, for the owner of a database."""
    from engine.store.postgresql.schema import sql_to_run

    return sql_to_run()
