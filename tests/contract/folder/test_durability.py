"""Nothing confirmed is lost: every call of every changing operation fails, or is the last."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from engine.errors import (
    NameTaken,
    OutcomeUnknown,
    PortalError,
    SshKeyTaken,
    SshKeyUnknown,
    SystemKnown,
    SystemUnknown,
    WriteFailed,
)
from engine.files.system_calls import SystemCalls
from engine.licences.system import EquipmentId
from engine.store.folder.store import FolderStore
from engine.store.folder.upkeep.check import check_store
from tests.contract.folder.faults import KILLED, Faulty, in_child
from tests.contract.folder.operations import OPERATIONS, Operation, prepare_new
from tests.contract.folder.small import SmallStore, State
from tests.contract.values import ID, OTHER_ID, decide, system

FAULTS = {"full": errno.ENOSPC, "broken": errno.EIO, "denied": errno.EACCES}


class Swept(SmallStore):
    """An operation's store: before, after, and how many calls lie between."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, operation: Operation) -> None:
        super().__init__(folder, monkeypatch)
        operation.prepare(self.open())
        self.keep()
        self.old = self.state()
        self.go_back()
        calls = Faulty()
        self.begin = self._calls_of_opening()
        operation.act(self.open(calls))
        self.end = calls.count
        self.new = self.state()
        assert self.old != self.new
        self.go_back()

    def _calls_of_opening(self) -> int:
        calls = Faulty()
        self.open(calls)
        return calls.count

    def places(self) -> range:
        """The numbers of the operation's calls; those of opening the store come before."""
        return range(self.begin + 1, self.end + 1)


@pytest.fixture(params=OPERATIONS)
def operation(request: pytest.FixtureRequest) -> Operation:
    return OPERATIONS[request.param]


@pytest.fixture
def swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, operation: Operation) -> Swept:
    return Swept(tmp_path / "store", monkeypatch, operation)


def again(swept: Swept, operation: Operation) -> State:
    """The state after the same operation was asked for again, without faults."""
    try:
        operation.act(swept.open())
    except PortalError as error:
        # The first attempt had come through: the second says that it is there already.
        if not isinstance(error, (NameTaken, SystemKnown, SshKeyTaken, SshKeyUnknown)):
            raise
    return swept.state()


@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for-good"])
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_call_that_fails_leaves_old_or_new(
    swept: Swept, operation: Operation, fault: int, *, for_good: bool
) -> None:
    for place in swept.places():
        swept.go_back()
        calls = Faulty(place, fault, for_good=for_good)
        said: PortalError | None = None
        try:
            operation.act(swept.open(calls))
        except PortalError as error:
            said = error
        state = swept.state()
        where = f"{place - swept.begin}: {calls.made[place - 1]}, {said!r}"
        if said is None:
            assert state == swept.new, where
        elif isinstance(said, OutcomeUnknown):
            assert state in [swept.old, swept.new], where
        else:
            assert state == swept.old, where
        assert again(swept, operation) == swept.new, where


def act_and_end(small: SmallStore, act: Callable[[FolderStore], object], place: int) -> None:
    """Act on the store in a process that ends at that call."""
    act(small.open(Faulty(place)))


def test_a_process_that_ends_anywhere_leaves_old_or_new(swept: Swept, operation: Operation) -> None:
    for place in swept.places():
        swept.go_back()
        assert in_child(partial(act_and_end, swept, operation.act, place)) == KILLED
        assert swept.state() in [swept.old, swept.new], place - swept.begin
        assert again(swept, operation) == swept.new, place - swept.begin


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallStore:
    store = SmallStore(tmp_path / "store", monkeypatch)
    OPERATIONS["place"].prepare(store.open())
    store.keep()
    return store


def test_what_is_left_of_a_move_that_died_is_no_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SmallStore(tmp_path / "store", monkeypatch).open()
    prepare_new(store)
    assert Path(store.folder.paths.system(OTHER_ID)).exists()
    assert store.known_ids([ID, EquipmentId(OTHER_ID)]) == {ID}
    assert store.system(OTHER_ID) is None
    with pytest.raises(SystemUnknown):
        store.place(OTHER_ID, "d9", decide("d9"))
    assert [each.equipment_id for each in store.systems()] == [ID]
    assert list(check_store(store)) == []
    assert store.add_systems([system(OTHER_ID)]) == 1
    assert store.place(OTHER_ID, "d9", decide("d9")).order.number == f"{OTHER_ID}-0001"
    assert list(check_store(store)) == []
    store.close()


def test_an_order_takes_three_syncs(small: SmallStore) -> None:
    calls = Faulty()
    store = small.open(calls)
    store.place(ID, "d2", decide("d2"))
    assert [name for name in calls.made if "sync" in name] == ["fdatasync", "fsync", "fsync"]


def test_an_order_placed_before_is_synced_again_and_written_no_more(small: SmallStore) -> None:
    calls = Faulty()
    store = small.open(calls)
    store.place(ID, "d1", decide("d1"))
    assert [name for name in calls.made if "sync" in name] == ["fsync"]
    assert "write" not in calls.made


def test_a_failed_sync_is_never_tried_again(small: SmallStore) -> None:
    """After it, the system may have dropped what was to be written, and says no more of it."""
    opening = Faulty()
    small.open(opening)
    whole = Faulty()
    small.open(whole).place(ID, "d2", decide("d2"))
    syncs = [n for n, name in enumerate(whole.made, start=1) if "sync" in name]
    outcomes = []
    for place in syncs:
        small.go_back()
        calls = Faulty(place, errno.EIO)
        with pytest.raises((WriteFailed, OutcomeUnknown)) as caught:
            small.open(calls).place(ID, "d2", decide("d2"))
        assert not [name for name in calls.made[place:] if "sync" in name]
        outcomes.append(caught.type)
    assert outcomes == [WriteFailed, WriteFailed, OutcomeUnknown]


class EndsWhenRenamed(SystemCalls):
    """The process ends when the system's document is in place, and before anybody is answered."""

    def rename(self, old: str, new: str) -> None:
        super().rename(old, new)
        if new.endswith(f"{ID}.json"):
            os._exit(KILLED)


def test_confirmations_that_were_killed_give_the_same_keycodes(small: SmallStore) -> None:
    placed = []
    for number in range(30):
        draft_id = f"e{number}"
        dying = small.open(EndsWhenRenamed())
        assert in_child(partial(dying.place, ID, draft_id, decide(draft_id))) == KILLED
        left = small.open().system(ID)
        assert left is not None
        answered = small.open().place(ID, draft_id, decide("never asked"))
        assert answered == (left.orders[-1], True)
        placed.append(answered.order)
    store = small.open()
    now = store.system(ID)
    assert now is not None
    assert [*store.older_orders(now), *now.orders][1:] == placed
    assert [order.draft_id for order in placed] == [f"e{number}" for number in range(30)]
