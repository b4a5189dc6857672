"""Backups: made while orders are placed, restored elsewhere, refused when they are none."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import multiprocessing
import os
import resource
import shutil
import tarfile
import threading
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from engine.audit import EventName
from engine.errors import (
    BackupWrong,
    FileUnreadable,
    KeysMissing,
    StoreMissing,
    StoreNotEmpty,
    WriteFailed,
)
from engine.files.regular_files import check_new_file
from engine.files.system_calls import SystemCalls
from engine.findings import Finding, FindingCode
from engine.inventory import Inventory
from engine.keys.folder import KeysFolder
from engine.keys.making import create_keys
from engine.licences.order import Address, Order, OrderKind
from engine.licences.system import EquipmentId, System
from engine.papers.paper import OPEN_STATES, PaperQuery, PaperState
from engine.store.folder.creation import create_store
from engine.store.folder.paths import LAYOUT_VERSION, Paths
from engine.store.folder.store import FolderStore, open_store
from engine.store.folder.store_folder import History
from engine.store.folder.upkeep import backup_reading
from engine.store.folder.upkeep.backup import make_backup
from engine.store.folder.upkeep.backup_file import AGAIN, BackupWriter, Manifest
from engine.store.folder.upkeep.backup_reading import BackupFile
from engine.store.folder.upkeep.check import check_store
from engine.store.folder.upkeep.restore import restore_store
from engine.store.folder.upkeep.restore_damaged import restore_damaged
from engine.store.folder.upkeep.rotate_key import prepare, rotate
from engine.upkeep import Restored
from tests.contract.values import (
    BEGIN,
    ID,
    OTHER_ID,
    TickingClock,
    add_paper,
    company,
    decide,
    draft,
    in_state,
    order,
    system,
    user,
)
from tests.support.few_folders import only_folders_of

IDS = (ID, OTHER_ID, *(f"03FFFF04000{number:02X}" for number in range(6)))

FIRST, SECOND = "R-2026-000001", "R-2026-000002"


class Site:
    """A machine with a store and its keys."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / "store"
        self.keys = folder / "keys"

    def open(self) -> FolderStore:
        return self.open_with(SystemCalls())

    def open_with(self, calls: SystemCalls) -> FolderStore:
        key = KeysFolder(self.keys).audit_key()
        store = open_store(self.store, key, TickingClock(), lock_seconds=20, calls=calls)
        store.folder.history = History(most=6, kept=2)
        return store

    def restore(self, source: Path) -> Restored:
        return restore_store(str(self.store), self.keys, source)

    def repair(self, source: Path) -> Restored:
        with_store = self.open()
        try:
            return restore_damaged(with_store, KeysFolder(self.keys), source, "unix:desk")
        finally:
            with_store.close()

    def back_up(self, name: str = "backup.tar.gz", *, with_keys: bool = False) -> Path:
        target = self.folder / name
        store = self.open()
        make_backup(store, KeysFolder(self.keys), target, with_keys=with_keys)
        store.close()
        return target

    def findings(self) -> list[Finding]:
        store = self.open()
        found = list(check_store(store))
        store.close()
        return found


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """With few folders of systems: 4,096 would only cost time."""
    only_folders_of(monkeypatch, IDS)
    site = Site(tmp_path / "here")
    site.folder.mkdir()
    create_keys(site.keys)
    create_store(site.store)
    store = site.open()
    store.add_company(company())
    store.add_user(user())
    store.add_systems([system(each) for each in IDS])
    for number in range(8):
        store.place(ID, f"d{number}", decide(f"d{number}"))
    store.place(OTHER_ID, "e1", decide("e1"))
    store.keep_draft("c1", "jsmith", draft())
    add_paper(store)
    store.change_paper(add_paper(store).number, in_state(PaperState.DONE))
    store.close()
    return site


@pytest.fixture
def elsewhere(site: Site, tmp_path: Path) -> Site:
    """A fresh machine that has got the keys."""
    there = Site(tmp_path / "there")
    there.folder.mkdir()
    shutil.copytree(site.keys, there.keys)
    return there


def state(site: Site) -> list[object]:
    store = site.open()
    found: list[object] = [
        *((each, store.older_orders(each)) for each in store.systems()),
        store.companies(),
        store.users(),
        store.drafts("c1", "jsmith"),
        store.papers(PaperQuery(), 10),
        list(store.events()),
    ]
    store.close()
    return found


