"""A disk that cannot be written can be read: a full one, and one that is read-only."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from engine.audit import EventName
from engine.errors import StoreBusy, WriteFailed
from engine.files.exports import ExportFolder
from engine.files.system_calls import SystemCalls
from engine.ports import OrderQuery
from engine.store.folder.locks import Locks
from engine.store.folder.store import FolderStore, open_store
from engine.store.folder.upkeep.check import check_store
from tests.contract.values import AUDIT_KEY, ID, TickingClock, company, decide, draft, system, user

QUERY = OrderQuery()


class ReadOnly(SystemCalls):
    """A file system that is mounted read-only."""

    def open(self, path: str, flags: int, mode: int = 0o600) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR):
            raise self._refusal(path)
        return super().open(path, flags, mode)

    def rename(self, old: str, new: str) -> None:
        raise self._refusal(old)

    def unlink(self, path: str) -> None:
        if self.exists(path):
            raise self._refusal(path)
        super().unlink(path)

    def writable(self, path: str) -> bool:
        return False

    def statvfs(self, path: str) -> Any:
        told = super().statvfs(path)
        names = ("f_files", "f_favail", "f_bavail", "f_frsize")
        return SimpleNamespace(
            f_flag=told.f_flag | os.ST_RDONLY, **{name: getattr(told, name) for name in names}
        )

    def _refusal(self, path: str) -> OSError:
        return OSError(errno.EROFS, os.strerror(errno.EROFS), path)


class Full(SystemCalls):
    """A disk on which nothing more can be put."""

    def write(self, fd: int, data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture(params=[ReadOnly, Full])
def unwritable(folder: Path, request: pytest.FixtureRequest) -> FolderStore:
    store = open_store(folder, AUDIT_KEY, TickingClock())
    store.add_systems([system()])
    store.add_company(company())
    store.add_user(user())
    store.place(ID, "d1", decide("d1"))
    store.place(ID, "d2", decide("d2"))
    store.keep_draft("c1", "jsmith", draft("d3"))
    store.close()
    return open_store(folder, AUDIT_KEY, TickingClock(), lock_seconds=0.2, calls=request.param())


@pytest.mark.parametrize("indexed", [False, True])
def test_all_of_it_can_be_read(unwritable: FolderStore, *, indexed: bool) -> None:
    if indexed:
        writable = open_store(unwritable.folder.paths.root, AUDIT_KEY)
        writable.find_orders(QUERY, 1)
        writable.close()
    assert len(unwritable.companies()) == len(unwritable.users()) == 1
    assert [each.draft_id for each in unwritable.find_orders(QUERY, 9)] == ["d2", "d1"]
    assert len(unwritable.drafts("c1", "jsmith")) == 1
    assert len(list(unwritable.events())) == 2
    assert list(check_store(unwritable)) == []


CHANGES: dict[str, Callable[[FolderStore], object]] = {
    "place": lambda store: store.place(ID, "d4", decide("d4")),
    "record": lambda store: store.record(EventName.SIGN_IN, "c1/jsmith"),
    "keep-draft": lambda store: store.keep_draft("c1", "jsmith", draft("d4")),
    "change-user": lambda store: store.change_user("c1", "jsmith", lambda found: found),
    "add-systems": lambda store: store.add_systems([system("03FFFF0302B17")]),
    "export": lambda store: ExportFolder(
        f"{store.folder.paths.root}/export", store.folder.calls
    ).write("order.txt", "text"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_would_change_it_says_that_nothing_was(unwritable: FolderStore, change: str) -> None:
    with pytest.raises(WriteFailed):
        CHANGES[change](unwritable)
    assert list(check_store(open_store(unwritable.folder.paths.root, AUDIT_KEY))) == []


def test_who_reads_a_read_only_store_waits_for_who_writes_it_elsewhere(folder: Path) -> None:
    """The same folder may be mounted a second time."""
    path = str(folder / "locks")
    writer, reader = (Locks(calls, path, 0.05) for calls in (SystemCalls(), ReadOnly()))
    with writer.held(1, "journal"), pytest.raises(StoreBusy), reader.held(1, "journal"):
        pass
    with reader.held(1, "journal"), reader.held(1, "journal"):  # two readers
        pass
    with reader.held(1, "journal"), pytest.raises(StoreBusy), writer.held(1, "journal"):
        pass
