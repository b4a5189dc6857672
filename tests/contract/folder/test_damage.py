"""Damaged files are found, named and isolated; nothing damaged is ever taken for empty."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from tinydb import TinyDB

from engine.errors import DocumentDamaged, StoreTooNew, StoreTrouble
from engine.files.system_calls import SystemCalls
from engine.findings import Finding, FindingCode
from engine.licences.order import Order
from engine.licences.system import System
from engine.ports import OrderQuery
from engine.store.folder.documents import sealed
from engine.store.folder.journal import order_lines
from engine.store.folder.journal.order_lines import sequence_of
from engine.store.folder.store import FolderStore, open_store
from engine.store.folder.store_folder import History
from engine.store.folder.upkeep.check import check_store
from engine.store.rows import row_of
from tests.contract.values import AUDIT_KEY, ID, OTHER_ID, company, decide, draft, system, user


def document(store: FolderStore) -> Path:
    return Path(store.folder.paths.system(ID))


@pytest.fixture
def filled(folder_store: FolderStore) -> FolderStore:
    folder_store.add_systems([system(), system(OTHER_ID)])
    folder_store.place(ID, "d1", decide("d1"))
    folder_store.add_company(company())
    folder_store.add_user(user())
    return folder_store


def half_old(data: bytes) -> bytes:
    """The first half of this version and the second half of another one."""
    other = data.replace(b"John Smith", b"Jane Smith").replace(b"reference d1", b"reference d2")
    return data[: len(data) // 2] + other[len(other) // 2 :]


def resealed(data: bytes) -> bytes:
    """As somebody leaves it who knows how a document is sealed."""
    body = data.partition(b',"seal"')[0]
    seal = hashlib.sha256(body + b"}").hexdigest().encode()
    return body + b',"seal":{"1":{"sha256":"' + seal + b'"}}}\n'


DAMAGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda data: b"", "seal"),
    "cut by one byte": (lambda data: data[:-1], "seal"),
    "cut in half": (lambda data: data[: len(data) // 2], "seal"),
    "cut to nothing but the seal": (lambda data: data[-94:], "seal"),
    "zeros": (lambda data: bytes(len(data)), "seal"),
    "one bit": (lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:], "seal"),
    "half old": (half_old, "seal"),
    "more at its end": (lambda data: data + b"\n", "seal"),
    "an empty TinyDB": (lambda data: b"{}", "seal"),
    "sealed, but not UTF-8": (lambda data: resealed(data.replace(b"R5.1", b"R5.\xff")), "json"),
    "sealed, but brackets without end": (
        lambda data: resealed(data.replace(b'"R5.1"', b"[" * 50_000)),
        "json",
    ),
    "sealed, but no system": (lambda data: sealed({}), "shape"),
    "sealed, but another system": (lambda data: sealed({"system": {OTHER_ID: {}}}), "shape"),
    "sealed, but no rows": (lambda data: sealed({"system": {ID: 1}}), "shape"),  # type: ignore[dict-item]
    "sealed, but half a system": (lambda data: sealed({"system": {ID: {"sealed": 0}}}), "shape"),
}


@pytest.mark.parametrize(("damage", "reason"), DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_system_is_named_and_others_work(
    filled: FolderStore, damage: Callable[[bytes], bytes], reason: str
) -> None:
    path = document(filled)
    path.write_bytes(damage(path.read_bytes()))
    left = path.read_bytes()
    for attempt in (
        lambda: filled.system(ID),
        lambda: filled.place(ID, "d2", decide("d2")),
        lambda: list(filled.systems()),
    ):
        with pytest.raises(DocumentDamaged) as caught:
            attempt()
        assert (caught.value.path, caught.value.reason) == (str(path), reason)
    assert path.read_bytes() == left
    assert list(check_store(filled)) == [Finding(str(path), FindingCode(f"damaged-{reason}"))]
    filled.place(OTHER_ID, "d3", decide("d3"))
    assert [each.draft_id for each in filled.find_orders(OrderQuery(), 5)] == ["d3"]


@pytest.mark.parametrize("kind", ["pipe", "link", "giant"])
def test_what_is_no_document_is_damage_and_waited_for_by_nobody(
    filled: FolderStore, tmp_path: Path, kind: str
) -> None:
    path = document(filled)
    if kind == "giant":
        with path.open("wb") as file:
            file.truncate(1 << 40)
    else:
        path.rename(tmp_path / "kept")
        os.mkfifo(path) if kind == "pipe" else path.symlink_to(tmp_path / "kept")
    with pytest.raises(DocumentDamaged) as caught:
        filled.system(ID)
    reason = "size" if kind == "giant" else "kind"
    assert (caught.value.path, caught.value.reason) == (str(path), reason)
    with pytest.raises(DocumentDamaged):
        filled.place(ID, "d2", decide("d2"))
    assert list(check_store(filled)) == [Finding(str(path), FindingCode(f"damaged-{reason}"))]


@pytest.mark.parametrize("name", ["{}.tmp", "VERSION", "index.db", "journal/2026-01.jsonl"])
def test_a_pipe_anywhere_holds_nothing_up(filled: FolderStore, name: str) -> None:
    path = Path(filled.folder.paths.root) / name.format(filled.folder.paths.system(ID))
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    works: tuple[Callable[[FolderStore], object], ...] = (
        lambda store: store.place(ID, "d2", decide("d2")),
        lambda store: store.find_orders(OrderQuery(), 5),
        lambda store: list(store.events()),
        lambda store: list(check_store(store)),
    )
    for work in works:
        with suppress(StoreTrouble):
            work(open_store(filled.folder.paths.root, AUDIT_KEY, lock_seconds=1))
    path.unlink(missing_ok=True)


@pytest.mark.parametrize("version", [b"9" * 5000, b"1 2", b"", b"-1", "١".encode()])
def test_a_version_that_is_none(filled: FolderStore, version: bytes) -> None:
    Path(filled.folder.paths.version).write_bytes(version)
    with pytest.raises(DocumentDamaged):
        open_store(filled.folder.paths.root, AUDIT_KEY)


def test_a_date_without_a_zone_is_damage(filled: FolderStore) -> None:
    """It could not be compared with any other."""
    for path, name in (
        (filled.folder.paths.user("c1", "jsmith"), b"created_at"),
        (filled.folder.paths.system(ID), b"placed_at"),
    ):
        data = Path(path).read_bytes()
        field = data.index(b'"%s":' % name)
        end = data.index(b'Z"', field)
        Path(path).write_bytes(resealed(data[:end] + data[end + 1 :]))
    with pytest.raises(DocumentDamaged):
        filled.user("c1", "jsmith")
    with pytest.raises(DocumentDamaged):
        filled.system(ID)
    assert filled.find_orders(OrderQuery(), 5) == []
    assert {each.code for each in check_store(filled)} == {"damaged-shape"}


def test_a_document_under_another_name_is_damage(filled: FolderStore) -> None:
    other = Path(filled.folder.paths.system(OTHER_ID))
    other.write_bytes(document(filled).read_bytes())
    with pytest.raises(DocumentDamaged) as caught:
        filled.system(OTHER_ID)
    assert caught.value.path == str(other)


def test_a_document_that_cannot_be_read_is_damage(filled: FolderStore) -> None:
    path = document(filled)
    path.unlink()
    path.mkdir()
    try:
        with pytest.raises(DocumentDamaged) as caught:
            filled.system(ID)
    finally:
        path.rmdir()
    assert caught.value.reason == "kind"


def test_a_document_of_a_newer_portal_is_not_touched(filled: FolderStore) -> None:
    import hashlib

    path = document(filled)
    body = path.read_bytes().partition(b',"seal"')[0].replace(b'"schema":1', b'"schema":2') + b"}"
    seal = hashlib.sha256(body).hexdigest().encode()
    path.write_bytes(body[:-1] + b',"seal":{"1":{"sha256":"' + seal + b'"}}}\n')
    with pytest.raises(StoreTooNew) as caught:
        filled.place(ID, "d2", decide("d2"))
    assert (caught.value.path, caught.value.found) == (str(path), 2)
    assert [finding.code for finding in check_store(filled)] == ["too-new"]


@pytest.mark.parametrize("damage", [b"", b"{}"])
def test_a_damaged_account_is_never_no_account(filled: FolderStore, damage: bytes) -> None:
    filled.add_user(user("ann"))
    path = Path(filled.folder.paths.user("c1", "jsmith"))
    path.write_bytes(damage)
    for attempt in (
        filled.users,
        lambda: filled.user("c1", "jsmith"),
        lambda: filled.add_user(user()),
        lambda: filled.change_user("c1", "jsmith", lambda found: found),
    ):
        with pytest.raises(DocumentDamaged) as caught:
            attempt()
        assert caught.value.path == str(path)
    assert filled.user("c1", "ann") == user("ann")
    assert list(check_store(filled)) == [Finding(str(path), FindingCode.DAMAGED_SEAL)]


def test_an_account_under_anothers_name_is_damage(filled: FolderStore) -> None:
    """Whoever can write files cannot make his password another's by copying his document."""
    filled.add_user(user("ann"))
    path = Path(filled.folder.paths.user("c1", "ann"))
    path.write_bytes(Path(filled.folder.paths.user("c1", "jsmith")).read_bytes())
    with pytest.raises(DocumentDamaged) as caught:
        filled.user("c1", "ann")
    assert (caught.value.path, caught.value.reason) == (str(path), "shape")
    assert list(check_store(filled)) == [Finding(str(path), FindingCode.DAMAGED_SHAPE)]


