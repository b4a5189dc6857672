"""Stores for the contract tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.services.ports import Store
from engine.store.folder_store import FolderStore, open_store
from engine.store.layout import create_store
from engine.store.memory_store import MemoryStore
from tests.contract.values import AUDIT_KEY, TickingClock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new store on disk."""
    create_store(tmp_path / "store")
    return tmp_path / "store"


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
