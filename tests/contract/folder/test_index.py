"""The index: derived, followed, never believed."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from shutil import copytree

import pytest

from engine.audit import EventName
from engine.errors import WriteFailed
from engine.files.system_calls import SystemCalls
from engine.ports import OrderQuery
from engine.store.folder.journal.journal import Entry
from engine.store.folder.store import FolderStore, open_store
from engine.store.folder.upkeep.check import check_store
from tests.contract.values import AUDIT_KEY, ID, OTHER_ID, decide, order, system


@pytest.fixture
def filled(folder_store: FolderStore) -> FolderStore:
    folder_store.add_systems([system(), system(OTHER_ID)])
    for number in range(3):
        folder_store.place(ID, f"d{number}", decide(f"d{number}"))
    assert found(folder_store) == ["d2", "d1", "d0"]
    return folder_store


def found(store: FolderStore, reference: str | None = None) -> list[str]:
    return [each.draft_id for each in store.find_orders(OrderQuery(reference=reference), 100)]


def index(store: FolderStore) -> Path:
    return Path(store.folder.paths.index)


def count(store: FolderStore, table: str) -> int:
    with sqlite3.connect(index(store)) as database:
        rows = database.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - named here
    database.close()
    return len(rows)


def test_a_deleted_index_is_made_anew(filled: FolderStore) -> None:
    index(filled).unlink()
    assert found(filled) == ["d2", "d1", "d0"]
    assert index(filled).exists()


@pytest.mark.parametrize("damage", [b"", b"not a database at all, but long enough to be read"])
def test_a_broken_index_is_made_anew(filled: FolderStore, damage: bytes) -> None:
    filled.close()
    index(filled).write_bytes(damage)
    assert found(filled) == ["d2", "d1", "d0"]


def test_an_index_garbled_in_its_middle_is_made_anew(filled: FolderStore) -> None:
    filled.close()
    data = index(filled).read_bytes()
    index(filled).write_bytes(data[:200] + b"\xff" * (len(data) - 200))
    assert found(filled) == ["d2", "d1", "d0"]


def test_tables_that_are_missing_are_made_anew(filled: FolderStore) -> None:
    with sqlite3.connect(index(filled)) as database:
        database.execute("DROP TABLE keycodes")
    database.close()
    assert len(filled.find_orders(OrderQuery(keycode="4422AD400001"), 5)) == 1


def test_a_left_rollback_journal_of_a_deleted_index_does_no_harm(filled: FolderStore) -> None:
    filled.close()
    index(filled).rename(f"{index(filled)}-journal")
    assert found(filled) == ["d2", "d1", "d0"]


def test_two_processes_follow_each_other(filled: FolderStore, folder: Path) -> None:
    other = open_store(folder, AUDIT_KEY)
    other.place(OTHER_ID, "e0", decide("e0"))
    assert found(filled, "reference e0") == ["e0"]
    filled.place(OTHER_ID, "e1", decide("e1"))
    assert found(other, "reference e1") == ["e1"]
    index(filled).unlink()
    other.place(OTHER_ID, "e2", decide("e2"))
    assert found(other, "reference e2") == found(filled, "reference e2") == ["e2"]
    other.close()


def test_a_cut_journal_is_noticed(filled: FolderStore) -> None:
    path = Path(filled.folder.journal.files()[0])
    lines = path.read_bytes().split(b"\n\n")
    path.write_bytes(b"\n\n".join(lines[:-1]) + b"\n")
    # What was cut off is known no more; what is left is read again, not from the middle.
    filled.place(OTHER_ID, "e0", decide("e0"))
    assert set(found(filled)) == {"d0", "d1", "e0"}
    assert count(filled, "orders") == 3


def test_a_line_without_its_order_finds_nothing(filled: FolderStore) -> None:
    """A crash after the journal and before the document leaves one."""
    phantom = order(system(), "phantom", number=f"{ID}-0004")
    details = {"equipment_id": ID, "number": phantom.number, "draft_id": "phantom"}
    filled.folder.journal.append([Entry(EventName.ORDER, "jsmith", details)])
    assert found(filled, "reference phantom") == []
    assert count(filled, "pending") == 1
    # The next order has the same number, and is found under its own name.
    filled.place(ID, "d3", decide("d3"))
    assert found(filled, "reference d3") == ["d3"]
    assert count(filled, "pending") == 0


def test_an_order_whose_document_comes_later_is_found_then(filled: FolderStore) -> None:
    seen: list[list[str]] = []

    class Peeking(SystemCalls):
        def rename(self, old: str, new: str) -> None:
            seen.append(found(filled, "reference late"))
            super().rename(old, new)

    slow = open_store(filled.folder.paths.root, AUDIT_KEY, calls=Peeking())
    slow.place(ID, "late", decide("late"))
    assert seen == [[]]
    assert found(filled, "reference late") == ["late"]


def test_a_refused_write_leaves_no_order_to_be_found(filled: FolderStore) -> None:
    class Full(SystemCalls):
        def rename(self, old: str, new: str) -> None:
            raise OSError(28, "full")

    full = open_store(filled.folder.paths.root, AUDIT_KEY, calls=Full())
    with pytest.raises(WriteFailed):
        full.place(ID, "lost", decide("lost"))
    assert found(filled, "reference lost") == []


def test_an_index_that_lies_is_not_believed(filled: FolderStore) -> None:
    with sqlite3.connect(index(filled)) as database:
        database.execute("UPDATE orders SET reference = 'another', company_id = 'c9'")
        database.execute(
            "INSERT INTO orders VALUES ('X-0001', 'X', 'c9', 0, 'another', '', 'order', '')"
        )
    database.close()
    assert filled.find_orders(OrderQuery(company_id="c9"), 5) == []
    assert found(filled, "another") == []


def test_a_damaged_document_does_not_keep_others_from_being_found(filled: FolderStore) -> None:
    filled.place(OTHER_ID, "e0", decide("e0"))
    Path(filled.folder.paths.system(ID)).write_bytes(b"{}")
    assert found(filled) == ["e0"]
    index(filled).unlink()
    assert found(filled) == ["e0"]


def test_orders_in_sealed_segments_are_found_by_a_new_index(folder_store: FolderStore) -> None:
    folder_store.add_systems([system()])
    for number in range(205):
        folder_store.place(ID, f"d{number}", decide(f"d{number}"))
    now = folder_store.system(ID)
    assert now is not None
    assert now.sealed == 1
    assert len(found(folder_store)) == 100
    assert found(folder_store, "reference d0") == ["d0"]


def test_without_a_place_for_an_index_the_documents_are_searched(
    filled: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.close()
    index(filled).unlink()

    def refuse(*arguments: object, **options: object) -> None:
        error = sqlite3.OperationalError("disk full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr("sqlite3.connect", refuse)
    assert found(filled) == ["d2", "d1", "d0"]
    assert found(filled, "reference d1") == ["d1"]


def test_an_index_that_an_earlier_version_folded_in_its_own_way_is_made_anew(
    folder_store: FolderStore,
) -> None:
    folder_store.add_systems([system()])
    folder_store.place(ID, "d0", decide("d0", reference="PO\u00a047", licensee="Télécom"))
    assert found(folder_store) == ["d0"]
    folder_store.close()
    with sqlite3.connect(index(folder_store)) as database:
        database.execute("UPDATE orders SET reference = 'po\u00a047', licensee = 'télécom'")
        database.execute("PRAGMA user_version = 2")
    database.close()
    assert found(folder_store, "po 47") == ["d0"]
    query = OrderQuery(licensee="telecom")
    assert [order.draft_id for order in folder_store.find_orders(query, 5)] == ["d0"]


WRONG_ROWS = {
    "a number for a file": "UPDATE position SET path = 7",
    "a file of somebody else": "UPDATE position SET path = '/etc/passwd'",
    "a device": "UPDATE position SET path = '/dev/zero', offset = 9",
    "a place before the file": "UPDATE position SET offset = -5",
    "a place far behind it": "UPDATE position SET offset = 9223372036854775807",
    "a text for a place": "UPDATE position SET offset = 'x'",
    "a text for a hash": "UPDATE position SET before = 'x'",
    "bytes for a system": "UPDATE orders SET equipment_id = x'ff'",
    "nothing awaited": "INSERT INTO pending VALUES (x'ff', x'ff', 0)",
    "another table": "DROP TABLE keycodes",
}


@pytest.mark.parametrize("wrong", WRONG_ROWS)
def test_whatever_is_wrong_in_the_index_it_is_made_anew(filled: FolderStore, wrong: str) -> None:
    filled.close()
    with sqlite3.connect(index(filled)) as database:
        database.execute(WRONG_ROWS[wrong])
    database.close()
    found_codes = {each.code for each in check_store(filled)}
    assert found_codes <= {"index-repaired", "journal-cut"}
    assert found(filled) == ["d2", "d1", "d0"]
    assert list(check_store(filled)) == []


def test_a_moved_store_has_lost_no_lines(filled: FolderStore, tmp_path: Path) -> None:
    """Its index names the journal where it was; that is no journal that was cut."""
    filled.close()
    copy = tmp_path / "copy"
    copytree(filled.folder.paths.root, copy)
    store = open_store(copy, AUDIT_KEY)
    assert not store.index.misses_lines()
    store.place(ID, "d3", decide("d3"))
    assert found(store) == ["d3", "d2", "d1", "d0"]
    assert [event.event for event in store.events()] == ["order"] * 4
    store.close()
