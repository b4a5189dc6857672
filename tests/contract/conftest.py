"""Stores for the contract tests."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.ports import Store
from engine.store.folder.creation import create_store
from engine.store.folder.store import FolderStore, open_store
from engine.store.memory.store import MemoryStore
from engine.store.postgresql.line import Line
from engine.store.postgresql.schema import migrate
from engine.store.postgresql.store import PostgresqlStore
from engine.store.postgresql.store import open_store as open_database
from tests.contract.values import AUDIT_KEY, TickingClock
from tests.support.postgresql import server

TABLES = (
    "systems, orders, proofs, keycodes, companies, users, nobody, drafts, ssh_keys, papers,"
    " catalogue, withdrawn_keys, meta, audit, former_audit"
)


@pytest.fixture(scope="session")
def made_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store's 4,096 folders, made once: making them takes longer than most tests."""
    folder = tmp_path_factory.mktemp("made") / "store"
    create_store(folder)
    return folder


@pytest.fixture
def new_folder(made_folder: Path) -> Iterator[Callable[[], Path]]:
    """Makes the store on disk a new one each time that it is called: as `init` left it."""
    kept = {path: path.read_bytes() for path in made_folder.iterdir() if path.is_file()}

    def empty() -> Path:
        for parent, _, names in os.walk(made_folder):
            for name in names:
                if Path(parent, name) not in kept:
                    Path(parent, name).unlink()
        for name in ("companies", "users"):  # a store of layout 1 has none
            (made_folder / name).mkdir(mode=0o700, exist_ok=True)
        for path, data in kept.items():
            path.write_bytes(data)
            path.chmod(0o600)
        return made_folder

    yield empty
    empty()


@pytest.fixture
def folder(new_folder: Callable[[], Path]) -> Path:
    """A new store on disk."""
    return new_folder()


@pytest.fixture
def folder_store(folder: Path) -> Iterator[FolderStore]:
    store = open_store(folder, AUDIT_KEY, TickingClock())
    yield store
    store.close()


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    """A database with the schema of a store, as the portal's role finds it."""
    with server() as running:
        running.sql("CREATE ROLE owner LOGIN CREATEROLE")
        running.sql("CREATE ROLE portal LOGIN")
        running.sql("CREATE ROLE desk LOGIN")
        running.sql("CREATE DATABASE keycodes OWNER owner")
        migrate(running.database("keycodes", "owner"))
        running.sql("GRANT keycode_desk TO desk; GRANT keycode_portal TO portal")
        yield running.database("keycodes", "desk")


@pytest.fixture
def new_database(database: str) -> Callable[[], PostgresqlStore]:
    """Makes the database a new one each time that it is called, and opens it."""

    def empty() -> PostgresqlStore:
        owner = Line(database.replace("user=desk", "user=owner"), 10)
        owner.ask((f"TRUNCATE {TABLES} RESTART IDENTITY CASCADE", ()))
        owner.drop()
        return open_database(database, AUDIT_KEY, TickingClock())

    return empty


@pytest.fixture(params=["folder", "memory", "postgresql"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """Each adapter in turn."""
    if request.param == "folder":
        yield request.getfixturevalue("folder_store")
        return
    if request.param == "postgresql":
        opened = request.getfixturevalue("new_database")()
        yield opened
        opened.close()
        return
    memory = MemoryStore(TickingClock())
    yield memory
    memory.close()