def test_a_restored_store_is_the_same_and_goes_on(site: Site, elsewhere: Site) -> None:
    backup = site.back_up()
    restored = elsewhere.restore(backup)
    assert restored.systems == len(IDS)
    assert state(elsewhere) == state(site)
    assert elsewhere.findings() == []
    store = elsewhere.open()
    placed = store.place(ID, "after", decide("after"))
    assert placed.order.number == f"{ID}-0009"
    store.close()
    assert elsewhere.findings() == []


def test_a_backup_is_its_owners_alone_and_over_nothing(site: Site) -> None:
    backup = site.back_up()
    assert backup.stat().st_mode & 0o777 == 0o600
    before = backup.read_bytes()
    with pytest.raises(WriteFailed) as caught:
        check_new_file(backup)
    assert caught.value.reason == "EEXIST"
    with pytest.raises(WriteFailed):
        site.back_up()
    with pytest.raises(WriteFailed):
        check_new_file(site.folder / "nowhere" / "backup")
    assert backup.read_bytes() == before
    assert sorted(path.name for path in site.folder.iterdir()) == ["backup.tar.gz", "keys", "store"]


def test_a_full_disk_leaves_no_half_backup(site: Site) -> None:
    store, before = site.open(), resource.getrlimit(resource.RLIMIT_FSIZE)
    target = site.folder / "backup.tar.gz"
    for limit in (0, 10, 1000, 2000):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
        try:
            with pytest.raises(WriteFailed) as caught:
                make_backup(store, KeysFolder(site.keys), target)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert (caught.value.path, caught.value.reason) == (str(target), "EFBIG")
        assert sorted(path.name for path in site.folder.iterdir()) == ["keys", "store"]
    store.close()


def test_keys_are_in_a_backup_only_when_asked_for(site: Site, tmp_path: Path) -> None:
    fresh = Site(tmp_path / "fresh")
    with pytest.raises(KeysMissing):
        fresh.restore(site.back_up())
    assert not fresh.store.exists()
    backup = site.back_up("with-keys.tar.gz", with_keys=True)
    fresh.restore(backup)
    for key in site.keys.iterdir():
        assert (fresh.keys / key.name).read_bytes() == key.read_bytes()
        assert (fresh.keys / key.name).stat().st_mode & 0o777 == 0o400
    assert state(fresh) == state(site)


def test_a_store_that_is_there_is_never_restored_over(site: Site) -> None:
    backup, before = site.back_up(), state(site)
    with pytest.raises(StoreNotEmpty):
        site.restore(backup)
    assert state(site) == before


def test_a_damaged_document_is_left_out_and_named(site: Site, elsewhere: Site) -> None:
    path = Path(Paths(site.store).system(ID))
    path.write_bytes(path.read_bytes()[:-1])
    store = site.open()
    made = make_backup(store, KeysFolder(site.keys), site.folder / "b")
    store.close()
    assert made.left_out == [Finding(str(path), FindingCode.DAMAGED_SEAL)]
    elsewhere.restore(site.folder / "b")
    (missing,) = elsewhere.findings()
    assert missing == Finding(Paths(elsewhere.store).system(ID), FindingCode.DOCUMENT_MISSING)


def test_a_damaged_request_is_named_and_put_back(site: Site) -> None:
    backup, paths = site.back_up(), Paths(site.store)
    for path in map(Path, (paths.open_paper(FIRST), paths.closed_paper(SECOND))):
        whole = path.read_bytes()
        path.write_bytes(whole[:-1])
        assert site.findings() == [Finding(str(path), FindingCode.DAMAGED_SEAL)]
        site.repair(backup)
        assert path.read_bytes() == whole
        path.unlink()  # none is ever removed: whoever did that was not the portal
        site.repair(backup)
        assert path.read_bytes() == whole
    assert site.findings() == []


def test_a_request_that_was_decided_since_is_not_opened_again(site: Site) -> None:
    backup = site.back_up()
    store = site.open()
    store.change_paper(FIRST, in_state(PaperState.REFUSED))
    after = store.papers(PaperQuery(), 10)
    store.close()
    site.repair(backup)
    store = site.open()
    assert store.papers(PaperQuery(), 10) == after
    assert store.papers(PaperQuery(states=OPEN_STATES), 10) == []
    store.close()


