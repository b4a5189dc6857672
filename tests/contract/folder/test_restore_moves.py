"""Systems of a move that are put back from a backup: no order is called lost that the other system
carries, and no sound document is replaced because of another that is not."""

from __future__ import annotations

import errno
import shutil
from functools import partial
from pathlib import Path

import pytest

from engine.audit import EventName
from engine.errors import PortalError
from engine.files.system_calls import SystemCalls
from engine.keys.folder import KeysFolder
from engine.licences.system import EquipmentId
from engine.store.folder.documents import commit, open_document
from engine.store.folder.paths import Paths
from engine.store.folder.two_systems import await_order
from engine.store.folder.upkeep.restore_damaged import restore_damaged
from tests.contract.folder.faults import KILLED, Faulty, in_child
from tests.contract.folder.test_backup import IDS, Site, move, site, state  # noqa: F401
from tests.contract.values import ID, decide

FROM, TO = ID, EquipmentId(IDS[3])
"""Of all that the store has, one with orders and one without."""
REQUEST = f"from {FROM}"


def move_it(site: Site, *, half: bool) -> None:  # noqa: F811
    """`half`: killed right after the commit, so that the target still awaits its order."""
    store = site.open()
    store.transact(FROM, TO, REQUEST, move)
    if half:
        database = open_document(store.folder.calls, store.folder.paths.system(TO))
        database.own("orders").drop(f"{TO}-0001")
        await_order(database, TO, FROM, REQUEST)
        commit(database)
    store.close()


def damage(site: Site, equipment_id: str) -> Path:  # noqa: F811
    path = Path(Paths(site.store).system(equipment_id))
    path.write_bytes(path.read_bytes()[:-9])
    return path


@pytest.mark.parametrize("half", [True, False], ids=["half", "whole"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_the_new_hardware_gets_its_order_from_the_old(site: Site, when: str, *, half: bool) -> None:  # noqa: F811
    backup = site.back_up("before.tar.gz")
    move_it(site, half=half)
    if when == "after":
        backup = site.back_up("after.tar.gz")
    moved = state(site)[:-1]
    for _ in range(2):  # a repair of what was repaired finds it, too
        path = damage(site, TO)
        restored = site.repair(backup)
        assert restored.files == (str(path),)
        assert restored.lost == ()
        assert state(site)[:-1] == moved
        assert site.findings() == []
    store = site.open()
    assert store.transact(FROM, TO, REQUEST, move).already
    assert store.place(TO, "then", decide("then")).order.number == f"{TO}-0002"
    store.close()
    assert site.findings() == []


def test_orders_after_the_move_are_lost_all_the_same(site: Site) -> None:  # noqa: F811
    backup = site.back_up()
    move_it(site, half=False)
    store = site.open()
    store.place(TO, "then", decide("then"))
    store.close()
    damage(site, TO)
    assert [lost.number for lost in site.repair(backup).lost] == [f"{TO}-0002"]
    store = site.open()
    system = store.system(TO)
    assert system is not None
    assert [order.number for order in system.orders] == [f"{TO}-0001"]
    store.close()


def test_a_target_is_sound_while_its_source_is_not(site: Site) -> None:  # noqa: F811
    move_it(site, half=True)
    backup = site.back_up()
    moved = state(site)[:-1]
    path = damage(site, FROM)
    restored = site.repair(backup)
    assert (restored.files, restored.lost) == ((str(path),), ())
    assert state(site)[:-1] == moved
    store = site.open()
    lines = [line for line in store.events() if line.event == EventName.SYSTEM_RESTORE]
    assert [line.details["equipment_id"] for line in lines] == [FROM]
    store.close()


def test_both_sides_come_back_from_a_backup_that_knows_the_move(site: Site) -> None:  # noqa: F811
    move_it(site, half=True)
    backup = site.back_up()
    moved = state(site)[:-1]
    paths = {str(damage(site, FROM)), str(damage(site, TO))}
    restored = site.repair(backup)
    assert (set(restored.files), restored.lost) == (paths, ())
    assert state(site)[:-1] == moved
    assert site.findings() == []


def test_both_sides_come_back_from_a_backup_that_does_not(site: Site) -> None:  # noqa: F811
    """Then both orders are lost, and the licences are where they were."""
    before = state(site)[:-1]
    backup = site.back_up()
    move_it(site, half=True)
    damage(site, FROM)
    damage(site, TO)
    restored = site.repair(backup)
    assert {lost.number for lost in restored.lost} == {f"{FROM}-0009", f"{TO}-0001"}
    after = state(site)[:-1]
    assert len(before) == len(after)
    store = site.open()
    one, other = store.system(FROM), store.system(TO)
    assert one is not None
    assert other is not None
    assert one.inventory
    assert not other.inventory
    store.close()


def test_a_repair_that_is_cut_short_anywhere_calls_nothing_lost(site: Site) -> None:  # noqa: F811
    backup = site.back_up()
    move_it(site, half=False)
    moved = state(site)[:-1]
    damage(site, TO)
    kept = site.folder.with_name("kept")
    shutil.copytree(site.folder, kept)

    def repair(calls: SystemCalls) -> None:
        store = site.open_with(calls)
        try:
            restore_damaged(store, KeysFolder(site.keys), backup, "unix:desk")
        finally:
            store.close()

    calls = Faulty()
    site.open_with(calls).close()
    begin, calls = calls.count, Faulty()
    repair(calls)
    said = set()
    for place in range(begin + 1, calls.count + 1):
        for fault in (None, errno.ENOSPC):
            shutil.rmtree(site.folder)
            shutil.copytree(kept, site.folder)
            if fault is None:
                assert in_child(partial(repair, Faulty(place))) == KILLED
            else:
                try:
                    repair(Faulty(place, fault))
                except PortalError as error:
                    said.add(error.code)
            assert site.repair(backup).lost == (), place
            assert state(site)[:-1] == moved, place
    assert {"Unfinished", "WriteFailed"} <= said
