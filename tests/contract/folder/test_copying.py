"""Copying a store: the copy is whole or not there, whatever fails, and nobody works in both."""

from __future__ import annotations

import errno
import shutil
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest

from engine.copying import copy_installation, undo_copy
from engine.errors import (
    CopyDiffers,
    CopyInUse,
    DocumentDamaged,
    OutcomeUnknown,
    PortalError,
    StoreBusy,
    StoreMissing,
    StoreMoved,
    StoreNotEmpty,
)
from engine.files.system_calls import SystemCalls
from engine.installation import create_installation
from engine.keys.folder import KeysFolder
from engine.keys.making import create_keys
from engine.licences.order import Order
from engine.licences.system import System
from engine.papers.paper import PaperQuery, PaperState
from engine.settings import Settings, load_settings
from engine.store.folder.store import FolderStore, open_store
from engine.store.folder.store_folder import History
from engine.store.folder.upkeep.check import check_store
from engine.store.folder.upkeep.copying import contents_of
from tests.contract.folder.faults import KILLED, Faulty, in_child
from tests.contract.folder.operations import MOVE, VERSION
from tests.contract.values import (
    ID,
    OTHER_ID,
    TickingClock,
    add_paper,
    company,
    decide,
    draft,
    in_state,
    ssh_key,
    system,
    user,
)
from tests.support.few_folders import only_folders_of


class Place:
    """An installation, or where one may be."""

    def __init__(self, folder: Path) -> None:
        self.store = folder / "store"
        self.settings = Settings(store=str(self.store), lock_seconds=1)

    def open(self) -> FolderStore:
        key = KeysFolder(self.settings.keys_folder).audit_key()
        return open_store(self.store, key, TickingClock(), lock_seconds=1)

    def state(self) -> list[object]:
        """All that it holds; fails when `check` finds anything."""
        store = self.open()
        assert list(check_store(store)) == []
        found: list[object] = [
            list(contents_of(store).systems()),  # wherever their older orders lie
            *(
                store.companies(),
                store.users(),
                store.ssh_keys(),
                store.papers(PaperQuery(), 9),
                store.drafts("c1", "jsmith"),
            ),
            [version[:3] for version in store.catalogue_versions()],
            *(
                store.signing_key(),
                store.withdrawn_keys(),
                KeysFolder(f"{self.store}-keys").files(),
            ),
        ]
        store.close()
        return found

    def events(self) -> list[str]:
        store = self.open()
        found = [event.event for event in store.events()]
        store.close()
        return found


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    only_folders_of(monkeypatch, [ID, OTHER_ID])
    place = Place(tmp_path / "here")
    create_installation(place.settings)
    (place.store / "settings.toml").write_text('contact_name = "The desk"\n')
    store = place.open()
    store.folder.history = History(6, 2)
    store.add_company(company())
    store.add_user(user())
    store.add_ssh_key(ssh_key(1), "desk")
    add_paper(store)
    closed = add_paper(store)
    store.change_paper(closed.number, in_state(PaperState.DONE))
    store.add_systems([system(), system(OTHER_ID)])
    for number in range(9):  # some lie in a segment
        store.place(ID, f"d{number}", decide(f"d{number}"))
    store.erase_personal(ID, [f"{ID}-0001", f"{ID}-0009"], "desk")
    store.transact(ID, OTHER_ID, "m1", MOVE)
    store.keep_draft("c1", "jsmith", draft("d20"))
    store.put_catalogue([VERSION], "desk")
    store.withdraw_key(7, "desk")
    store.close()
    return place


@pytest.fixture
def there(tmp_path: Path) -> Place:
    return Place(tmp_path / "there")


def settings_at(path: str) -> Settings:
    return load_settings(Path(path), {})


def copy(source: Place, target: Place, calls: SystemCalls | None = None) -> None:
    copy_installation(source.settings, target.settings, "unix:desk", calls=calls)