# What is no backup of this installation


def members(backup: Path) -> dict[str, bytes]:
    with tarfile.open(backup) as tar:
        return {info.name: file.read() for info in tar if (file := tar.extractfile(info))}


def packed(target: Path, content: dict[str, bytes]) -> Path:
    with tarfile.open(target, "w:gz") as tar:
        for name, data in content.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return target


def with_right_sums(content: dict[str, bytes]) -> dict[str, bytes]:
    """As somebody would who knows the format and has no key."""
    manifest = json.loads(content["manifest.json"])
    others = {name: data for name, data in content.items() if name != "manifest.json"}
    manifest["members"] = {n: hashlib.sha256(data).hexdigest() for n, data in others.items()}
    return others | {"manifest.json": json.dumps(manifest).encode()}


def changed_order(content: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data.replace(b"John Smith", b"Jane Smith") for name, data in content.items()}


WRONG: dict[str, tuple[Callable[[dict[str, bytes]], dict[str, bytes]], str]] = {
    "a document was changed": (changed_order, "changed"),
    "… and its sum": (lambda c: with_right_sums(changed_order(c)), "other-keys"),
    "a member is missing": (lambda c: {n: d for n, d in c.items() if n != AGAIN}, "changed"),
    "the manifest is missing": (lambda c: {n: d for n, d in c.items() if n[0] != "m"}, "cut"),
    "something else is in it": (lambda c: {"etc/passwd": b""} | c, "strange"),
    "it leads elsewhere": (lambda c: with_right_sums({"systems/../../x": b""} | c), "strange"),
    "nothing is in it": (lambda c: {}, "none"),
    "something follows": (lambda c: c | {"systems/000.jsonl ": b""}, "strange"),
}


@pytest.mark.parametrize(("change", "reason"), WRONG.values(), ids=WRONG)
def test_a_backup_that_was_tampered_with_is_refused(
    site: Site, elsewhere: Site, change: Callable[[dict[str, bytes]], dict[str, bytes]], reason: str
) -> None:
    wrong = packed(site.folder / "wrong", change(members(site.back_up())))
    for attempt in (elsewhere.restore, site.repair):
        with pytest.raises(BackupWrong) as caught:
            attempt(wrong)
        assert (caught.value.path, caught.value.reason) == (str(wrong), reason)
    assert not elsewhere.store.exists()


def test_a_backup_of_another_installation_is_refused(site: Site, tmp_path: Path) -> None:
    other = Site(tmp_path / "other")
    other.folder.mkdir()
    create_keys(other.keys)
    with pytest.raises(BackupWrong) as caught:
        other.restore(site.back_up())
    assert caught.value.reason == "other-keys"
    assert not other.store.exists()


def test_a_link_in_a_backup_is_refused(site: Site, elsewhere: Site) -> None:
    wrong = site.folder / "wrong"
    with tarfile.open(wrong, "w:gz") as tar:
        info = tarfile.TarInfo("accounts.json")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(info)
    with pytest.raises(BackupWrong) as caught:
        elsewhere.restore(wrong)
    assert caught.value.reason == "strange"


def hostile(target: Path, *headings: tarfile.TarInfo, data: bytes = b"") -> Path:
    """A tar with these headings as they are, and what follows the last."""
    with gzip.open(target, "wb") as file:
        for info in headings:
            file.write(info.tobuf(tarfile.GNU_FORMAT, "utf-8", "strict"))
        file.write(data)
    return target


