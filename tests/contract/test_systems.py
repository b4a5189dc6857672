"""Systems and orders: one suite, every store."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from engine.audit import EventName
from engine.errors import NothingOrdered, SystemKnown, SystemUnknown
from engine.licences.order import Order, OrderKind
from engine.licences.system import EquipmentId, System
from engine.ports import Store
from engine.store.digests import CONTENT, PERSONAL
from tests.contract.values import ID, OTHER_ID, decide, order, system


def all_orders(store: Store, equipment_id: EquipmentId = ID) -> list[Order]:
    found = store.system(equipment_id)
    assert found is not None
    return [*store.older_orders(found), *found.orders]


def test_a_system_comes_back_as_it_was_added(store: Store) -> None:
    brought = system(orders=(order(system(), "d0"),))
    assert store.add_systems([brought, system(OTHER_ID)]) == 2
    assert store.system(ID) == brought
    assert store.system(OTHER_ID) == system(OTHER_ID)


@pytest.mark.parametrize("unknown", [OTHER_ID, "../../VERSION", "03ffff0302ad4", "", "a\0b"])
def test_an_unknown_system_is_none_and_takes_no_order(store: Store, unknown: str) -> None:
    store.add_systems([system()])
    assert store.system(EquipmentId(unknown)) is None
    with pytest.raises(SystemUnknown) as caught:
        store.place(EquipmentId(unknown), "d1", decide("d1"))
    assert caught.value.equipment_id == unknown


def test_systems_come_in_order_of_their_id_and_are_counted(store: Store) -> None:
    ids = [f"{number * 7919 % 1000:013X}" for number in range(40)]
    store.add_systems(system(each) for each in ids)
    assert [each.equipment_id for each in store.systems()] == sorted(ids)
    assert store.system_count() == 40


def test_which_of_many_systems_are_there(store: Store) -> None:
    store.add_systems([system()])
    hostile = [EquipmentId(text) for text in ("../../VERSION", "", "a\0b", "03ffff0302ad4")]
    assert store.known_ids([OTHER_ID, ID, *hostile]) == {ID}
    assert store.known_ids([]) == frozenset()


def test_adding_a_known_system_adds_none(store: Store) -> None:
    store.add_systems([system()])
    before = store.system(ID)
    with pytest.raises(SystemKnown) as caught:
        store.add_systems([system(OTHER_ID), system(company_id="c2")])
    assert caught.value.equipment_id == ID
    assert store.system(OTHER_ID) is None
    assert store.system(ID) == before
    assert store.system_count() == 1


def test_adding_a_system_twice_at_once_adds_none(store: Store) -> None:
    with pytest.raises(SystemKnown):
        store.add_systems([system(), system()])
    assert store.system(ID) is None


def test_rows_that_turn_out_wrong_add_none_and_can_be_corrected(store: Store) -> None:
    def rows() -> Iterator[System]:
        yield system()
        raise NothingOrdered

    with pytest.raises(NothingOrdered):
        store.add_systems(rows())
    assert store.system(ID) is None
    assert store.add_systems([system()]) == 1


def test_progress_ends_at_the_number_of_systems(store: Store) -> None:
    told: list[int] = []
    count = store.add_systems((system(f"{number:013X}") for number in range(1500)), told.append)
    assert count == 1500
    assert told == sorted(told)
    assert told[-1] == 1500


def test_an_order_is_there_after_it_was_placed(store: Store) -> None:
    store.add_systems([system()])
    placement = store.place(ID, "d1", decide("d1"))
    assert not placement.already
    assert all_orders(store) == [placement.order]


def test_the_same_draft_twice_is_the_same_order(store: Store) -> None:
    store.add_systems([system()])
    first = store.place(ID, "d1", decide("d1"))
    second = store.place(ID, "d1", decide("d1", reference="another"))
    assert second.already
    assert second.order == first.order
    assert all_orders(store) == [first.order]


def test_each_order_is_decided_on_what_the_system_has_now(store: Store) -> None:
    store.add_systems([system()])
    for number in range(5):
        store.place(ID, f"d{number}", decide(f"d{number}"))
    assert [each.inventory["sip-trunk"] for each in all_orders(store)] == [1, 2, 3, 4, 5]


def test_a_refusal_changes_nothing(store: Store) -> None:
    store.add_systems([system()])
    store.place(ID, "d1", decide("d1"))
    before = store.system(ID)

    def refuse(_: System) -> Order:
        raise NothingOrdered

    with pytest.raises(NothingOrdered):
        store.place(ID, "d2", refuse)
    assert store.system(ID) == before
    assert len(list(store.events())) == 1


@pytest.mark.parametrize(
    "changes", [{"draft_id": "other"}, {"equipment_id": OTHER_ID}, {"number": f"{ID}-0002"}]
)
def test_an_order_for_something_else_is_a_mistake(store: Store, changes: dict[str, str]) -> None:
    store.add_systems([system()])
    with pytest.raises(ValueError, match="asked for"):
        store.place(ID, "d1", decide("d1", **changes))
    assert all_orders(store) == []


def test_many_orders_stay_whole_and_in_order(store: Store) -> None:
    store.add_systems([system()])
    placed = [store.place(ID, f"d{n}", decide(f"d{n}")).order for n in range(420)]
    assert all_orders(store) == placed
    for number in (0, 149, 150, 419):
        again = store.place(ID, f"d{number}", decide("never asked"))
        assert again == (placed[number], True)


def test_what_was_given_and_returned_is_not_shared(store: Store) -> None:
    inventory = {"sip-trunk": 5}
    store.add_systems([system(orders=(order(system(), "d0", inventory=inventory),))])
    inventory["sip-trunk"] = 6
    returned = store.system(ID)
    assert returned is not None
    assert isinstance(returned.inventory, dict)
    returned.inventory["sip-trunk"] = 7
    again = store.system(ID)
    assert again is not None
    assert again.inventory == {"sip-trunk": 5}


def test_an_order_leaves_a_line_without_personal_data(store: Store) -> None:
    store.add_systems([system()])
    placed = store.place(ID, "d1", decide("d1", licensee="Licensee Limited")).order
    (line,) = store.events()
    assert (line.event, line.who) == ("order", "jsmith")
    # Two digests besides, which nobody can tell anything from: see `order_digest.py`.
    digests = {name: line.details.pop(name, "") for name in (CONTENT, PERSONAL)}
    assert all(re.fullmatch("([0-9a-f]{32})?", digest) for digest in digests.values())
    assert line.details == {
        "number": placed.number,
        "equipment_id": ID,
        "company_id": "c1",
        "draft_id": "d1",
    }


def test_a_system_is_changed_and_keeps_its_id_and_its_orders(store: Store) -> None:
    store.add_systems([system(), system(OTHER_ID)])
    after = store.change_system(ID, lambda found: replace(found, company_id="c2", release="R5.2"))
    assert store.system(ID) == after == replace(system(), company_id="c2", release="R5.2")
    assert store.system(OTHER_ID) == system(OTHER_ID)
    assert store.place(ID, "d1", decide("d1", release="R5.2")).order.release == "R5.2"
    for change in (
        lambda found: replace(found, equipment_id=OTHER_ID),
        lambda found: replace(found, orders=()),
    ):
        with pytest.raises(ValueError, match="keeps"):
            store.change_system(ID, change)
    with pytest.raises(SystemUnknown):
        store.change_system(EquipmentId("0123456789ABC"), lambda found: found)


def test_a_refused_change_of_a_system_changes_nothing(store: Store) -> None:
    store.add_systems([system()])

    def refuse(_found: System) -> System:
        raise NothingOrdered

    with pytest.raises(NothingOrdered):
        store.change_system(ID, refuse)
    assert store.system(ID) == system()


def test_the_target_of_a_move_becomes_known_with_its_order(store: Store) -> None:
    store.add_systems([system()])
    store.place(ID, "d1", decide("d1"))
    before = list(store.events())

    def refuse(_source: System, _target: System) -> tuple[Order, Order]:
        raise NothingOrdered

    with pytest.raises(NothingOrdered):
        store.transact(ID, OTHER_ID, "m1", refuse, system(OTHER_ID))
    with pytest.raises(SystemUnknown) as caught:
        store.transact(ID, OTHER_ID, "m1", both_sides)
    assert caught.value.equipment_id == OTHER_ID
    assert store.system(OTHER_ID) is None
    assert list(store.events()) == before
    moved = store.transact(ID, OTHER_ID, "m1", both_sides, system(OTHER_ID))
    found = store.system(OTHER_ID)
    assert found is not None
    assert (found.orders, found.company_id) == ((moved.order,), system().company_id)
    added = [line for line in store.events() if line.event == EventName.SYSTEM_ADD]
    assert [(line.who, line.details) for line in added] == [
        (moved.order.placed_by, {"equipment_id": OTHER_ID})
    ]
    again = store.transact(ID, OTHER_ID, "m1", both_sides, system(OTHER_ID))
    assert again == moved._replace(already=True)
    with pytest.raises(SystemKnown):
        store.add_systems([system(OTHER_ID)])


def both_sides(source: System, target: System) -> tuple[Order, Order]:
    gone = {"kind": OrderKind.MOVE_OUT, "inventory": {}, "other_id": target.equipment_id}
    come = {"kind": OrderKind.MOVE_IN, "inventory": source.inventory}
    return order(source, "m1", **gone), order(target, "m1", other_id=source.equipment_id, **come)
