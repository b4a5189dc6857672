"""Stores of the first release: all accounts in one file, which the first change takes apart."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.errors import DocumentDamaged
from engine.findings import Finding, FindingCode
from engine.keys.folder import KeysFolder
from engine.store.folder.documents import sealed
from engine.store.folder.upkeep.backup import make_backup
from engine.store.folder.upkeep.backup_accounts import COMPANIES, FORMER, USERS
from engine.store.folder.upkeep.backup_file import BackupWriter
from engine.store.folder.upkeep.backup_reading import BackupFile
from engine.store.folder.upkeep.check import check_store
from tests.contract.folder.faults import Faulty, in_child
from tests.contract.folder.former import accounts_json, make_former
from tests.contract.folder.small import SmallStore
from tests.contract.folder.test_backup import Site, elsewhere, members, site, state  # noqa: F401
from tests.contract.values import ID, company, decide, system, user

ANN = user("ann")


@pytest.fixture
def former(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallStore:
    """A store of layout 1 with two users."""
    small = SmallStore(tmp_path / "store", monkeypatch)
    store = small.open()
    store.add_company(company())
    store.add_user(user())
    store.add_user(ANN)
    store.add_systems([system()])
    make_former(store)
    return small


def names(small: SmallStore) -> set[str]:
    return {path.name for path in small.folder.iterdir()}


def test_reading_leaves_it_as_it_is(former: SmallStore) -> None:
    store, before = former.open(), former.files()
    assert store.companies() == [company()]
    assert store.company_named(" RESELLER  one") == company()
    assert store.company_named("nobody") is None
    assert store.users() == store.users("c1") == [ANN, user()]
    assert store.users("c2") == []
    assert store.user("c1", "JSmith") == user()
    assert store.user("c1", "bob") is None
    assert list(check_store(store)) == []
    store.place(ID, "d1", decide("d1"))
    same = {path for path, data in former.files().items() if before.get(path) == data}
    assert {Path(path).name for path in same} >= {"accounts.json", "VERSION"}


def test_the_first_change_takes_it_apart(former: SmallStore) -> None:
    store, open_before = former.open(), former.open()
    assert open_before.user("c1", "ann") == ANN
    store.change_user("c1", "jsmith", lambda found: replace(found, failures=1))
    assert names(former) >= {"companies", "users"}
    assert "accounts.json" not in names(former)
    assert (former.folder / "VERSION").read_text() == "2\n"
    assert [each.failures for each in open_before.users()] == [0, 1]
    assert former.open().companies() == [company()]
    assert list(check_store(former.open())) == []


def test_what_an_older_portal_changed_after_a_broken_off_change_counts(former: SmallStore) -> None:
    """It was open already, and does not look at `VERSION` again."""
    whole = Faulty()
    former.keep()
    former.open(whole).change_user("c1", "ann", lambda found: found)
    removed = whole.made.index("unlink") + 1
    former.go_back()
    assert in_child(lambda: former.open(Faulty(removed)).change_user("c1", "ann", lambda u: u))
    assert (former.folder / "VERSION").read_text() == "2\n"
    store = former.open()
    tables = store.former.tables()
    assert tables is not None
    tables["users"]["c1/jsmith"]["disabled"] = True
    Path(store.folder.paths.former_accounts).write_bytes(sealed(tables))
    store.change_user("c1", "ann", lambda found: found)
    assert former.open().user("c1", "jsmith") == replace(user(), disabled=True)
    assert "accounts.json" not in names(former)


@pytest.mark.parametrize("damage", [b"", b"{}", None])
def test_a_damaged_file_is_never_no_accounts(former: SmallStore, damage: bytes | None) -> None:
    path = former.folder / "accounts.json"
    path.unlink()
    if damage is not None:
        path.write_bytes(damage)
    store, before = former.open(), former.files()
    for attempt in (
        store.companies,
        store.users,
        lambda: store.company_named("Reseller One"),
        lambda: store.user("c1", "jsmith"),
        lambda: store.add_user(user("bob")),
        lambda: store.change_nobody("", "nobody"),
    ):
        with pytest.raises(DocumentDamaged) as caught:
            attempt()
        assert caught.value.data["path"] == str(path)
    assert former.files() == before
    code = FindingCode.DAMAGED_IO if damage is None else FindingCode.DAMAGED_SEAL
    assert list(check_store(store)) == [Finding(str(path), code)]
    assert store.system(ID) is not None


def test_a_disk_that_refuses_leaves_it_readable(former: SmallStore) -> None:
    opening = Faulty()
    former.open(opening)
    store = former.open(Faulty(opening.count + 1, errno.EROFS, for_good=True))
    with pytest.raises(Exception, match="EROFS"):
        store.change_user("c1", "ann", lambda found: found)
    assert former.open().users() == [ANN, user()]
    assert "accounts.json" in names(former)


# Backups


def test_a_backup_of_it_leaves_it_and_restores_as_documents(site: Site, elsewhere: Site) -> None:  # noqa: F811
    store = site.open()
    make_former(store)
    backup = site.back_up()
    assert (site.store / "accounts.json").exists()
    assert {COMPANIES, USERS} <= members(backup).keys()
    elsewhere.restore(backup)
    assert state(elsewhere) == state(site)
    assert not (elsewhere.store / "accounts.json").exists()


def former_backup(site: Site, data: bytes | None) -> Path:  # noqa: F811
    """A backup as the first release made it."""
    store, target = site.open(), site.folder / "former"
    content = members(site.back_up("today"))
    keys = KeysFolder(site.keys)
    manifest = BackupFile(str(site.folder / "today")).manifest()
    with target.open("wb") as file:
        writer = BackupWriter(file)
        for name, member in content.items():
            if name not in (COMPANIES, USERS, "manifest.json"):
                writer.add(name, member)
        if data is not None:
            writer.add(FORMER, data)
        writer.finish(replace(manifest, layout=1, mac="", members={}), keys.audit_key())
    store.close()
    return target


def test_a_backup_of_the_first_release_restores(site: Site, elsewhere: Site) -> None:  # noqa: F811
    backup = former_backup(site, accounts_json(site.open()))
    elsewhere.restore(backup)
    assert state(elsewhere) == state(site)
    assert elsewhere.findings() == []


def test_accounts_that_were_damaged_at_the_time_are_not_empty(
    site: Site,  # noqa: F811
    elsewhere: Site,  # noqa: F811
) -> None:
    elsewhere.restore(former_backup(site, None))
    path = str(elsewhere.store / "accounts.json")
    assert elsewhere.findings() == [Finding(path, FindingCode.DAMAGED_SEAL)]
    shutil.rmtree(elsewhere.store)
    make_former(site.open())
    (site.store / "accounts.json").write_bytes(b"")
    store = site.open()
    made = make_backup(store, KeysFolder(site.keys), site.folder / "b")
    assert made.left_out == [Finding(str(site.store / "accounts.json"), FindingCode.DAMAGED_SEAL)]
    elsewhere.restore(site.folder / "b")
    assert elsewhere.findings() == [Finding(path, FindingCode.DAMAGED_SEAL)]


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("damage", [b"", None])
def test_a_damaged_file_is_put_back(site: Site, damage: bytes | None, *, first: bool) -> None:  # noqa: F811
    before = state(site)
    backup = former_backup(site, accounts_json(site.open())) if first else site.back_up()
    make_former(site.open())
    path = site.store / "accounts.json"
    path.unlink()
    if damage is not None:
        path.write_bytes(damage)
    assert site.repair(backup).files == (str(path),)
    assert state(site)[:-1] == before[:-1]  # all but the log
    assert site.findings() == []
    assert (site.store / "accounts.json.damaged").exists() is (damage is not None)