def test_a_copy_is_the_same_and_goes_on(here: Place, there: Place) -> None:
    before = here.state()
    lines = [path.read_bytes() for path in sorted((here.store / "journal").iterdir())]
    tally = copy_installation(here.settings, there.settings, "unix:desk")
    assert there.state() == before
    assert (tally["systems"].number, tally["users"].number, tally["drafts"].number) == (2, 1, 1)
    (journal,) = (there.store / "journal").iterdir()
    assert journal.read_bytes().startswith(b"".join(lines))
    assert there.events()[-1] == "store-copy"
    assert load_settings(there.store, {}).contact_name == "The desk"
    store = there.open()
    placed = store.place(OTHER_ID, "d9", decide("d9"))
    again = store.place(ID, "d3", decide("d3"))
    assert (placed.order.number, placed.already) == (f"{OTHER_ID}-0002", False)
    assert (again.order.number, again.already) == (f"{ID}-0004", True)
    store.close()
    there.state()


def test_nobody_works_in_what_was_copied(here: Place, there: Place) -> None:
    store = here.open()  # a portal that stays open
    copy(here, there)
    for work in (
        lambda: store.place(ID, "d30", decide("d30")),
        lambda: store.record("sign-in", "c1/jsmith"),  # type: ignore[arg-type]
        lambda: store.keep_draft("c1", "jsmith", draft("d31")),
        lambda: store.add_user(user("bob")),
        lambda: store.add_systems([system("03FFFF0400E55")]),
        here.open,
    ):
        with pytest.raises(StoreMoved) as caught:
            work()
        assert caught.value.to == str(there.store)
    store.close()


def test_an_order_that_is_being_placed_is_in_the_copy(here: Place, there: Place) -> None:
    """Its line may be written before the store is closed, and its document only after."""
    begun, go_on = Event(), Event()
    store = here.open()

    def slowly(found: System) -> Order:
        begun.set()
        go_on.wait(10)
        return decide("d30")(found)

    placed: list[object] = []

    def place() -> None:
        try:
            placed.append(store.place(OTHER_ID, "d30", slowly))
        except StoreMoved:
            placed.append("moved")

    thread = Thread(target=place)
    thread.start()
    assert begun.wait(10)
    with pytest.raises(StoreBusy):  # within a second; it is open again afterwards
        copy(here, there)
    with pytest.raises(StoreMissing):
        there.open()
    go_on.set()
    thread.join()
    store.close()
    assert len(placed) == 1
    assert placed != ["moved"]
    copy(here, there)
    copied = there.open()
    assert copied.place(OTHER_ID, "d30", decide("d30")).already
    copied.close()


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Place, Place]:
    return Place(tmp_path / "from"), Place(tmp_path / "to")


def test_whatever_fails_the_copy_is_whole_or_not_there(
    here: Place, copies: tuple[Place, Place], tmp_path: Path
) -> None:
    """Every call fails in turn, or is the last; afterwards the same again comes through."""
    source, target = copies
    state = here.state()

    def afresh() -> None:
        for place in copies:
            shutil.rmtree(place.store.parent, ignore_errors=True)
        shutil.copytree(tmp_path / "here", source.store.parent)

    afresh()
    calls = Faulty()
    copy(source, target, calls)
    said = set()
    for at in range(1, calls.count + 1):
        fault = [None, errno.ENOSPC, errno.EIO][at % 3]
        afresh()
        left = attempted(source, target, Faulty(at, fault), killed=fault is None)
        said.add(left)
        if left == "unknown" or (left == "done" and is_store(target)):
            assert target.state() == state, at
            continue
        if left == "nothing":
            assert source.state() == state, at  # open again
        try:
            copy(source, target)
        except StoreMoved:  # killed when all was done
            assert left == "killed", at
        assert target.state() == state, at
    assert {"done", "nothing", "killed", "unknown"} >= said >= {"nothing", "killed"}


def attempted(source: Place, target: Place, calls: SystemCalls, *, killed: bool) -> str:
    if killed:
        assert in_child(partial(copy, source, target, calls)) == KILLED
        return "killed"
    try:
        copy(source, target, calls)
    except OutcomeUnknown:
        return "unknown" if is_store(target) else "nothing-known"
    except PortalError:
        return "nothing"
    return "done"


