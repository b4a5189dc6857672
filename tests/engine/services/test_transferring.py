"""A system goes to another company: what each of the two sees then."""

from __future__ import annotations

import pytest

from engine.accounts.people import Role
from engine.errors import (
    ChangeRefused,
    CompanyHasIt,
    CompanyUnknown,
    NotAllowed,
    OrderUnknown,
    SystemMoved,
    SystemTransferred,
    SystemUnknown,
)
from engine.licences.order import OrderKind
from engine.licences.verdict import Verdict
from engine.ports import OrderQuery
from engine.services.access import Session
from engine.services.same_orders import identified
from engine.services.transferring import REASONS
from tests.engine.services.house import OTHER, OWN, House
from tests.support.guide import EARLIER, ITEMS, SYSTEM


@pytest.fixture
def house(each_house: House) -> House:
    """With an order of ours for the system that goes."""
    each_house.ordering.place(each_house.sign_in(), each_house.draft(SYSTEM))
    return each_house


def give(house: House, company: str = OTHER, equipment_id: str = SYSTEM) -> Session:
    """Transfer a system; answers the licence desk's session."""
    desk = house.signing_in.at_the_desk("root")
    said = house.changing.said(
        reason="reseller-change", note="from January", proof="C-7", reasons=REASONS
    )
    house.transferring.transfer(desk, equipment_id, company, said)
    return desk


def test_all_it_has_stays_and_so_does_its_keycode(house: House) -> None:
    desk = house.signing_in.at_the_desk("root")
    before = house.searching.by_equipment_id(desk, SYSTEM)
    plan = house.transferring.plan_transfer(desk, SYSTEM, "other telecom")
    assert (plan.company_name, bool(plan.changes), bool(plan.total)) == (OTHER, True, False)
    assert all(change.before == change.after for change in plan.changes)
    give(house)
    after = house.searching.by_equipment_id(desk, SYSTEM)
    order = after.orders[0]
    assert (order.kind, order.inventory) == (OrderKind.TRANSFER, before.system.inventory)
    assert order.keycode == before.orders[0].keycode
    assert (order.reason, order.note, order.proof) == ("reseller-change", "from January", "C-7")
    assert (order.from_company, order.company_id) == (house.company_id(), house.company_id(OTHER))
    assert after.system.company_id == house.company_id(OTHER)
    assert after.orders[1:] == before.orders
    assert not after.foreign
    assert house.checking.check(desk, SYSTEM, order.keycode or "").verdict is Verdict.CURRENT


def test_the_new_company_sees_what_was_delivered_and_nobodys_terms(house: House) -> None:
    give(house)
    taker = house.sign_in("mmartin", OTHER)
    record = house.searching.by_equipment_id(taker, SYSTEM)
    assert record.foreign == {f"{SYSTEM}-0001", f"{SYSTEM}-0002"}
    assert [bool(order.keycode) for order in record.orders] == [True, True, True]
    assert record.orders[2].inventory == EARLIER
    for order in record.orders[1:]:
        terms = (order.lines, order.reference, order.licensee, order.address.name, order.placed_by)
        assert not any(terms)
    assert "2125469-65891" not in str(record)
    found = house.searching.orders(taker, OrderQuery(reference="2125469-65891"), 9)
    assert found == []
    _record, order = house.searching.order(taker, f"{SYSTEM}-0002")
    assert house.exporting.export(taker, order, "text")
    own = house.ordering.place(taker, house.draft(SYSTEM, "d2", quantities={"BHW1095A": "1"})).order
    assert own.number == f"{SYSTEM}-0004"
    assert own.company_id == house.company_id(OTHER)