@pytest.mark.parametrize("name", ["companies", "users"])
def test_a_missing_folder_of_accounts_is_damage(filled: FolderStore, name: str) -> None:
    path = Path(filled.folder.paths.root, name)
    away = path.rename(path.with_suffix(".away"))
    try:
        with pytest.raises(DocumentDamaged) as caught:
            filled.users()
        assert caught.value.path == str(path)
        assert Finding(str(path), FindingCode.DAMAGED_IO) in list(check_store(filled))
    finally:
        away.rename(path)


def test_damaged_drafts_are_none_and_can_be_replaced(filled: FolderStore) -> None:
    filled.keep_draft("c1", "jsmith", draft())
    (path,) = Path(filled.folder.paths.drafts).iterdir()
    path.write_bytes(path.read_bytes()[:-10])
    assert filled.drafts("c1", "jsmith") == []
    assert not filled.reads_drafts("c1", "jsmith")
    assert filled.reads_drafts("c1", "nobody")
    assert list(check_store(filled)) == [Finding(str(path), FindingCode.DAMAGED_SEAL)]
    filled.keep_draft("c1", "jsmith", draft("d2"))
    assert filled.drafts("c1", "jsmith") == [draft("d2")]
    assert filled.reads_drafts("c1", "jsmith")


def test_the_draft_of_an_earlier_release_is_read_and_goes_on(filled: FolderStore) -> None:
    filled.keep_draft("c1", "jsmith", draft())
    (path,) = Path(filled.folder.paths.drafts).iterdir()
    path.write_bytes(sealed({"drafts": {"draft": row_of(draft())}}))
    assert filled.drafts("c1", "jsmith") == [draft()]
    filled.keep_draft("c1", "jsmith", draft(reference="changed"))
    filled.keep_draft("c1", "jsmith", draft("d2"))
    assert filled.drafts("c1", "jsmith") == [draft(reference="changed"), draft("d2")]


