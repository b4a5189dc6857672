"""Searching: what a system has, its keycodes, and whether one is right."""

from __future__ import annotations

import pytest

from engine.accounts.people import Role
from engine.errors import EquipmentIdMalformed, OrderUnknown
from engine.keycode.codec import grouped
from engine.licences.system import EquipmentId
from engine.licences.verdict import Verdict
from engine.ports import OrderQuery
from tests.engine.services.house import House
from tests.support.clock import Clock
from tests.support.guide import EARLIER, FOREIGN, FRESH, NEXSPAN, SYSTEM


def test_the_guides_system(each_house: House, clock: Clock) -> None:
    session = each_house.sign_in()
    record = each_house.searching.by_equipment_id(session, "03ff-ff03 02ad4")
    (order,) = record.orders
    assert (record.product.name, record.system.release) == ("Aastra 5000", "R5.1")
    assert f"{order.placed_at:%Y%m%d}" == "20080814"
    assert order.inventory == EARLIER
    assert (order.keycode or "").startswith("442ZP5M1V51")
    placed = each_house.ordering.place(session, each_house.draft()).order
    record = each_house.searching.by_equipment_id(session, SYSTEM)
    assert record.orders == (placed, order)


def test_a_system_without_orders(house: House) -> None:
    record = house.searching.by_equipment_id(house.sign_in(), FRESH)
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
    nexspan = each_house.searching.by_equipment_id(session, NEXSPAN).orders[0]
    typed = grouped(nexspan.function_keycodes[1].keycode)
    assert each_house.searching.orders(session, OrderQuery(keycode=typed), 5) == [nexspan]


LICENSEE = "Öztürk\u00a0& Söhne \u2013 L\u2019Oréal Télécom, Groß\u00adıŞ Łódź"


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "telecom",
            "Télécom",
            "TE\u0301LE\u0301COM",
            "L'Oreal",
            "l\u2019oréal",
            "ozturk",
            "ÖZTÜRK",
        ),
        *("sohne", "gross", "GROSS", "Lodz", "sohne - l'oreal", "& söhne", "ıs", "IS"),
    ],
)
def test_who_was_typed_with_other_letters_is_found_and_erased(
    each_house: House, typed: str
) -> None:
    session = each_house.sign_in()
    order = each_house.ordering.place(session, each_house.draft(licensee=LICENSEE)).order
    assert each_house.searching.orders(session, OrderQuery(licensee=typed), 5) == [order]
    assert each_house.erasing.erase_licensee(typed, "desk").orders == 0  # only a part of the name
    whole = "ozturk & sohne - l'oreal telecom, grossis lodz"
    assert each_house.erasing.erase_licensee(whole, "desk").orders == 1
    assert each_house.searching.orders(session, OrderQuery(licensee=typed), 5) == []


@pytest.mark.parametrize(
    "typed", ["po-47 11 é", "PO\u201147\u00a011 E\u0301", " PO\u201347\u202f11  É "]
)
def test_a_reference_is_found_however_its_spaces_and_hyphens_are_typed(
    each_house: House, typed: str
) -> None:
    session = each_house.sign_in()
    draft = each_house.draft(reference="PO\u201147\u00a011 É")
    order = each_house.ordering.place(session, draft).order
    assert each_house.searching.orders(session, OrderQuery(reference=typed), 5) == [order]
    assert each_house.ordering.earlier_order(session, typed) == order


def test_an_order_by_its_number(each_house: House) -> None:
    session = each_house.sign_in()
    placed = each_house.ordering.place(session, each_house.draft()).order
    record, order = each_house.searching.order(session, f"{SYSTEM.lower()}-0002")
    assert (order, record.system.equipment_id) == (placed, SYSTEM)


@pytest.mark.parametrize(
    "number",
    ["", "-", SYSTEM, f"{SYSTEM}-0003", f"{SYSTEM}-1", f"{SYSTEM}-", "0123456789ABC-0001"],
)
def test_no_such_order(house: House, number: str) -> None:
    with pytest.raises(OrderUnknown) as caught:
        house.searching.order(house.sign_in(), number)
    assert caught.value.number == number


def test_a_keycode_is_checked(each_house: House) -> None:
    session, searching = each_house.sign_in(), each_house.searching
    first = searching.by_equipment_id(session, SYSTEM).orders[0]
    earlier = first.keycode or ""
    check = each_house.checking.check(session, SYSTEM, grouped(earlier))
    assert check.verdict is Verdict.CURRENT
    assert (check.issued, check.current, check.suggestion) == (first, None, None)
    placed = each_house.ordering.place(session, each_house.draft()).order
    current = placed.keycode or ""
    check = each_house.checking.check(session, SYSTEM, earlier)
    assert (check.superseded, check.issued, check.current) == (True, first, placed)
    check = each_house.checking.check(session, SYSTEM, current)
    assert (check.superseded, check.issued, check.current) == (False, placed, None)
    assert each_house.checking.check(session, SYSTEM, "").verdict is Verdict.MALFORMED
    mistyped = current[:-1] + ("0" if current[-1] != "0" else "1")
    check = each_house.checking.check(session, SYSTEM, mistyped)
    assert (check.verdict, check.issued, check.current) == (Verdict.MISTYPED, placed, None)
    assert check.suggestion is not None
    assert check.suggestion.keycode == current


def test_the_keycode_of_another_system_is_said_to_be_that_ones_only_to_its_company(
    each_house: House,
) -> None:
    session, searching = each_house.sign_in(), each_house.searching
    own = searching.by_equipment_id(session, SYSTEM).orders[0]
    check = each_house.checking.check(session, FRESH, own.keycode or "")
    assert (check.verdict, check.issued) == (Verdict.OTHER_SYSTEM, own)
    system = each_house.store.system(EquipmentId(FOREIGN))
    assert system is not None
    foreign = system.orders[0]
    check = each_house.checking.check(session, FRESH, foreign.keycode or "")
    assert (check.verdict, check.issued) == (Verdict.OTHER_SYSTEM, None)
    desk = each_house.session_as(Role.AUDITOR)
    assert each_house.checking.check(desk, FRESH, foreign.keycode or "").issued == foreign


def test_a_function_keycode_is_never_superseded(house: House) -> None:
    session = house.sign_in()
    first = house.searching.by_equipment_id(session, NEXSPAN).function_keycodes[0].keycode
    house.ordering.place(session, house.draft(NEXSPAN, quantities={"BHW0901A": "1"}))
    check = house.checking.check(session, NEXSPAN, first)
    assert (check.valid, check.superseded) == (True, False)


def test_an_export_has_the_portals_name(each_house: House, clock: Clock) -> None:
    session = each_house.sign_in()
    order = each_house.ordering.place(session, each_house.draft(reference="../../x")).order
    first = each_house.exporting.export(session, order, "text")
    second = each_house.exporting.export(session, order, "text")
    assert [path.rpartition("/")[2] for path in (first, second)] == [
        f"{SYSTEM}-0002_20261124.txt",
        f"{SYSTEM}-0002_20261124-2.txt",
    ]
