"""Making, backing up and restoring: every call fails, or is the last. What is said is so, nothing
is left half, and asking again comes through."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from engine.audit import EventName
from engine.errors import OutcomeUnknown, PortalError, StoreMissing, StoreNotEmpty
from engine.files.system_calls import SystemCalls
from engine.findings import Finding, FindingCode
from engine.installation import create_installation
from engine.keys.folder import KeysFolder
from engine.keys.making import create_keys
from engine.settings import Settings
from engine.store.folder.creation import create_store
from engine.store.folder.paths import Paths
from engine.store.folder.store import FolderStore, open_store
from engine.store.folder.upkeep.backup import make_backup
from engine.store.folder.upkeep.backup_reading import BackupFile
from engine.store.folder.upkeep.check import check_store
from engine.store.folder.upkeep.restore import restore_store
from engine.store.folder.upkeep.restore_damaged import restore_damaged
from tests.contract.folder.faults import KILLED, Faulty, in_child
from tests.contract.values import ID, TickingClock, company, decide, draft, system, user
from tests.support.few_folders import only_folders_of

FAULTS = [errno.ENOSPC, errno.EIO, errno.EACCES]


class Site(NamedTuple):
    folder: Path

    @property
    def store(self) -> Path:
        return self.folder / "store"

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    @property
    def backup(self) -> Path:
        return self.folder / "backup"

    def open(self, calls: SystemCalls | None = None) -> FolderStore:
        key = KeysFolder(self.keys).audit_key()
        return open_store(self.store, key, TickingClock(), lock_seconds=1, calls=calls)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    only_folders_of(monkeypatch, [ID])
    site = Site(tmp_path / "here")
    site.folder.mkdir()
    create_keys(site.keys)
    create_store(site.store)
    store = site.open()
    store.add_company(company())
    store.add_user(user())
    store.add_systems([system()])
    store.place(ID, "d1", decide("d1"))
    store.keep_draft("c1", "jsmith", draft())
    store.withdraw_key(7, "desk")
    store.close()
    return site


def back_up(site: Site, calls: SystemCalls | None = None) -> None:
    store = site.open(calls)
    try:
        make_backup(store, KeysFolder(site.keys), site.backup, with_keys=True)
    finally:
        store.close()


def restore(fresh: Site, source: Path, calls: SystemCalls | None = None) -> None:
    restore_store(str(fresh.store), fresh.keys, source, calls=calls)


def state(site: Site) -> list[object]:
    store = site.open()
    found: list[object] = [
        *(list(store.systems()), store.companies(), store.users(), list(store.events())),
        *(store.drafts("c1", "jsmith"), KeysFolder(site.keys).ring().numbers),
    ]
    store.close()
    return found


def calls_of(work: Callable[[SystemCalls], object]) -> int:
    calls = Faulty()
    work(calls)
    return calls.count


@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for-good"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_backup_is_whole_or_not_there(site: Site, fault: int, *, for_good: bool) -> None:
    begin = calls_of(lambda calls: site.open(calls).close())
    end = calls_of(lambda calls: back_up(site, calls))
    for place in range(begin + 1, end + 1):
        site.backup.unlink(missing_ok=True)
        said: PortalError | None = None
        try:
            back_up(site, Faulty(place, fault, for_good=for_good))
        except PortalError as error:
            said = error
        assert site.backup.exists() == (said is None or isinstance(said, OutcomeUnknown)), place
        if site.backup.exists():
            BackupFile(str(site.backup)).manifest()


def test_a_backup_that_was_killed_is_not_there_under_its_name(site: Site) -> None:
    begin = calls_of(lambda calls: site.open(calls).close())
    end = calls_of(lambda calls: back_up(site, calls))
    for place in range(begin + 1, end + 1):
        site.backup.unlink(missing_ok=True)
        assert in_child(partial(back_up, site, Faulty(place))) == KILLED
        if site.backup.exists():
            BackupFile(str(site.backup)).manifest()


def swept(
    site: Site, work: Callable[[Site, SystemCalls], object], new: list[object], end: int
) -> set[str]:
    """Let each call fail and then ask again; answers what was said."""
    said = set()
    for place in range(1, end + 1):
        for fault in [None, *FAULTS]:
            fresh = Site(site.folder.with_name("fresh"))
            shutil.rmtree(fresh.folder, ignore_errors=True)
            fresh.folder.mkdir()
            calls = Faulty(place, fault)
            if fault is None:
                assert in_child(partial(work, fresh, calls)) == KILLED
                left = "killed"
            else:
                left = attempted(partial(work, fresh, calls))
            said.add(left)
            if left in ("done", "store"):
                assert state(fresh) == new, place
                continue
            try:
                work(fresh, SystemCalls())
            except StoreNotEmpty:  # the first one was killed when all was done
                assert left == "killed", place
            assert state(fresh) == new, place
    return said


def attempted(work: Callable[[], object]) -> str:
    try:
        work()
    except OutcomeUnknown as error:
        return str(error.what)
    except PortalError:
        return "nothing"
    return "done"


def test_a_restore_with_keys_that_was_cut_short_can_be_repeated(site: Site) -> None:
    back_up(site)
    whole = Site(site.folder.with_name("whole"))
    whole.folder.mkdir()
    end = calls_of(lambda calls: restore(whole, site.backup, calls))
    new = state(site)
    said = swept(site, lambda fresh, calls: restore(fresh, site.backup, calls), new, end)
    assert said == {"done", "killed", "nothing", "store"}


def make(fresh: Site, calls: SystemCalls) -> None:
    create_installation(Settings(store=str(fresh.store), keys=str(fresh.keys)), calls)


def test_an_installation_that_was_cut_short_can_be_made_again(site: Site) -> None:
    whole = Site(site.folder.with_name("whole"))
    whole.folder.mkdir()
    end = calls_of(lambda calls: make(whole, calls))
    assert swept(site, make, state(whole), end) == {"done", "killed", "nothing", "store"}


def test_keys_that_were_there_before_are_never_taken(site: Site) -> None:
    """Those of a store that is lost, as long as nobody knows better."""
    before = {path.name: path.read_bytes() for path in site.keys.iterdir()}
    shutil.rmtree(site.store)
    with pytest.raises(StoreNotEmpty):
        make(site, SystemCalls())
    assert {path.name: path.read_bytes() for path in site.keys.iterdir()} == before
    assert not site.store.exists()


def test_a_store_that_cannot_be_opened_yet_is_none(site: Site) -> None:
    back_up(site)
    fresh = Site(site.folder.with_name("fresh"))
    with pytest.raises(PortalError):
        restore(fresh, site.backup, Faulty(40, errno.ENOSPC, for_good=True))
    with pytest.raises(StoreMissing):
        open_store(fresh.store, bytes(32))


def test_keys_of_somebody_else_are_never_touched(site: Site) -> None:
    back_up(site)
    fresh = Site(site.folder.with_name("fresh"))
    create_keys(fresh.keys)
    before = {path.name: path.read_bytes() for path in fresh.keys.iterdir()}
    with pytest.raises(PortalError):
        restore(fresh, site.backup)
    assert {path.name: path.read_bytes() for path in fresh.keys.iterdir()} == before
    assert not fresh.store.exists()


def repair(site: Site, calls: SystemCalls | None = None) -> list[str]:
    store = site.open(calls)
    try:
        restored = restore_damaged(store, KeysFolder(site.keys), site.backup, "unix:desk")
        return [lost.number for lost in restored.lost]
    finally:
        store.close()


def after_repair(site: Site) -> tuple[object, ...]:
    """What matters after a repair that was repeated until it came through."""
    assert repair(site) == [f"{ID}-0002"]  # whoever missed the first answer is told again
    store = site.open()
    found = [each for each in check_store(store) if not each.harmless]
    lost = [event for event in store.events() if event.event == EventName.ORDER_LOST]
    assert len(lost) == 1  # told once, however often it was tried
    assert found == [Finding(f"{ID}-0002", FindingCode.ORDER_TO_REPEAT)]
    placed = store.place(ID, "d3", decide("d3")).order.number
    store.close()
    return placed, store.user("c1", "jsmith")


def test_a_repair_that_is_cut_short_forgets_no_lost_order(site: Site) -> None:
    back_up(site)
    store = site.open()
    store.place(ID, "d2", decide("d2"))
    store.close()
    Path(Paths(site.store).system(ID)).write_bytes(b"damaged")
    Path(Paths(site.store).user("c1", "jsmith")).write_bytes(b"damaged")
    kept = site.folder.with_name("kept")
    shutil.copytree(site.folder, kept)
    begin = calls_of(lambda calls: site.open(calls).close())
    end = calls_of(lambda calls: repair(site, calls))
    wanted = after_repair(site)
    assert wanted[0] == f"{ID}-0003"
    said = set()
    for place in range(begin + 1, end + 1):
        for fault in [None, *FAULTS]:
            shutil.rmtree(site.folder)
            shutil.copytree(kept, site.folder)
            calls = Faulty(place, fault)
            if fault is None:
                assert in_child(partial(repair, site, calls)) == KILLED
            else:
                said.add(refused(partial(repair, site, calls)))
            repair(site)
            assert after_repair(site) == wanted, place
    assert {"", "Unfinished", "WriteFailed"} <= said


def refused(work: Callable[[], object]) -> str:
    try:
        work()
    except PortalError as error:
        return error.code
    return ""