def test_drafts_that_the_disk_does_not_let_be_read_are_not_written_over(folder: Path) -> None:
    open_store(folder, AUDIT_KEY).keep_draft("c1", "jsmith", draft())
    unreadable = open_store(folder, AUDIT_KEY, calls=ReadsNoDraft())
    with pytest.raises(DocumentDamaged):
        unreadable.keep_draft("c1", "jsmith", draft("d2"))
    with pytest.raises(DocumentDamaged):
        unreadable.drop_draft("c1", "jsmith", "d1")
    assert open_store(folder, AUDIT_KEY).drafts("c1", "jsmith") == [draft()]


class ReadsNoDraft(SystemCalls):
    """A disk that fails for a moment."""

    def read(self, path: str) -> bytes:
        if "/drafts/" in path:
            raise OSError(errno.EIO, "")
        return super().read(path)


@pytest.mark.parametrize("missing", [False, True])
def test_a_damaged_segment_is_named(filled: FolderStore, *, missing: bool) -> None:
    for number in range(2, History().most + 2):
        filled.place(ID, f"d{number}", decide(f"d{number}"))
    path = Path(filled.folder.paths.segment(ID, 1))
    if missing:
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1])
    now = filled.system(ID)
    assert now is not None
    with pytest.raises(DocumentDamaged) as caught:
        filled.older_orders(now)
    assert caught.value.path == str(path)
    with pytest.raises(DocumentDamaged):  # whether it was placed before cannot be known
        filled.place(ID, "new", decide("new"))
    code = FindingCode.DAMAGED_IO if missing else FindingCode.DAMAGED_SEAL
    assert list(check_store(filled)) == [Finding(str(path), code)]


