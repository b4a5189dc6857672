"""A store that has only the folders and the orders its tests need, and can be put back as it was.

Fault sweeps and the power-loss model open thousands of states of a store; 4,096 folders in each
would only cost time.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from engine.files.system_calls import SystemCalls
from engine.papers.paper import PaperQuery
from engine.ports import OrderQuery
from engine.store.folder.creation import create_store
from engine.store.folder.store import FolderStore, open_store
from engine.store.folder.store_folder import History
from engine.store.folder.upkeep.check import check_store
from tests.contract.values import AUDIT_KEY, BEGIN, ID, OTHER_ID, TickingClock
from tests.support.few_folders import only_folders_of

ORDERS_MOST, ORDERS_KEPT = 6, 2
THIRD_ID = "03FFFF0400E55"
IDS = (ID, OTHER_ID, THIRD_ID)


class State(NamedTuple):
    """All that a store answers."""

    systems: list[Any]
    older: list[Any]
    companies: list[Any]
    users: list[Any]
    ssh_keys: list[Any]
    papers: list[Any]
    draft: Any
    found: list[Any]
    withdrawn: frozenset[int]
    catalogue: list[Any]


class SmallStore:
    """A store in a folder, its files as they were at `keep`, and ways to go back there."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        only_folders_of(monkeypatch, IDS)
        create_store(folder)
        for name in ("catalogue", "ssh-keys", "open-papers", "closed-papers"):
            (folder / name).mkdir()
        self.folder = folder
        self._folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
        self._kept: dict[str, bytes] = {}

    def open(self, calls: SystemCalls | None = None) -> FolderStore:
        store = open_store(self.folder, AUDIT_KEY, TickingClock(), lock_seconds=1, calls=calls)
        store.folder.history = History(ORDERS_MOST, ORDERS_KEPT)
        return store

    def files(self) -> dict[str, bytes]:
        return {
            str(path): path.read_bytes()
            for folder in self._folders
            if folder.is_dir()
            for path in folder.iterdir()
            if path.is_file()
        }

    def keep(self) -> None:
        self._kept = self.files()

    def go_back(self) -> None:
        self.put(self._kept)

    def put(self, files: Mapping[str, bytes]) -> None:
        """Make the folder hold exactly these files."""
        now = self.files()
        for gone in now.keys() - files.keys():
            Path(gone).unlink()
        for folder in ("companies", "users"):  # layout 1 has them only while it is changed to 2
            path = self.folder / folder
            if any(each.startswith(f"{path}/") for each in files) or not is_former(files):
                path.mkdir(exist_ok=True)
            elif path.is_dir():
                path.rmdir()
        for name, data in files.items():
            if now.get(name) != data:
                Path(name).write_bytes(data)

    def state(self) -> State:
        """What the store answers after it was opened anew; fails when anything is damaged."""
        store = self.open()
        systems = list(store.systems())
        state = State(
            systems,
            [store.older_orders(each) for each in systems],
            store.companies(),
            store.users(),
            store.ssh_keys(),
            store.papers(PaperQuery(), 100),
            store.drafts("c1", "jsmith"),
            store.find_orders(OrderQuery(since=BEGIN), 1000),
            store.withdrawn_keys(),
            [version[:3] for version in store.catalogue_versions()],
        )
        assert all(finding.code == "line-alone" for finding in check_store(store))
        store.close()
        return state


def is_former(files: Mapping[str, bytes]) -> bool:
    """Whether these are the files of a store of layout 1."""
    return b"1\n" in (data for path, data in files.items() if path.endswith("/VERSION"))
