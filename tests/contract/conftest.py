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
from tests.contract.values import AUDIT_KEY, TickingClock


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


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """Each adapter in turn."""
    if request.param == "folder":
        yield request.getfixturevalue("folder_store")
        return
    memory = MemoryStore(TickingClock())
    yield memory
    memory.close()