def heading(name: str, kind: bytes, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.size = kind, size
    return info


HOSTILE: dict[str, Callable[[Path], Path]] = {
    "a hole": lambda path: hostile(path, heading("accounts.json", tarfile.GNUTYPE_SPARSE, 10**15)),
    "a long heading": lambda path: hostile(
        path, heading("x", tarfile.XHDTYPE, 10**12), data=bytes(1 << 20)
    ),
    "a long name": lambda path: hostile(
        path, heading("x", tarfile.GNUTYPE_LONGNAME, 10**12), data=bytes(1 << 20)
    ),
    "a device": lambda path: hostile(path, heading("accounts.json", tarfile.CHRTYPE, 0)),
    "a folder": lambda path: hostile(path, heading("drafts", tarfile.DIRTYPE, 0)),
    "more than its file can hold": lambda path: hostile(
        path, heading("accounts.json", tarfile.REGTYPE, 10**15)
    ),
    "what grows when it is unpacked": lambda path: hostile(
        path, heading("systems/000.jsonl", tarfile.REGTYPE, 200 << 20), data=bytes(200 << 20)
    ),
    "names without end": lambda path: hostile(
        path, *(heading(f"drafts/{n:064x}.json", tarfile.REGTYPE, 0) for n in range(20_000))
    ),
    "a manifest without end": lambda path: hostile(
        path, heading("manifest.json", tarfile.REGTYPE, 60 << 20), data=bytes(60 << 20)
    ),
}


@pytest.mark.parametrize("made", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_backup_is_refused_before_it_is_read_to_its_end(
    site: Site, elsewhere: Site, made: Callable[[Path], Path]
) -> None:
    wrong = made(site.folder / "wrong")
    tracemalloc.start()
    try:
        for attempt in (elsewhere.restore, site.repair):
            with pytest.raises(BackupWrong) as caught:
                attempt(wrong)
            assert caught.value.reason == "strange"
        assert tracemalloc.get_traced_memory()[1] < 32 << 20
    finally:
        tracemalloc.stop()
    assert not elsewhere.store.exists()


def test_a_pipe_is_no_backup_and_is_not_waited_for(site: Site, elsewhere: Site) -> None:
    os.mkfifo(site.folder / "pipe")
    with pytest.raises(FileUnreadable):
        elsewhere.restore(site.folder / "pipe")


def test_a_backup_of_many_unfinished_orders_can_be_read(site: Site) -> None:
    """Each is a member of its own, with a line in the manifest."""
    written = site.folder / "many"
    key = KeysFolder(site.keys).audit_key()
    with written.open("wb") as file:
        writer = BackupWriter(file)
        for number in range(30_000):
            name = hashlib.sha256(b"%d" % number).hexdigest()
            writer.add(f"drafts/{name}.json", name[:40].encode())
        made = writer.finish(
            Manifest(layout=LAYOUT_VERSION, made_at=BEGIN, systems=0, with_keys=False), key
        )
    assert BackupFile(str(written)).manifest() == made


def test_a_backup_that_cannot_be_read_back_is_not_called_done(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_reading, "_MANIFEST_A_MEMBER", 1)
    monkeypatch.setattr(backup_reading, "_MANIFEST_LEAST", 1)
    with pytest.raises(WriteFailed) as caught:
        site.back_up()
    assert caught.value.reason == "unlike"
    assert sorted(path.name for path in site.folder.iterdir()) == ["keys", "store"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("signing-01.key", b"no key"),
        ("pepper.key", b""),
        ("audit.key", b"0" * 63),
        ("signing-01.key", None),
        ("signing-17.key", b"00" * 32),
    ],
)
def test_a_bad_key_in_a_backup_is_found_before_there_is_a_store(
    site: Site, tmp_path: Path, name: str, text: bytes | None
) -> None:
    content = members(site.back_up(with_keys=True))
    del content["manifest.json"]
    content.pop(f"keys/{name}", None)
    if text is not None:
        content[f"keys/{name}"] = text
    bad, fresh = site.folder / "bad", Site(tmp_path / "fresh")
    with bad.open("wb") as file:
        writer = BackupWriter(file)
        for member, data in content.items():
            writer.add(member, data)
        manifest = Manifest(layout=LAYOUT_VERSION, made_at=BEGIN, systems=1, with_keys=True)
        writer.finish(manifest, KeysFolder(site.keys).audit_key())
    with pytest.raises(BackupWrong) as caught:
        fresh.restore(bad)
    assert caught.value.reason == "damaged"
    assert not fresh.folder.exists()


def test_a_restored_store_knows_the_newest_key(site: Site, elsewhere: Site) -> None:
    """Else the next rotation would take a key that signs already for one that it made."""
    backup = site.back_up()
    store = site.open()
    assert rotate(store, site.keys, "unix:desk") == 2
    store.close()
    shutil.rmtree(elsewhere.keys)
    shutil.copytree(site.keys, elsewhere.keys)
    elsewhere.restore(backup)
    store = elsewhere.open()
    assert rotate(store, elsewhere.keys, "unix:desk") == 3
    store.close()


@pytest.mark.parametrize(
    ("with_keys", "withdrawn", "signs"),
    [(True, False, 1), (True, True, 1), (False, False, 2), (False, True, 1)],
)
def test_which_key_signs_in_a_restored_store_when_one_was_prepared(
    site: Site, elsewhere: Site, *, with_keys: bool, withdrawn: bool, signs: int
) -> None:
    """As at the time of the backup, if its keys come with it; with keys that are there, which may
    have been rotated since, the last one that was not withdrawn."""
    store = site.open()
    assert prepare(store, site.keys, "unix:desk") == 2
    if withdrawn:
        store.withdraw_key(2, "unix:desk")
    store.close()
    shutil.rmtree(elsewhere.keys)
    if not with_keys:
        shutil.copytree(site.keys, elsewhere.keys)
    elsewhere.restore(site.back_up(with_keys=with_keys))
    store = elsewhere.open()
    assert KeysFolder(elsewhere.keys).signing(store.signing_key()).signs == signs
    assert rotate(store, elsewhere.keys, "unix:desk") == (
        2 if (signs, withdrawn) == (1, False) else 3
    )
    store.close()


def garbled(data: bytes) -> Iterator[bytes]:
    for place in range(0, len(data), max(len(data) // 40, 1)):
        yield data[:place]
        yield data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :]


def test_a_garbled_or_cut_backup_is_refused_or_holds_the_same(site: Site, elsewhere: Site) -> None:
    data = site.back_up().read_bytes()
    wrong = site.folder / "wrong"
    refused = 0
    for bad in garbled(data):
        wrong.write_bytes(bad)
        try:
            elsewhere.restore(wrong)
        except BackupWrong:
            refused += 1
            assert not elsewhere.store.exists()
        else:  # a byte of the heading that means nothing, such as the time
            assert state(elsewhere) == state(site)
            shutil.rmtree(elsewhere.store)
    assert refused > 70


def test_a_restore_that_was_cut_short_leaves_no_store_and_can_be_repeated(
    site: Site, elsewhere: Site
) -> None:
    good, bad = site.back_up(), site.folder / "bad"
    content = members(good)
    del content["manifest.json"]
    last = max(name for name in content if name.startswith("systems/") and name != AGAIN)
    with bad.open("wb") as file:  # as if the program ended in its midst
        writer = BackupWriter(file)
        for name, data in content.items():
            writer.add(name, data + b"no document\n" if name == last else data)
        manifest = Manifest(layout=LAYOUT_VERSION, made_at=BEGIN, systems=1, with_keys=False)
        writer.finish(manifest, KeysFolder(site.keys).audit_key())
    with pytest.raises(BackupWrong) as caught:
        elsewhere.restore(bad)
    assert caught.value.reason == "damaged"
    assert list(elsewhere.store.rglob("*.json"))
    with pytest.raises(StoreMissing):
        elsewhere.open()
    with pytest.raises(StoreNotEmpty):  # `init` would make an empty store with old documents
        create_store(elsewhere.store)
    elsewhere.restore(good)
    assert state(elsewhere) == state(site)
    assert elsewhere.findings() == []


# While the portal is in use


def place_until(site: Site, process: int, confirmed: Path, stop: Path) -> None:
    store = site.open()
    with confirmed.open("a") as said:
        number = 0
        while not stop.exists():
            number += 1
            of, draft_id = IDS[(process + number) % len(IDS)], f"p{process}-{number}"
            store.place(system(of).equipment_id, draft_id, decide(draft_id))
            said.write(f"{of} {draft_id}\n")
            said.flush()


def test_every_order_confirmed_before_is_in_a_backup_made_meanwhile(
    site: Site, tmp_path: Path
) -> None:
    start = multiprocessing.get_context("fork")
    stop, lists = tmp_path / "stop", [tmp_path / f"confirmed-{number}" for number in range(4)]
    processes = [
        start.Process(target=place_until, args=(site, number, path, stop))
        for number, path in enumerate(lists)
    ]
    for process in processes:
        process.start()
    backups: list[tuple[Path, list[str]]] = []
    try:
        while len(backups) < 4:
            begun = [line for path in lists if path.exists() for line in _lines(path)]
            if len(begun) >= 20 * (len(backups) + 1):
                backups.append((site.back_up(f"backup-{len(backups)}"), begun))
    finally:
        stop.touch()
        for process in processes:
            process.join(60)
    assert [process.exitcode for process in processes] == [0] * 4
    assert site.findings() == []
    for number, (backup, confirmed) in enumerate(backups):
        there = Site(tmp_path / f"there-{number}")
        there.folder.mkdir()
        shutil.copytree(site.keys, there.keys)
        there.restore(backup)
        assert {finding.code for finding in there.findings()} <= {"line-alone"}
        store = there.open()
        held = {
            f"{each.equipment_id} {order.draft_id}"
            for each in store.systems()
            for order in (*store.older_orders(each), *each.orders)
        }
        assert set(confirmed) <= held
        store.place(ID, "after", decide("after"))
        store.close()
        assert {finding.code for finding in there.findings()} <= {"line-alone"}


class Meanwhile(SystemCalls):
    """Counts calls, and does something before one of them."""

    def __init__(self, names: set[str], place: int, act: Callable[[], object]) -> None:
        self.count, self._names, self._place, self._act = 0, names, place, act

    def __getattribute__(self, name: str) -> Any:
        if not name.startswith("_") and name in self._names:
            self.count += 1
            if self.count == self._place:
                self._act()
        return super().__getattribute__(name)


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_backup_that_is_made_while_a_system_moves_has_one_side_of_it(
    site: Site, tmp_path: Path, step: int
) -> None:
    """A move that has come up to one of its three renames goes on at every call of the backup."""
    source, target = map(EquipmentId, IDS[2:4])
    store = site.open()
    store.place(source, "first", decide("first"))
    total, place, passed = store.system(source), 0, False
    assert total is not None
    kept = {path: path.read_bytes() for path in site.store.rglob("*") if path.is_file()}
    while not passed:
        place += 5
        for path in [path for path in site.store.rglob("*") if path.is_file()]:
            if path not in kept:
                path.unlink()
        for path, data in kept.items():
            path.write_bytes(data)
        moving = Stopped(site, source, target, step)
        calls = Meanwhile({"read", "names"}, place, moving.go_on)
        backup = tmp_path / f"{place}.backup"
        slow = site.open_with(calls)
        make_backup(slow, KeysFolder(site.keys), backup)
        slow.close()
        passed = calls.count < place
        moving.finish()
        held = restored_inventories(site, tmp_path / f"{place}", backup, [source, target])
        assert sorted(map(str, held)) == sorted(map(str, [total.inventory, {}])), place
        backup.unlink()
    store.close()


def restored_inventories(
    site: Site, folder: Path, backup: Path, ids: Sequence[EquipmentId]
) -> list[Inventory]:
    """What systems have in a store that was restored elsewhere, and in which all is well."""
    other = Site(folder)
    folder.mkdir()
    shutil.copytree(site.keys, other.keys)
    other.restore(backup)
    restored = other.open()
    held = [each.inventory for of in ids if (each := restored.system(of))]
    assert {f.code for f in check_store(restored)} <= {"line-alone", "index-repaired"}
    restored.close()
    shutil.rmtree(folder)
    return held


class Stopped:
    """A move from one system to another, which has stopped before one of its renames."""

    def __init__(self, site: Site, source: EquipmentId, target: EquipmentId, rename: int) -> None:
        self._there, self._on = threading.Event(), threading.Event()
        store = site.open_with(Meanwhile({"rename"}, rename, self._stop))
        act = partial(store.transact, source, target, f"from {source}", move)
        self._thread = threading.Thread(target=act)
        self._thread.start()
        self._there.wait()
        threading.Timer(0.03, self._on.set).start()  # who waits for the move goes on then

    def _stop(self) -> None:
        self._there.set()
        self._on.wait()

    def go_on(self) -> None:
        """As far as it comes: while the backup locks the journal, it may have to wait."""
        self._on.set()
        self._thread.join(0.05)

    def finish(self) -> None:
        self._on.set()
        self._thread.join()


def move(source: System, target: System) -> tuple[Order, Order]:
    request = f"from {source.equipment_id}"
    out = {"kind": OrderKind.MOVE_OUT, "inventory": {}, "other_id": target.equipment_id}
    came = {"kind": OrderKind.MOVE_IN, "inventory": source.inventory}
    return order(source, request, **out), order(
        target, request, other_id=source.equipment_id, **came
    )


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines()


# What is damaged in a store that is there


def test_only_what_is_damaged_is_put_back(site: Site) -> None:
    backup = site.back_up()
    store = site.open()
    store.place(ID, "later", decide("later"))
    store.place(OTHER_ID, "later", decide("later"))
    store.close()
    kept = state(site)[1]
    path = Path(Paths(site.store).system(ID))
    damaged = path.read_bytes()[:-40]
    path.write_bytes(damaged)
    restored = site.repair(backup)
    assert restored.files == (str(path),)
    assert [lost.number for lost in restored.lost] == [f"{ID}-0009"]
    assert path.with_name(f"{path.name}.damaged").read_bytes() == damaged
    assert state(site)[1] == kept  # its order is newer than the backup
    store = site.open()
    now = store.system(ID)
    assert now is not None
    assert now.orders[-1].number == f"{ID}-0008"
    store.close()
    missed = [Finding(f"{ID}-0009", FindingCode.ORDER_TO_REPEAT)]
    assert site.findings() == missed
    again = site.repair(backup)  # as of somebody who has not seen the first answer
    assert (again.files, again.lost) == ((), restored.lost)
    store = site.open()
    assert store.place(ID, "next", decide("next")).order.number == f"{ID}-0010"
    store.close()
    assert site.findings() == missed
    store = site.open()
    assert store.place(ID, "later", decide("later")).order.number == f"{ID}-0011"
    store.close()
    assert site.findings() == []  # the same draft was ordered again
    assert site.repair(backup).lost == ()


def test_orders_that_come_after_a_repair_are_not_called_lost(site: Site) -> None:
    backup = site.back_up()
    path = Path(Paths(site.store).system(ID))
    path.unlink()
    assert site.repair(backup).lost == ()
    store = site.open()
    for number in range(3):
        store.place(ID, f"new-{number}", decide(f"new-{number}"))
    store.close()
    path.write_bytes(b"")
    restored = site.repair(backup)
    numbers = [f"{ID}-{n:04d}" for n in (9, 10, 11)]
    assert [lost.number for lost in restored.lost] == numbers
    assert [found.place for found in site.findings()] == numbers
    store = site.open()
    for each in numbers:
        store.record(EventName.ORDER_SETTLED, "unix:desk", number=each, equipment_id=ID)
    store.close()
    assert site.findings() == []
    path.write_bytes(b"")
    assert site.repair(backup).lost == ()
    store = site.open()
    assert store.place(ID, "then", decide("then")).order.number == f"{ID}-0012"
    for count in range(8):  # over the edge of a segment
        store.place(ID, f"more-{count}", decide(f"more-{count}"))
    store.close()
    assert site.findings() == []


def test_a_second_damaged_document_stays_beside_the_first(site: Site) -> None:
    backup, path = site.back_up(), Path(Paths(site.store).system(ID))
    for content in (b"first", b"second", b"third"):
        path.write_bytes(content)
        site.repair(backup)
    beside = {
        each.name.rpartition(".")[2]: each.read_bytes() for each in path.parent.glob("*.dam*")
    }
    assert beside == {"damaged": b"first", "damaged-2": b"second", "damaged-3": b"third"}


def test_segments_accounts_drafts_and_months_are_put_back(site: Site) -> None:
    backup, before = site.back_up(), state(site)
    for wrong in (
        Path(Paths(site.store).segment(ID, 1)),
        Path(Paths(site.store).company("Reseller One")),
        Path(Paths(site.store).user("c1", "jsmith")),
        *(site.store / "journal").iterdir(),
    ):
        wrong.unlink()
    restored = site.repair(backup)
    assert len(restored.files) == 4
    assert state(site)[:-2] == before[:-2]
    assert [finding.code for finding in site.findings()] == []


def test_names_erased_since_the_backup_do_not_come_back(site: Site) -> None:
    backup = site.back_up()
    store = site.open()
    store.erase_personal(ID, [f"{ID}-0001", f"{ID}-0008"], "desk")
    store.close()
    Path(Paths(site.store).system(ID)).write_bytes(b"")
    Path(Paths(site.store).segment(ID, 1)).write_bytes(b"")
    site.repair(backup)
    store = site.open()
    orders = store.numbered_orders(ID, [f"{ID}-0001", f"{ID}-0008", f"{ID}-0002"])
    assert {number[-1]: order.is_personal for number, order in orders.items()} == {
        "1": False,
        "8": False,
        "2": True,
    }
    assert orders[f"{ID}-0001"].address == Address()
    store.close()