def test_an_order_without_a_line_is_found(filled: FolderStore) -> None:
    """A document put there by hand, or a journal whose end was cut off."""
    for path in filled.folder.journal.files():
        Path(path).write_bytes(b"")
    assert list(check_store(filled)) == [Finding(f"{ID}-0001", FindingCode.NO_LINE)]


def test_an_order_that_is_erased_while_check_is_at_it_was_not_changed(
    filled: FolderStore,
) -> None:
    """The lines are read first: of the system that is read later they know nothing of that."""
    filled.place(OTHER_ID, "e1", decide("e1"))

    def erase(has: System, orders: Sequence[Order]) -> list[Finding]:
        other = OTHER_ID if has.equipment_id == ID else ID
        filled.erase_personal(other, [f"{other}-0001"], "desk")
        return []

    assert list(check_store(filled, erase)) == []


def test_check_looks_for_the_line_of_each_order_once(
    filled: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system with 10,000 orders has 10,000 lines: each order against each line took minutes."""
    for number in range(2, 101):
        filled.place(ID, f"d{number}", decide(f"d{number}"))
    looked_for: list[str] = []

    def counted(placed: Order) -> int:
        looked_for.append(placed.number)
        return sequence_of(placed)

    monkeypatch.setattr(order_lines, "sequence_of", counted)
    assert list(check_store(filled)) == []
    assert sorted(looked_for) == [f"{ID}-{n:04d}" for n in range(1, 101)]


def test_what_looks_at_systems_is_part_of_the_check(filled: FolderStore) -> None:
    told: list[int] = []
    seen: dict[str, int] = {}

    def look(has: System, orders: Sequence[Order]) -> list[Finding]:
        seen[has.equipment_id] = len(orders)
        return [Finding(ID, FindingCode.INVENTORY)] if has.equipment_id == ID else []

    assert list(check_store(filled, look, told.append)) == [Finding(ID, FindingCode.INVENTORY)]
    assert seen == {ID: 1, OTHER_ID: 0}
    assert told[-1] == 2


def test_documents_are_plain_tinydb_json(filled: FolderStore) -> None:
    before = document(filled).read_bytes()
    with TinyDB(document(filled), access_mode="r") as database:
        assert database.tables() == {"format", "system", "orders", "seal"}
    assert b'"draft_id":"d1"' in before
    assert document(filled).read_bytes() == before