def is_store(place: Place) -> bool:
    return (place.store / "VERSION").exists()


def test_what_arrives_otherwise_is_no_copy(
    here: Place, there: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that loses a document on the way."""
    real = SystemCalls.open

    def forgetful(self: SystemCalls, path: str, flags: int, mode: int = 0o600) -> int:
        lost = path.startswith(str(there.store)) and path.endswith(f"{OTHER_ID}.json")
        return real(self, f"{path}.lost" if lost and flags else path, flags, mode)

    monkeypatch.setattr(SystemCalls, "open", forgetful)
    with pytest.raises(CopyDiffers) as caught:
        copy(here, there)
    assert caught.value.what == "systems"
    with pytest.raises(StoreMissing):
        there.open()
    here.state()


def test_a_store_with_damage_is_not_copied(here: Place, there: Place) -> None:
    (path,) = (here.store / "drafts").iterdir()
    path.write_bytes(b"{}")
    with pytest.raises(DocumentDamaged) as caught:
        copy(here, there)
    assert caught.value.path == str(path)
    with pytest.raises(StoreMissing):
        there.open()
    here.open().close()


def test_a_copy_needs_room_of_its_own(here: Place, there: Place) -> None:
    create_installation(there.settings)
    for target in (there, here):
        with pytest.raises(StoreNotEmpty):
            copy(here, target)
    here.open().close()
    shutil.rmtree(there.store)
    with pytest.raises(StoreNotEmpty) as caught:  # keys of somebody else
        copy(here, there)
    assert caught.value.path == f"{there.store}-keys"
    assert not there.store.exists()
    here.state()


def test_keys_that_were_brought_before_are_taken(here: Place, there: Place) -> None:
    shutil.copytree(f"{here.store}-keys", f"{there.store}-keys")
    copy(here, there)
    there.state()


def test_undone_the_first_goes_on_and_the_copy_is_closed(here: Place, there: Place) -> None:
    state = here.state()
    copy(here, there)
    assert undo_copy(here.settings, settings_at, "unix:desk") == str(there.store)
    assert here.state() == state
    assert here.events()[-2:] == ["store-copy", "store-copy-undone"]
    with pytest.raises(StoreMoved):
        there.open()
    assert undo_copy(here.settings, settings_at, "unix:desk") is None


def test_a_copy_in_which_somebody_worked_is_not_undone(here: Place, there: Place) -> None:
    copy(here, there)
    store = there.open()
    store.place(OTHER_ID, "d30", decide("d30"))
    store.close()
    with pytest.raises(CopyInUse):
        undo_copy(here.settings, settings_at, "unix:desk")
    with pytest.raises(StoreMoved):
        here.open()
    back = Place(there.store.parent.parent / "back")
    copy(there, back)
    with pytest.raises(StoreMoved) as caught:  # it is elsewhere by now
        undo_copy(here.settings, settings_at, "unix:desk")
    assert (caught.value.path, caught.value.to) == (str(there.store), str(back.store))


def test_what_was_killed_can_be_undone(here: Place, there: Place) -> None:
    state = here.state()
    calls = Faulty()
    shutil.copytree(here.store.parent, here.store.parent.with_name("kept"))
    copy(here, there, calls)
    for place in ("here", "there"):
        shutil.rmtree(here.store.parent.with_name(place))
    shutil.copytree(here.store.parent.with_name("kept"), here.store.parent)
    assert in_child(partial(copy, here, there, Faulty(calls.count - 60))) == KILLED
    with pytest.raises(StoreMoved):
        here.open()
    assert undo_copy(here.settings, settings_at, "unix:desk") == str(there.store)
    assert here.state() == state


def test_keys_that_sign_here_and_not_there(here: Place, there: Place) -> None:
    create_keys(there.store.with_name("store-keys"))
    with pytest.raises(StoreNotEmpty):
        copy(here, there)
    here.open().close()