def test_who_gave_it_up_sees_his_own_orders_and_is_told_where_it_went(house: House) -> None:
    session = house.sign_in()
    house.ordering.keep(session, house.draft(SYSTEM, "unfinished"))
    give(house)
    taker = house.sign_in("mmartin", OTHER)
    house.ordering.place(taker, house.draft(SYSTEM, "d2", quantities={"BHW1095A": "1"}))
    for look in (
        lambda: house.searching.by_equipment_id(session, SYSTEM),
        lambda: house.ordering.find_system(session, SYSTEM),
        lambda: house.ordering.place(session, house.draft(SYSTEM, "unfinished")),
    ):
        with pytest.raises(SystemTransferred) as caught:
            look()
        assert caught.value.at == house.clock()
    assert house.ordering.unfinished(session) == []
    assert [type(why) for why in house.ordering.closed(session)] == [SystemTransferred]
    assert house.ordering.closed(session) == []  # told once
    numbers = [order.number for order in house.ordering.latest_orders(session, 9)]
    assert f"{SYSTEM}-0002" in numbers
    assert f"{SYSTEM}-0003" not in numbers
    record, order = house.searching.order(session, f"{SYSTEM}-0002")
    assert (order.reference, [line.part for line in order.lines]) == ("2125469-65891", [*ITEMS])
    assert [each.number for each in record.orders] == [f"{SYSTEM}-0002", f"{SYSTEM}-0001"]
    assert record.system.inventory == order.inventory  # not what it has today
    assert house.exporting.export(session, order, "text")
    for number in (f"{SYSTEM}-0003", f"{SYSTEM}-0004", f"{SYSTEM}-0009"):
        with pytest.raises(OrderUnknown):
            house.searching.order(session, number)


def test_an_earlier_companys_order_is_not_recognised_in_a_new_ones(house: House) -> None:
    give(house)
    taker = house.sign_in("mmartin", OTHER)
    draft = house.draft(SYSTEM, "", quantities={"BHW1095A": "1"}, reference="2125469-65891")
    named = identified(house.ordering, taker, draft, again=False)
    assert house.ordering.place(taker, named).order.company_id == house.company_id(OTHER)
    same = house.draft(SYSTEM, "", reference="2125469-65891")
    assert identified(house.ordering, taker, same, again=False).draft_id


def test_others_learn_nothing_of_it(house: House) -> None:
    house.administration.add_company("Third Telecom", "test")
    give(house)
    house.administration.add_user(
        "Third Telecom",
        "nosy",
        last_name="No",
        first_name="Sy",
        email="nosy@example.com",
        role="order",
        password="a good long password",
        who="test",
    )
    nosy = house.sign_in("nosy", "Third Telecom", "a good long password")
    with pytest.raises(SystemUnknown) as caught:
        house.searching.by_equipment_id(nosy, SYSTEM)
    assert type(caught.value) is SystemUnknown


def test_there_and_back_again(house: House) -> None:
    give(house)
    desk = give(house, OWN)
    session = house.sign_in()
    record = house.searching.by_equipment_id(session, SYSTEM)
    assert record.system.company_id == house.company_id()
    assert record.foreign == {f"{SYSTEM}-0003"}  # what the other company was given
    assert record.orders[2].reference == "2125469-65891"
    with pytest.raises(SystemTransferred):
        house.searching.by_equipment_id(house.sign_in("mmartin", OTHER), SYSTEM)
    assert len(house.searching.by_equipment_id(desk, SYSTEM).orders) == 4


def test_asked_again_it_is_done_once(house: House) -> None:
    desk = house.signing_in.at_the_desk("root")
    said = house.changing.said(reason="merger", request_id="r1")
    first = house.transferring.transfer(desk, SYSTEM, OTHER, said)
    again = house.transferring.transfer(desk, SYSTEM, OTHER, said)
    assert again == first._replace(already=True)


def test_what_is_refused(house: House) -> None:
    desk = house.signing_in.at_the_desk("root")
    said = house.changing.said(reason="merger")
    with pytest.raises(CompanyHasIt):
        house.transferring.transfer(desk, SYSTEM, OWN, said)
    with pytest.raises(CompanyUnknown):
        house.transferring.transfer(desk, SYSTEM, "No Telecom", said)
    for reason, note in (("", ""), ("other", ""), ("relocation", "x")):
        with pytest.raises(ChangeRefused):
            house.changing.said(reason=reason, note=note, reasons=REASONS)
    admin = house.session_as(Role.COMPANY_ADMIN)
    with pytest.raises(NotAllowed):
        house.transferring.transfer(admin, SYSTEM, OTHER, said)
    move = house.changing.said(reason="failed-hardware")
    house.moving.move(desk, SYSTEM, "03FFFF0302AFE", move)
    with pytest.raises(SystemMoved):
        house.transferring.transfer(desk, SYSTEM, OTHER, said)


def test_a_system_without_orders_gets_its_first(house: House) -> None:
    empty = "03FFFF0302B17"
    desk = give(house, OTHER, empty)
    record = house.searching.by_equipment_id(desk, empty)
    assert record.system.company_id == house.company_id(OTHER)
    check = house.checking.check(desk, empty, record.orders[0].keycode or "")
    assert check.verdict is Verdict.CURRENT
