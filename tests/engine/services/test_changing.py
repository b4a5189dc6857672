"""Upgrades and corrections: what they cost and give, who may; asked again, nothing happens."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from engine.accounts.people import Role
from engine.catalogue.product import Catalogue
from engine.errors import (
    CorrectionUpwards,
    DraftPlaced,
    FieldRequired,
    FieldTooLong,
    FunctionVanishes,
    ItemNotOrdered,
    NotAllowed,
    NotCorrectable,
    NothingCorrected,
    NothingOwned,
    OrderRefused,
    QuantityMalformed,
    ReasonRequired,
    ReasonUnknown,
    ReleaseNotLater,
)
from engine.licences.order import OrderKind
from engine.licences.plans import Said, plan_upgrade
from engine.licences.soundness import Examiner
from engine.licences.system import System
from engine.licences.verdict import Verdict
from tests.engine.services.house import RING, House
from tests.engine.trade import AASTRA, CATALOGUE
from tests.support.guide import EARLIER, NEXSPAN, SYSTEM

FIRST = f"{SYSTEM}-0001"


def system_of(house: House, equipment_id: str = SYSTEM) -> System:
    return house.searching.by_equipment_id(house.sign_in(), equipment_id).system


def sound(house: House) -> None:
    """`check` finds nothing."""
    examine = Examiner(CATALOGUE, RING, [c.company_id for c in house.store.companies()])
    for system in house.store.systems():
        orders = (*house.store.older_orders(system), *system.orders)
        assert list(examine(system, orders)) == []


def test_an_upgrade_keeps_the_inventory_and_gives_a_keycode_for_the_release(
    each_house: House,
) -> None:
    house, session = each_house, each_house.sign_in()
    old = system_of(house)
    plan = house.changing.plan_upgrade(session, SYSTEM, "R5.2")
    assert (plan.total, plan.before, plan.after) == (Decimal("350.00"), EARLIER, EARLIER)
    placed = house.changing.upgrade(
        session, SYSTEM, "R5.2", house.changing.said(reference=" 4711 ")
    )
    order, system = placed.order, system_of(house)
    assert (placed.already, order.kind, order.reference) == (False, OrderKind.UPGRADE, "4711")
    assert (system.release, system.inventory) == ("R5.2", EARLIER)
    assert order.keycode != old.orders[-1].keycode
    check = house.checking.check(session, SYSTEM, order.keycode or "")
    assert (check.verdict, check.issued) == (Verdict.CURRENT, order)
    earlier = house.checking.check(session, SYSTEM, old.orders[-1].keycode or "")
    assert (earlier.verdict, earlier.valid) == (Verdict.EARLIER_RELEASE, True)
    assert (earlier.issued, earlier.current) == (old.orders[-1], order)
    sound(house)
    # Orders go on in the new release.
    house.ordering.place(session, house.draft())
    assert system_of(house).orders[-1].release == "R5.2"
    sound(house)


def test_asked_again_the_upgrade_is_the_same_one(each_house: House) -> None:
    house, session = each_house, each_house.sign_in()
    said = house.changing.said()
    first = house.changing.upgrade(session, SYSTEM, "R5.2", said)
    again = house.changing.upgrade(session, SYSTEM, "R5.2", said)
    later = house.changing.upgrade(session, SYSTEM, "R5.2", house.changing.said())
    assert [again, later] == [first._replace(already=True)] * 2
    assert len(system_of(house).orders) == 2


def test_a_request_that_was_something_else_is_refused(each_house: House) -> None:
    house, session = each_house, each_house.sign_in()
    house.ordering.place(session, house.draft(draft_id="same"))
    with pytest.raises(DraftPlaced):
        house.changing.upgrade(session, SYSTEM, "R5.2", Said("same"))


def test_of_a_nexspan_every_function_gets_its_keycode_anew(each_house: House) -> None:
    house, desk = each_house, each_house.session_as(Role.LICENCE_DESK)
    said = house.changing.said(reason="wrong-release")
    order = house.changing.upgrade(desk, NEXSPAN, "R4.1", said, back=True).order
    system = system_of(house, NEXSPAN)
    assert {code.function for code in order.function_keycodes} == {*system.inventory}
    old = system.orders[0].function_keycodes[0]
    check = house.checking.check(desk, NEXSPAN, old.keycode)
    assert (check.verdict, check.current) == (Verdict.EARLIER_RELEASE, order)
    record = house.searching.by_equipment_id(desk, NEXSPAN)
    assert set(record.function_keycodes) == set(order.function_keycodes)
    sound(house)


def test_back_is_the_desks_and_takes_a_reason(house: House) -> None:
    session, desk = house.sign_in(), house.session_as(Role.LICENCE_DESK)
    house.changing.upgrade(session, SYSTEM, "R5.2", house.changing.said())
    with pytest.raises(NotAllowed):
        house.changing.upgrade(session, SYSTEM, "R5.1", house.changing.said(), back=True)
    for reason, note, error in (
        ("", "", FieldRequired),
        ("because", "", ReasonUnknown),
        ("other", "", ReasonRequired),
    ):
        said = house.changing.said(reason=reason, note=note)
        with pytest.raises(error):
            house.changing.upgrade(desk, SYSTEM, "R5.1", said, back=True)
    said = house.changing.said(reason="other", note="the customer would not have it")
    placed = house.changing.upgrade(desk, SYSTEM, "R5.1", said, back=True)
    assert (placed.order.total, placed.order.note) == (Decimal(0), "the customer would not have it")
    assert system_of(house).release == "R5.1"
    sound(house)


@pytest.mark.parametrize("release", ["R5.1", "R4", "", "R5.3"])
def test_only_a_later_release_is_one(house: House, release: str) -> None:
    with pytest.raises(ReleaseNotLater) as caught:
        house.changing.plan_upgrade(house.sign_in(), SYSTEM, release)
    assert (caught.value.now, caught.value.later) == ("R5.1", ("R5.2",))


def test_a_system_without_anything_is_not_upgraded(house: House) -> None:
    empty = next(s for s in house.store.systems() if not s.orders and s.company_id == "demo-1")
    with pytest.raises(NothingOwned):
        house.changing.plan_upgrade(house.sign_in(), empty.equipment_id, "R5.2")


def test_what_a_release_does_not_have_becomes_another_or_is_refused_by_name(house: House) -> None:
    key, other = [f.key for f in AASTRA.functions if f.key in EARLIER][:2]
    only = tuple(replace(f, releases=("R5.1",)) if f.key == key else f for f in AASTRA.functions)
    system = system_of(house)
    with pytest.raises(FunctionVanishes) as caught:
        plan_upgrade(replace(AASTRA, functions=only), system, "R5.2")
    assert caught.value.functions == (key,)
    heir = next(f for f in AASTRA.functions if f.key not in EARLIER and not f.is_on_off)
    becomes = tuple(replace(f, becomes=heir.key) if f.key == key else f for f in only)
    plan = plan_upgrade(replace(AASTRA, functions=becomes), system, "R5.2")
    assert plan.after == {**{k: v for k, v in EARLIER.items() if k != key}, heir.key: EARLIER[key]}
    assert other in plan.after


def test_a_correction_takes_back_what_was_too_much(each_house: House) -> None:
    house, desk = each_house, each_house.session_as(Role.LICENCE_DESK)
    house.ordering.place(desk, house.draft())  # Extended ACD, 8 and 57
    number = f"{SYSTEM}-0002"
    meant = {"BHW1063A": "0", "BHW1095A": "3", "BHW1087A": "57"}
    plan = house.changing.plan_correction(desk, number, meant)
    assert plan.total == -(1530 + 5 * 120)
    said = house.changing.said(reason="wrong-item", note="two fingers")
    order = house.changing.correct(desk, number, meant, said).order
    assert (order.kind, order.other_id, order.total) == (OrderKind.CORRECTION, number, plan.total)
    assert system_of(house).inventory == plan.after
    acd = next(i for i in AASTRA.items if i.part == "BHW1063A")
    assert not {u.function for u in acd.unlocks} & set(plan.after)
    check = house.checking.check(desk, SYSTEM, system_of(house).orders[-2].keycode or "")
    assert (check.verdict, check.current) == (Verdict.SUPERSEDED, order)
    with pytest.raises(NothingCorrected):
        house.changing.correct(desk, number, meant, house.changing.said(reason="wrong-item"))
    again = house.changing.correct(
        desk, number, {"BHW1095A": "0"}, house.changing.said(reason="cancelled")
    )
    assert again.order.total == -3 * 120
    sound(house)


def test_a_function_that_another_order_has_brought_too_stays(house: House) -> None:
    """Break-in was bought; then Extended ACD, which brings it as well."""
    desk = house.session_as(Role.LICENCE_DESK)
    house.ordering.place(desk, house.draft(draft_id="1", quantities={"BHW1064A": "1"}))
    house.ordering.place(desk, house.draft(draft_id="2", quantities={"BHW1063A": "1"}))
    said = house.changing.said(reason="cancelled")
    order = house.changing.correct(desk, f"{SYSTEM}-0003", {"BHW1063A": "0"}, said).order
    assert order.inventory == system_of(house).orders[1].inventory
    sound(house)


@pytest.mark.parametrize(
    ("number", "meant", "error"),
    [
        (FIRST, {"BHW1095A": "1"}, ItemNotOrdered),
        (FIRST, {"BHW1096A": "6"}, CorrectionUpwards),
        (FIRST, {"BHW1096A": "-1"}, QuantityMalformed),
        (FIRST, {"BHW1096A": "x"}, QuantityMalformed),
    ],
)
def test_what_is_no_correction_is_refused_at_its_item(
    house: House, number: str, meant: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(OrderRefused) as caught:
        house.changing.plan_correction(house.session_as(Role.LICENCE_DESK), number, meant)
    assert [type(problem.error) for problem in caught.value.problems] == [error]


def test_only_an_order_of_items_is_corrected(house: House) -> None:
    desk = house.session_as(Role.LICENCE_DESK)
    house.changing.upgrade(desk, SYSTEM, "R5.2", house.changing.said())
    for number in (f"{SYSTEM}-0002", f"{SYSTEM}-0009"):
        with pytest.raises(NotCorrectable):
            house.changing.plan_correction(desk, number, {"BHW1096A": "0"})
    # One of before an upgrade can be.
    assert house.changing.plan_correction(desk, FIRST, {"BHW1096A": "0"}).release == "R5.2"


def test_what_goes_with_it_is_cleaned_and_short(house: House) -> None:
    with pytest.raises(OrderRefused) as caught:
        house.changing.said(reference="x" * 41, note="n" * 81)
    assert [(p.field, type(p.error)) for p in caught.value.problems] == [
        ("order_reference", FieldTooLong),
        ("note", FieldTooLong),
    ]
    assert house.changing.said(note=" \x1b[31mred ").note == "[31mred"


def test_a_catalogue_says_what_upgrades_cost(house: House) -> None:
    free = Catalogue({"aastra5000": replace(AASTRA, upgrades=())})
    plan = plan_upgrade(free.product("aastra5000"), system_of(house), "R5.2")
    assert (plan.lines, plan.total) == ((), Decimal(0))
