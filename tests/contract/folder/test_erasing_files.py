"""What is erased is in no file any more, whatever cut it short."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from engine.audit import EventName
from engine.errors import WriteFailed
from engine.files.system_calls import SystemCalls
from engine.store.folder.journal.journal import Entry
from engine.store.folder.store import FolderStore, open_store
from engine.store.folder.store_folder import History
from engine.store.folder.upkeep.check import check_store
from engine.store.order_rules import order_details
from tests.contract.test_erasing import NAME, fill, named
from tests.contract.values import AUDIT_KEY, ID, order, system


def holding(folder: Path, text: bytes) -> list[str]:
    """The files under a folder that hold a text, in whatever case."""
    return [
        name
        for parent, _, names in os.walk(folder)
        for name in names
        if text.lower() in Path(parent, name).read_bytes().lower()
    ]


def test_nothing_of_the_name_is_left_in_the_store(folder_store: FolderStore, folder: Path) -> None:
    fill(folder_store)
    assert len(named(folder_store, "Erica")) == 1
    assert sorted(holding(folder, NAME)) == [f"{ID}.json", "index.db"]
    folder_store.erase_personal(ID, [f"{ID}-0001"], "desk")
    assert named(folder_store, "Erica") == []
    assert holding(folder, NAME) == []
    assert list(check_store(folder_store)) == []


def test_segments_are_erased_too(folder_store: FolderStore, folder: Path) -> None:
    fill(folder_store, History().most + 2)
    assert holding(folder, NAME) == [f"{ID}.0001.json"]
    last = f"{ID}-{History().most + 1:04d}"
    assert folder_store.erase_personal(ID, [f"{ID}-0001", last], "desk") == 2
    assert holding(folder, NAME) == []
    assert list(check_store(folder_store)) == []


class FailsAtSecondRename(SystemCalls):
    def __init__(self) -> None:
        self.count = 0

    def rename(self, old: str, new: str) -> None:
        self.count += 1
        if self.count == 2:
            raise OSError(errno.EIO, "EIO")
        super().rename(old, new)


def test_what_was_cut_short_between_two_documents_is_finished_by_asking_again(
    folder_store: FolderStore, folder: Path
) -> None:
    fill(folder_store, History().most + 2)
    numbers = [f"{ID}-0001", f"{ID}-{History().most + 1:04d}"]
    failing = open_store(folder, AUDIT_KEY, calls=FailsAtSecondRename())
    with pytest.raises(WriteFailed):
        failing.erase_personal(ID, numbers, "desk")
    left = folder_store.numbered_orders(ID, numbers)
    assert [left[number].is_personal for number in numbers] == [False, True]
    assert folder_store.erase_personal(ID, numbers, "desk") == 1
    left = folder_store.numbered_orders(ID, numbers)
    assert [left[number].is_personal for number in numbers] == [False, False]
    assert list(check_store(folder_store)) == []


def test_the_index_waits_for_a_document_that_is_not_erased_yet(folder_store: FolderStore) -> None:
    """Another process may look between the line and the document."""
    fill(folder_store)
    assert len(named(folder_store, "Erica")) == 1
    first = order(system(), "d1")
    folder_store.folder.journal.append([Entry(EventName.ERASE, "desk", order_details(first))])
    assert len(named(folder_store, "Erica")) == 1
    folder_store.erase_personal(ID, [first.number], "desk")
    assert named(folder_store, "Erica") == []
