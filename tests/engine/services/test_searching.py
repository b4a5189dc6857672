"""Searching: what a system has, its keycodes, and whether one is right."""

from __future__ import annotations

import pytest

from engine.errors import EquipmentIdMalformed, OrderUnknown
from engine.keycode.codec import grouped
from engine.keycode.verifying import Outcome
from engine.services.ports import OrderQuery
from tests.engine.services.house import EMPTY_ID, GUIDE_ID, NEXSPAN_ID, FakeClock, House
from tests.engine.trade import EARLIER


def test_the_guides_system(each_house: House, clock: FakeClock) -> None:
    session = each_house.sign_in()
    record = each_house.searching.by_equipment_id(session, "03ff-ff03 02ad4")
    (order,) = record.orders
    assert (record.product.name, record.system.release) == ("Aastra 5000", "R5.1")
    assert f"{order.placed_at:%Y%m%d}" == "20080814"
    assert order.inventory == EARLIER
    assert (order.keycode or "").startswith("442ZP5M1V51")
    placed = each_house.ordering.place(session, each_house.draft()).order
    record = each_house.searching.by_equipment_id(session, GUIDE_ID)
    assert record.orders == (placed, order)


def test_a_system_without_orders(house: House) -> None:
    record = house.searching.by_equipment_id(house.sign_in(), EMPTY_ID)
    assert (record.orders, record.function_keycodes, record.system.inventory) == ((), (), {})


def test_what_is_no_equipment_id(house: House) -> None:
    with pytest.raises(EquipmentIdMalformed):
        house.searching.by_equipment_id(house.sign_in(), "03FFFF0302AD")


@pytest.mark.parametrize(
    "query",
    [
        OrderQuery(reference=" 2125469-65891\u200b"),
        OrderQuery(licensee="smi"),
        OrderQuery(licensee="JOHN \x1bSMITH"),
        OrderQuery(reference="2125469-65891", licensee="John"),
    ],
)
def test_orders_are_found_as_people_type(each_house: House, query: OrderQuery) -> None:
    session = each_house.sign_in()
    placed = each_house.ordering.place(session, each_house.draft()).order
    assert each_house.searching.orders(session, query, 5) == [placed]


def test_a_keycode_is_found_as_it_is_shown_and_spelled(each_house: House) -> None:
    session = each_house.sign_in()
    placed = each_house.ordering.place(session, each_house.draft()).order
    code = placed.keycode or ""
    for typed in (code, grouped(code), code.lower(), f" {'-'.join(code)}. "):
        found = each_house.searching.orders(session, OrderQuery(keycode=typed), 5)
        assert found == [placed], typed
    nexspan = each_house.searching.by_equipment_id(session, NEXSPAN_ID).orders[0]
    typed = grouped(nexspan.function_keycodes[1].keycode)
    assert each_house.searching.orders(session, OrderQuery(keycode=typed), 5) == [nexspan]


def test_an_order_by_its_number(each_house: House) -> None:
    session = each_house.sign_in()
    placed = each_house.ordering.place(session, each_house.draft()).order
    record, order = each_house.searching.order(session, f"{GUIDE_ID.lower()}-0002")
    assert (order, record.system.equipment_id) == (placed, GUIDE_ID)


@pytest.mark.parametrize(
    "number",
    ["", "-", GUIDE_ID, f"{GUIDE_ID}-0003", f"{GUIDE_ID}-1", f"{GUIDE_ID}-", "0123456789ABC-0001"],
)
def test_no_such_order(house: House, number: str) -> None:
    with pytest.raises(OrderUnknown) as caught:
        house.searching.order(house.sign_in(), number)
    assert caught.value.number == number


def test_a_keycode_is_checked(each_house: House) -> None:
    session, searching = each_house.sign_in(), each_house.searching
    earlier = searching.by_equipment_id(session, GUIDE_ID).orders[0].keycode or ""
    check = searching.check(session, GUIDE_ID, grouped(earlier))
    assert (check.verdict.outcome, check.superseded, check.suggestion) == (
        Outcome.VALID,
        False,
        None,
    )
    current = each_house.ordering.place(session, each_house.draft()).order.keycode or ""
    assert searching.check(session, GUIDE_ID, earlier).superseded
    assert not searching.check(session, GUIDE_ID, current).superseded
    assert searching.check(session, EMPTY_ID, current).verdict.outcome is Outcome.OTHER_SYSTEM
    assert searching.check(session, GUIDE_ID, "").verdict.outcome is Outcome.MALFORMED
    mistyped = current[:-1] + ("0" if current[-1] != "0" else "1")
    suggestion = searching.check(session, GUIDE_ID, mistyped).suggestion
    assert suggestion is not None
    assert suggestion.keycode == current


def test_a_function_keycode_is_never_superseded(house: House) -> None:
    session = house.sign_in()
    first = house.searching.by_equipment_id(session, NEXSPAN_ID).function_keycodes[0].keycode
    house.ordering.place(session, house.draft(NEXSPAN_ID, quantities={"BHW0901A": "1"}))
    check = house.searching.check(session, NEXSPAN_ID, first)
    assert (check.verdict.valid, check.superseded) == (True, False)


def test_an_export_has_the_portals_name(each_house: House, clock: FakeClock) -> None:
    session = each_house.sign_in()
    order = each_house.ordering.place(session, each_house.draft(reference="../../x")).order
    first = each_house.exporting.export(session, order, "text")
    second = each_house.exporting.export(session, order, "text")
    assert [path.rpartition("/")[2] for path in (first, second)] == [
        f"{GUIDE_ID}-0002_20261124.txt",
        f"{GUIDE_ID}-0002_20261124-2.txt",
    ]
