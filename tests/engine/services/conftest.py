"""A portal over each store, for the tests of the services."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.ports import Store
from engine.store.folder.store import open_store
from engine.store.memory.store import MemoryStore

# Found here by their names: a store's 4,096 folders are made once for all tests.
from tests.contract.conftest import folder, made_folder, new_folder  # noqa: F401
from tests.contract.values import AUDIT_KEY
from tests.engine.services.house import House
from tests.support.clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def memory(clock: Clock) -> Iterator[Store]:
    store = MemoryStore(clock)
    yield store
    store.close()


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, clock: Clock) -> Iterator[Store]:
    """Each adapter in turn."""
    if request.param == "memory":
        yield request.getfixturevalue("memory")
        return
    path: Path = request.getfixturevalue("folder")
    on_disk = open_store(path, AUDIT_KEY, clock)
    yield on_disk
    on_disk.close()


@pytest.fixture
def house(memory: Store, clock: Clock) -> Iterator[House]:
    """The portal in memory: for what no store has a part in."""
    house = House(memory, clock)
    yield house
    house.exports.close()


@pytest.fixture
def each_house(store: Store, clock: Clock) -> Iterator[House]:
    """The portal over each store."""
    house = House(store, clock)
    yield house
    house.exports.close()
