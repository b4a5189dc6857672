"""Several real processes on one store at once."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.synchronize import Barrier
from pathlib import Path

import msgspec
import pytest

from engine.accounts.people import User
from engine.audit import EventName
from engine.errors import NameTaken, StoreBusy, SystemKnown, SystemMoved
from engine.licences.order import Order, OrderKind
from engine.licences.system import EquipmentId, System
from engine.ports import OrderQuery
from engine.store.folder.journal.verification import verify_chain
from engine.store.folder.locks import hashed_place
from engine.store.folder.store import open_store
from engine.store.folder.upkeep.check import check_store
from tests.contract.values import AUDIT_KEY, ID, decide, order, system, user

_START = multiprocessing.get_context("fork")
PROCESSES = 8
ORDERS = 50


def in_processes(count: int, work: Callable[[int], None]) -> None:
    """Run `work` in so many processes, which begin together; each must end well."""
    barrier = _START.Barrier(count)
    started = [
        _START.Process(target=_begin, args=(barrier, work, number)) for number in range(count)
    ]
    for process in started:
        process.start()
    for process in started:
        process.join(60)
    assert [process.exitcode for process in started] == [0] * count


def _begin(barrier: Barrier, work: Callable[[int], None], number: int) -> None:
    barrier.wait(30)
    work(number)


def check_orders(folder: Path, processes: int, orders: int) -> None:
    """All orders are there, each includes all before it, and everything agrees."""
    store = open_store(folder, AUDIT_KEY)
    now = store.system(ID)
    assert now is not None
    placed = [*store.older_orders(now), *now.orders]
    count = processes * orders
    assert [order.inventory["sip-trunk"] for order in placed] == list(range(1, count + 1))
    assert {order.draft_id for order in placed} == {
        f"{process}-{number}" for process in range(processes) for number in range(orders)
    }
    assert list(check_store(store)) == []
    assert len(store.find_orders(OrderQuery(company_id="c1"), count + 1)) == count
    store.close()


def place_many(folder: Path, orders: int) -> Callable[[int], None]:
    def work(process: int) -> None:
        store = open_store(folder, AUDIT_KEY)
        for number in range(orders):
            draft_id = f"{process}-{number}"
            first = store.place(ID, draft_id, decide(draft_id))
            again = store.place(ID, draft_id, decide("never asked"))
            assert not first.already
            assert again == (first.order, True)
            found = store.find_orders(OrderQuery(reference=f"reference {draft_id}"), 2)
            assert found == [first.order]
        store.close()

    return work


def test_orders_of_many_processes_on_one_system_add_up(folder: Path) -> None:
    open_store(folder, AUDIT_KEY).add_systems([system()])
    in_processes(PROCESSES, place_many(folder, ORDERS))
    check_orders(folder, PROCESSES, ORDERS)


@pytest.mark.long
def test_orders_of_sixteen_processes_add_up(folder: Path) -> None:
    open_store(folder, AUDIT_KEY, lock_seconds=60).add_systems([system()])
    in_processes(16, place_many(folder, 250))
    check_orders(folder, 16, 250)


def test_one_draft_in_many_processes_is_one_order(folder: Path) -> None:
    open_store(folder, AUDIT_KEY).add_systems([system()])
    in_processes(PROCESSES, lambda _: _place_again(folder, [f"d{number}" for number in range(10)]))
    now = open_store(folder, AUDIT_KEY).system(ID)
    assert now is not None
    assert sorted(order.draft_id for order in now.orders) == [f"d{number}" for number in range(10)]


def _place_again(folder: Path, drafts: list[str]) -> None:
    store = open_store(folder, AUDIT_KEY)
    for draft_id in drafts:
        store.place(ID, draft_id, decide(draft_id))


def test_orders_on_different_systems_share_a_whole_journal(folder: Path) -> None:
    ids = [f"{number:013X}" for number in range(PROCESSES)]
    open_store(folder, AUDIT_KEY).add_systems(system(each) for each in ids)

    def work(process: int) -> None:
        store = open_store(folder, AUDIT_KEY)
        for number in range(ORDERS):
            draft_id = f"{process}-{number}"
            store.place(system(ids[process]).equipment_id, draft_id, decide(draft_id))
            store.record(EventName.SIGN_OUT, f"c1/{process}")

    in_processes(PROCESSES, work)
    store = open_store(folder, AUDIT_KEY)
    assert list(verify_chain(store.folder.journal)) == []
    assert len(list(store.events())) == 2 * PROCESSES * ORDERS
    assert list(check_store(store)) == []


def test_changes_of_one_user_in_many_processes_all_count(folder: Path) -> None:
    open_store(folder, AUDIT_KEY).add_user(user())

    def fail(found: User) -> User:
        return msgspec.structs.replace(found, failures=found.failures + 1)

    def work(process: int) -> None:
        store = open_store(folder, AUDIT_KEY)
        for _ in range(10):
            store.change_user("c1", "jsmith", fail)

    in_processes(PROCESSES, work)
    found = open_store(folder, AUDIT_KEY).user("c1", "jsmith")
    assert found is not None
    assert found.failures == PROCESSES * 10


def test_a_login_is_taken_by_one_process_only(folder: Path, tmp_path: Path) -> None:
    def work(process: int) -> None:
        try:
            open_store(folder, AUDIT_KEY).add_user(user())
        except NameTaken:
            (tmp_path / f"refused-{process}").touch()

    in_processes(PROCESSES, work)
    assert len(list(tmp_path.glob("refused-*"))) == PROCESSES - 1


def test_two_imports_at_once_are_one_after_the_other(folder: Path) -> None:
    def work(process: int) -> None:
        store = open_store(folder, AUDIT_KEY)
        store.add_systems(system(f"{process * 1000 + number:013X}") for number in range(50))

    in_processes(4, work)
    assert open_store(folder, AUDIT_KEY).system_count() == 200


def test_a_held_lock_is_said_with_its_holder(folder: Path) -> None:
    with held_by_another(folder) as holder:
        store = open_store(folder, AUDIT_KEY, lock_seconds=0.2)
        begun = time.monotonic()
        with pytest.raises(StoreBusy) as caught:
            store.place(ID, "d1", decide("d1"))
        waited = time.monotonic() - begun
        assert 0.2 <= waited < 1
        assert (caught.value.what, caught.value.holder) == (ID, holder.pid)
        assert store.system(ID) == system()  # readers wait for nobody


def test_a_killed_holder_frees_its_lock_at_once(folder: Path) -> None:
    with held_by_another(folder) as holder:
        holder.kill()
        holder.join(10)
        begun = time.monotonic()
        open_store(folder, AUDIT_KEY).place(ID, "d1", decide("d1"))
        assert time.monotonic() - begun < 1


class held_by_another:  # noqa: N801 - reads as the function it would be
    """A process that holds the lock of the system, as one that hangs in the middle would."""

    def __init__(self, folder: Path) -> None:
        self._store = open_store(folder, AUDIT_KEY)
        self._store.add_systems([system()])
        self._ready = _START.Event()
        self._process = _START.Process(target=self._hold)

    def _hold(self) -> None:
        with self._store.folder.locks.held(hashed_place(ID), ID):
            self._ready.set()
            signal.pause()

    def __enter__(self) -> multiprocessing.context.ForkProcess:
        self._process.start()
        assert self._ready.wait(30)
        return self._process

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.join(10)


def test_threads_of_one_process_exclude_each_other(folder: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    store = open_store(folder, AUDIT_KEY)
    store.add_systems([system()])
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: store.place(ID, f"d{n}", decide(f"d{n}")), range(60)))
    now = store.system(ID)
    assert now is not None
    assert [order.inventory["sip-trunk"] for order in now.orders] == list(range(1, 61))
    assert len(list(Path(f"/proc/{os.getpid()}/fd").iterdir())) < 50


@pytest.mark.parametrize("known", [True, False])
def test_one_system_that_many_want_to_move_goes_to_one_of_them(
    folder: Path, *, known: bool
) -> None:
    """Each to hardware of his own: one wins, and exactly one system has what there was. Hardware
    that would have become known with a move that was not made stays unknown."""
    targets = [EquipmentId(f"03FFFF0400{number:03X}") for number in range(PROCESSES)]
    store = open_store(folder, AUDIT_KEY)
    store.add_systems([system(), *(map(system, targets) if known else ())])
    store.place(ID, "first", decide("first"))

    def move(process: int) -> None:
        own, to = open_store(folder, AUDIT_KEY), targets[process]
        with suppress(SystemMoved):
            own.transact(ID, to, f"move-{process}", both_sides, None if known else system(to))
        own.close()

    in_processes(PROCESSES, move)
    held = [each.equipment_id for each in store.systems() if each.inventory]
    gone = store.system(ID)
    assert gone is not None
    assert held == [gone.moved_to]
    assert store.system_count() == (1 + PROCESSES if known else 2)
    assert list(check_store(store)) == []
    store.close()


def test_hardware_that_is_added_while_a_move_makes_it_known(folder: Path) -> None:
    """Either it was there for the move, or it is known when it is added; never both, and what was
    moved to it stays."""
    store, to = open_store(folder, AUDIT_KEY), EquipmentId("03FFFF0400000")
    store.add_systems([system()])
    store.place(ID, "first", decide("first"))

    def move_or_add(process: int) -> None:
        own = open_store(folder, AUDIT_KEY)
        with suppress(SystemMoved, SystemKnown):
            if process % 2:
                own.add_systems([system(to)])
            else:
                own.transact(ID, to, "move-0", both_sides, system(to))
        own.close()

    in_processes(PROCESSES, move_or_add)
    held = [each.equipment_id for each in store.systems() if each.inventory]
    assert held == [to]
    assert list(check_store(store)) == []
    store.close()


def both_sides(source: System, target: System) -> tuple[Order, Order]:
    source.require_open()
    request = f"move-{int(target.equipment_id[-3:], 16)}"
    gone = {"kind": OrderKind.MOVE_OUT, "inventory": {}, "other_id": target.equipment_id}
    come = {"kind": OrderKind.MOVE_IN, "inventory": source.inventory}
    return order(source, request, **gone), order(
        target, request, other_id=source.equipment_id, **come
    )
