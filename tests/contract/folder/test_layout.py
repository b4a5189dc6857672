"""Making a store, and what keeps one from being opened."""

from __future__ import annotations

import errno
from functools import partial
from pathlib import Path

import pytest

from engine.errors import (
    DocumentDamaged,
    StoreMissing,
    StoreNotEmpty,
    StoreNotWritable,
    StoreOnNetwork,
    StoreTooNew,
    WriteFailed,
)
from engine.files.system_calls import SystemCalls
from engine.ports import OrderQuery
from engine.store.folder import paths
from engine.store.folder.creation import create_store
from engine.store.folder.store import open_store
from tests.contract.folder.faults import KILLED, Faulty, in_child
from tests.contract.values import AUDIT_KEY, ID, decide, system


@pytest.fixture
def few_system_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    """Making 4,096 folders takes long, and none of these tests needs them."""
    monkeypatch.setattr(paths, "SYSTEM_FOLDERS", paths.SYSTEM_FOLDERS[:4])


def test_a_new_store_has_all_its_folders_for_its_owner_alone(made_folder: Path) -> None:
    system_folders = sorted(path.name for path in (made_folder / "systems").iterdir())
    assert system_folders == [f"{number:03x}" for number in range(4096)]
    assert all(path.stat().st_mode & 0o077 == 0 for path in made_folder.rglob("*"))
    assert (made_folder / "VERSION").read_text() == "2\n"


@pytest.mark.usefixtures("few_system_folders")
def test_a_store_is_not_made_over_anything(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(StoreNotEmpty):
        create_store(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.usefixtures("few_system_folders")
def test_a_store_is_not_made_twice(tmp_path: Path) -> None:
    create_store(tmp_path / "store")
    with pytest.raises(StoreNotEmpty):
        create_store(tmp_path / "store")


@pytest.mark.usefixtures("few_system_folders")
def test_settings_may_be_there_first_and_a_broken_off_init_is_repeated(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("")
    (tmp_path / "systems" / "000").mkdir(parents=True)
    create_store(tmp_path)
    assert (tmp_path / "VERSION").exists()


@pytest.mark.usefixtures("few_system_folders")
def test_an_init_that_ends_anywhere_can_be_repeated(tmp_path: Path) -> None:
    whole = Faulty()
    create_store(tmp_path / "whole", whole)
    for place in range(1, whole.count + 1):
        path = tmp_path / f"store-{place}"
        assert in_child(partial(create_store, path, Faulty(place))) == KILLED
        if (path / "VERSION").exists():  # it had come through
            with pytest.raises(StoreNotEmpty):
                create_store(path)
        else:
            with pytest.raises(StoreMissing):
                open_store(path, AUDIT_KEY)
            create_store(path)
        assert open_store(path, AUDIT_KEY).companies() == []


@pytest.mark.usefixtures("few_system_folders")
def test_an_init_that_the_disk_refuses_makes_no_store(tmp_path: Path) -> None:
    whole = Faulty()
    create_store(tmp_path / "whole", whole)
    for place in range(1, whole.made.index("rename") + 1):
        if whole.made[place - 1] == "close":
            continue
        path = tmp_path / f"store-{place}"
        with pytest.raises(WriteFailed) as caught:
            create_store(path, Faulty(place, errno.ENOSPC, for_good=True))
        assert caught.value.reason == "ENOSPC"
        with pytest.raises(StoreMissing):
            open_store(path, AUDIT_KEY)


def test_no_store_is_said(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none", Path(__file__)):
        with pytest.raises(StoreMissing):
            open_store(path, AUDIT_KEY)


def test_a_newer_store_is_refused(folder: Path) -> None:
    (folder / "VERSION").write_text("3\n")
    with pytest.raises(StoreTooNew) as caught:
        open_store(folder, AUDIT_KEY)
    assert (caught.value.found, caught.value.known) == (3, 2)


@pytest.mark.parametrize("text", ["", "one", "-1", "1.0"])
def test_a_version_that_is_none_is_damage(folder: Path, text: str) -> None:
    (folder / "VERSION").write_text(text)
    with pytest.raises(DocumentDamaged) as caught:
        open_store(folder, AUDIT_KEY)
    assert caught.value.path == str(folder / "VERSION")


def test_a_folder_that_cannot_be_written_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Root may write everywhere, so the answer of access(2) is given here.
    monkeypatch.setattr("os.access", lambda path, mode: not path.endswith("journal"))
    with pytest.raises(StoreNotWritable) as caught:
        open_store(folder, AUDIT_KEY)
    assert (caught.value.path, caught.value.reason) == (str(folder / "journal"), "EACCES")


@pytest.mark.parametrize(("magic", "kind"), [(0x6969, "nfs"), (0x65735546, "fuse")])
def test_a_network_file_system_is_refused(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, magic: int, kind: str
) -> None:
    monkeypatch.setattr(SystemCalls, "file_system_type", lambda self, path: magic)
    with pytest.raises(StoreOnNetwork) as caught:
        open_store(folder, AUDIT_KEY)
    assert caught.value.kind == kind
    with pytest.raises(StoreOnNetwork):
        create_store(tmp_path / "new")
    assert not (tmp_path / "new" / "VERSION").exists()


def test_the_type_of_a_file_system_is_the_kernels() -> None:
    assert SystemCalls().file_system_type("/proc") == 0x9FA0


def test_documents_are_files_for_their_owner_alone(folder: Path) -> None:
    store = open_store(folder, AUDIT_KEY)
    store.add_systems([system()])
    store.place(ID, "d1", decide("d1"))
    store.find_orders(OrderQuery(), 1)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {f"{ID}.json", "index.db"}
    assert all(path.stat().st_mode & 0o077 == 0 for path in files)
