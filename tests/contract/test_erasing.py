"""Personal data can be taken out of orders; keycodes, seals and the audit log stay whole."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from engine.errors import WriteFailed
from engine.files.system_calls import Calls
from engine.licences.order import Address
from engine.ports import OrderQuery, Store
from engine.store.folder.journal.journal import Entry
from engine.store.folder.store import FolderStore, open_store
from engine.store.folder.systems import ORDERS_MOST
from engine.store.folder.upkeep.check import check_store
from engine.store.order_rules import ERASED, order_details
from tests.contract.values import AUDIT_KEY, BEGIN, ID, OTHER_ID, decide, order, system

NAME = b"Erica Mustermann"


def fill(store: Store, count: int = 3) -> None:
    store.add_systems([system()])
    for number in range(1, count + 1):
        licensee = NAME.decode() if number == 1 else "John Smith"
        store.place(ID, f"d{number}", decide(f"d{number}", licensee=licensee))


def named(store: Store, name: str) -> list[str]:
    return [each.number for each in store.find_orders(OrderQuery(licensee=name), 1000)]


def holding(folder: Path, text: bytes) -> list[str]:
    """The files under a folder that hold a text, in whatever case."""
    return [
        name
        for parent, _, names in os.walk(folder)
        for name in names
        if text.lower() in Path(parent, name).read_bytes().lower()
    ]


def test_erasing_takes_name_and_address_and_nothing_else(store: Store) -> None:
    fill(store)
    before = store.system(ID)
    assert before is not None
    assert store.erase_personal(ID, [f"{ID}-0001"], "unix:desk") == 1
    after = store.system(ID)
    assert after is not None
    assert (after.orders[0].licensee, after.orders[0].address) == ("", Address())
    assert after.orders[0] == before.orders[0].erased()
    assert after.orders[1:] == before.orders[1:]
    assert named(store, "Erica") == []
    assert len(named(store, "John")) == 2


def test_erasing_twice_is_once(store: Store) -> None:
    fill(store)
    numbers = [f"{ID}-0001", f"{ID}-0003", f"{ID}-0999"]
    assert store.erase_personal(ID, numbers, "desk") == 2
    assert store.erase_personal(ID, numbers, "desk") == 0
    assert store.erase_personal(OTHER_ID, numbers, "desk") == 0
    lines = [event for event in store.events() if event.event == ERASED]
    assert [line.details["number"] for line in lines] == [f"{ID}-0001", f"{ID}-0003"]


def test_the_audit_log_says_who_erased_what_without_the_name(store: Store) -> None:
    fill(store)
    store.erase_personal(ID, [f"{ID}-0001"], "unix:desk")
    (line,) = (event for event in store.events() if event.event == ERASED)
    assert line.who == "unix:desk"
    assert "Erica" not in str(line)


def test_orders_are_found_by_age_and_by_whether_they_are_erased(store: Store) -> None:
    fill(store)
    orders = store.find_orders(OrderQuery(since=BEGIN), 10)[::-1]
    old = OrderQuery(before=orders[1].placed_at, personal=True)
    assert store.find_orders(old, 10) == [orders[0]]
    store.erase_personal(ID, [orders[0].number], "desk")
    assert store.find_orders(old, 10) == []
    assert len(store.find_orders(OrderQuery(personal=True), 10)) == 2


def test_nothing_of_the_name_is_left_in_the_store(folder_store: FolderStore, folder: Path) -> None:
    fill(folder_store)
    assert len(named(folder_store, "Erica")) == 1
    assert sorted(holding(folder, NAME)) == [f"{ID}.json", "index.db"]
    folder_store.erase_personal(ID, [f"{ID}-0001"], "desk")
    assert named(folder_store, "Erica") == []
    assert holding(folder, NAME) == []
    assert list(check_store(folder_store)) == []


def test_segments_are_erased_too(folder_store: FolderStore, folder: Path) -> None:
    fill(folder_store, ORDERS_MOST + 2)
    assert holding(folder, NAME) == [f"{ID}.0001.json"]
    last = f"{ID}-{ORDERS_MOST + 1:04d}"
    assert folder_store.erase_personal(ID, [f"{ID}-0001", last], "desk") == 2
    assert holding(folder, NAME) == []
    assert list(check_store(folder_store)) == []


class FailsAtSecondRename(Calls):
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
    fill(folder_store, ORDERS_MOST + 2)
    numbers = [f"{ID}-0001", f"{ID}-{ORDERS_MOST + 1:04d}"]
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
    folder_store.room.journal.append([Entry(ERASED, "desk", order_details(first))])
    assert len(named(folder_store, "Erica")) == 1
    folder_store.erase_personal(ID, [first.number], "desk")
    assert named(folder_store, "Erica") == []


@pytest.mark.parametrize("missing", ["0000000000000", "03FFFF0400E55", "../../etc"])
def test_systems_that_are_not_there_have_nothing_to_erase(store: Store, missing: str) -> None:
    assert store.erase_personal(system().equipment_id, [missing], "desk") == 0
