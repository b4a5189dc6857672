"""A system's licences go to other hardware: who may, where to, and that one system holds them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.accounts.people import Role
from engine.audit import EventName
from engine.errors import (
    ChangeRefused,
    EquipmentIdMalformed,
    MovesUsedUp,
    NothingOwned,
    SystemMoved,
    TargetUnusable,
)
from engine.licences.moves import near
from engine.licences.order import OrderKind
from engine.licences.system import EquipmentId, System
from engine.licences.verdict import Verdict
from tests.engine.services.house import House
from tests.support.guide import EARLIER, FOREIGN, NEXSPAN, SYSTEM

NEW, NEXT, THIRD = "03FFFF0302AFE", "03FFFF0302AFD", "03FFFF0302AFC"


def system(house: House, equipment_id: str) -> System:
    found = house.store.system(EquipmentId(equipment_id))
    assert found is not None
    return found


def test_everything_goes_to_the_new_hardware_with_a_keycode_of_its_own(each_house: House) -> None:
    house, admin = each_house, each_house.session_as(Role.COMPANY_ADMIN)
    old = system(house, SYSTEM).orders[-1]
    plan = house.moving.plan_move(admin, SYSTEM, NEW)
    assert (plan.before, plan.after, plan.other_id) == (EARLIER, {}, NEW)
    request = house.changing.said(reason="failed-hardware", note="lightning", proof=" RMA-1 ")
    placement = house.moving.move(admin, SYSTEM, NEW.lower(), request)
    order = placement.order
    assert (order.equipment_id, order.kind, order.other_id) == (NEW, OrderKind.MOVE_IN, SYSTEM)
    assert (order.inventory, order.proof, order.note) == (EARLIER, "RMA-1", "lightning")
    gone, come = system(house, SYSTEM), system(house, NEW)
    assert (gone.inventory, gone.moved_to, come.inventory) == ({}, NEW, EARLIER)
    assert (come.release, come.company_id) == (gone.release, gone.company_id)
    # The old code, typed for the new hardware, leads to the one to enter.
    check = house.checking.check(admin, NEW, old.keycode or "")
    assert (check.verdict, check.valid, check.issued) == (Verdict.REPLACED_HARDWARE, False, old)
    assert check.current == order
    # … and for the old hardware to the one for nothing.
    check = house.checking.check(admin, SYSTEM, old.keycode or "")
    assert (check.verdict, check.current) == (Verdict.SUPERSEDED, gone.orders[-1])
    assert house.checking.check(admin, NEW, order.keycode or "").verdict is Verdict.CURRENT
    # Orders go on with the new hardware only.
    with pytest.raises(SystemMoved):
        house.ordering.place(admin, house.draft())
    house.ordering.place(admin, house.draft(NEW))


def test_asked_again_the_move_is_the_same_one(each_house: House) -> None:
    house, admin = each_house, each_house.session_as(Role.COMPANY_ADMIN)
    request = house.changing.said(reason="relocation")
    first = house.moving.move(admin, SYSTEM, NEW, request)
    assert house.moving.move(admin, SYSTEM, NEW, request) == first._replace(already=True)
    with pytest.raises(SystemMoved) as caught:
        house.moving.move(admin, SYSTEM, NEXT, house.changing.said(reason="relocation"))
    assert caught.value.other_id == NEW
    assert house.store.system(EquipmentId(NEXT)) is None


def test_what_cannot_take_its_place_has_one_answer(house: House) -> None:
    desk = house.session_as(Role.LICENCE_DESK)
    with_orders = house.draft("03FFFF0302B17", "other")
    house.ordering.place(desk, with_orders)
    for target in (SYSTEM, FOREIGN, NEXSPAN, "01A0B40000D02", "03FFFF0302B17"):
        with pytest.raises(TargetUnusable):
            house.moving.plan_move(desk, SYSTEM, target)
    with pytest.raises(EquipmentIdMalformed):
        house.moving.plan_move(desk, SYSTEM, "0302AFE")
    empty = next(s for s in house.store.systems() if not s.orders and s.company_id == "demo-1")
    with pytest.raises(NothingOwned):
        house.moving.plan_move(desk, empty.equipment_id, NEW)
    with pytest.raises(ChangeRefused):
        house.changing.said(reason="other", note="x", proof="p" * 41)
    assert system(house, SYSTEM).inventory == EARLIER


def test_a_system_moves_so_often_and_the_desk_decides_then(house: House) -> None:
    admin, desk = house.session_as(Role.COMPANY_ADMIN), house.session_as(Role.LICENCE_DESK)
    for source, target in ((SYSTEM, NEW), (NEW, NEXT)):
        house.moving.move(admin, source, target, house.changing.said(reason="failed-hardware"))
    with pytest.raises(MovesUsedUp):
        house.moving.plan_move(admin, NEXT, THIRD)
    assert house.moving.plan_move(desk, NEXT, THIRD).after == {}
    old = system(house, SYSTEM).orders[0].keycode or ""
    check = house.checking.check(desk, NEXT, old)
    assert (check.verdict, check.current) == (
        Verdict.REPLACED_HARDWARE,
        system(house, NEXT).orders[-1],
    )
    house.clock.advance(days=366)
    admin.seen_at = admin.began_at = house.clock()
    assert house.moving.plan_move(admin, NEXT, THIRD).after == {}


def test_a_wrong_id_is_taken_back_by_the_desk_within_a_day(each_house: House) -> None:
    house = each_house
    admin, desk = house.session_as(Role.COMPANY_ADMIN), house.session_as(Role.LICENCE_DESK)
    house.moving.move(admin, SYSTEM, NEW, house.changing.said(reason="wrong-id"))
    with pytest.raises(TargetUnusable):
        house.moving.plan_move(admin, NEW, SYSTEM)
    kept = house.clock()
    house.clock.advance(hours=25)
    desk.seen_at = desk.began_at = house.clock()
    with pytest.raises(TargetUnusable):
        house.moving.plan_move(desk, NEW, SYSTEM)
    house.clock.advance(seconds=(kept - house.clock() + timedelta(hours=1)).total_seconds())
    desk.seen_at = desk.began_at = house.clock()
    order = house.moving.move(desk, NEW, SYSTEM, house.changing.said(reason="wrong-id")).order
    assert (order.equipment_id, order.inventory) == (SYSTEM, EARLIER)
    assert system(house, NEW).moved_to == SYSTEM
    assert system(house, SYSTEM).moved_to == ""


def test_of_a_nexspan_every_function_gets_its_keycode_for_the_new_hardware(house: House) -> None:
    desk = house.session_as(Role.LICENCE_DESK)
    new = "01A0B40000CFF"
    order = house.moving.move(
        desk, NEXSPAN, new, house.changing.said(reason="hardware-upgrade")
    ).order
    assert {code.function for code in order.function_keycodes} == {*order.inventory}
    assert system(house, new).model == system(house, NEXSPAN).model
    old = system(house, NEXSPAN).orders[0].function_keycodes[0]
    check = house.checking.check(desk, new, old.keycode)
    assert (check.verdict, check.current) == (Verdict.REPLACED_HARDWARE, order)


@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        (SYSTEM, "03FFFF0302AD5", True),
        (SYSTEM, "03FFFF0302DA4", True),
        (SYSTEM, NEW, False),
        (SYSTEM, SYSTEM, False),
        (SYSTEM, "30FFFF0302AD4", True),
    ],
)
def test_ids_that_are_nearly_the_same(one: str, other: str, *, is_near: bool) -> None:
    assert near(one, other) is is_near


def test_two_who_move_one_system_at_once_one_wins(house: House) -> None:
    """The second was told what it would be before the first did it."""
    desk = house.session_as(Role.LICENCE_DESK)
    real = house.store.transact

    def meanwhile(*arguments: object, **named: object) -> object:
        house.store.transact = real  # type: ignore[method-assign]
        house.moving.move(desk, SYSTEM, NEXT, house.changing.said(reason="relocation"))
        return real(*arguments, **named)  # type: ignore[arg-type]

    house.store.transact = meanwhile  # type: ignore[assignment, method-assign]
    with pytest.raises(SystemMoved) as caught:
        house.moving.move(desk, SYSTEM, NEW, house.changing.said(reason="relocation"))
    assert caught.value.other_id == NEXT
    assert house.store.system(EquipmentId(NEW)) is None  # a move that was not made adds nothing
    added = [line for line in house.store.events() if line.event == EventName.SYSTEM_ADD]
    assert [line.details["equipment_id"] for line in added] == [NEXT]
    assert added[0].who == desk.who
    assert system(house, NEXT).inventory == EARLIER


def test_an_unfinished_order_for_hardware_that_is_given_up_is_closed(house: House) -> None:
    session = house.sign_in()
    house.ordering.keep(session, house.draft(SYSTEM, "unfinished"))
    house.ordering.keep(session, house.draft("03FFFF0302B17", "other"))
    desk = house.session_as(Role.LICENCE_DESK)
    house.moving.move(desk, SYSTEM, NEW, house.changing.said(reason="failed-hardware"))
    assert [draft.draft_id for draft in house.ordering.unfinished(session)] == ["other"]
    assert [
        why.other_id for why in house.ordering.closed(session) if isinstance(why, SystemMoved)
    ] == [NEW]
    assert house.ordering.closed(session) == []
