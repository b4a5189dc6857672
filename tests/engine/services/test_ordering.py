"""Ordering: the guide's order, the Nexspan, and what others do meanwhile."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from engine.errors import (
    DraftPlaced,
    EquipmentIdMalformed,
    ItemOwned,
    OrderRefused,
    QuantityTooLarge,
    SystemUnknown,
    WriteFailed,
)
from engine.keycode.verifying import verify
from engine.licences.order import Address
from engine.licences.system import EquipmentId
from tests.engine.services.house import ADDRESS, RING, House
from tests.engine.trade import AASTRA, CATALOGUE
from tests.support.clock import Clock
from tests.support.guide import BODY, EARLIER, FRESH, NEXSPAN, ORDERED, ROWS, SYSTEM, TOTAL


def test_the_guides_order(each_house: House) -> None:
    session = each_house.sign_in()
    draft = each_house.draft()
    quote = each_house.ordering.check(session, draft)
    assert (quote.before, quote.after, quote.total) == (EARLIER, ORDERED, TOTAL)
    placement = each_house.ordering.place(session, draft)
    order = placement.order
    assert not placement.already
    assert [(line.part, line.name, line.quantity, line.unit_price) for line in order.lines] == [
        ("BHW1063A", "Extended ACD", 1, Decimal(1530)),
        ("BHW1095A", "SIP trunk", 8, Decimal(120)),
        ("BHW1087A", "Aastra mobile IP", 57, Decimal(65)),
    ]
    rows = [(AASTRA.function(key).name.en, n) for key, n in order.inventory.items()]
    assert rows == ROWS
    assert order.keycode is not None
    assert order.keycode.startswith(BODY)
    assert verify(order.keycode, CATALOGUE, RING, SYSTEM, "R5.1").genuine
    assert (order.reference, order.licensee, order.address) == (
        "2125469-65891",
        "John Smith",
        ADDRESS,
    )
    assert (order.number, order.placed_by, order.currency) == (
        f"{SYSTEM}-0002",
        "demo-1/jsmith",
        "EUR",
    )
    assert each_house.searching.by_equipment_id(session, SYSTEM).orders[0] == order


def test_a_nexspan_order_gives_a_keycode_for_each_function_that_it_adds(each_house: House) -> None:
    session = each_house.sign_in()
    draft = each_house.draft(NEXSPAN, quantities={"BHW0906A": "1", "BHW0901A": "1"})
    order = each_house.ordering.place(session, draft).order
    assert order.keycode is None
    assert [code.function for code in order.function_keycodes] == ["acd", "csta"]
    assert all(
        verify(code.keycode, CATALOGUE, RING, NEXSPAN, "R4.2").genuine
        for code in order.function_keycodes
    )
    record = each_house.searching.by_equipment_id(session, NEXSPAN)
    assert [code.function for code in record.function_keycodes] == [
        "acd",
        "hospitality",
        "cdr-128",
        "csta",
    ]


@pytest.mark.parametrize("typed", ["03ffff0302ad4", " 03FF-FF03 02AD4", "03:FF:FF:03:02:AD:4"])
def test_an_equipment_id_is_read_as_it_is_typed(house: House, typed: str) -> None:
    assert house.ordering.find_system(house.sign_in(), typed).equipment_id == SYSTEM


def test_an_equipment_id_that_is_none(house: House) -> None:
    with pytest.raises(EquipmentIdMalformed):
        house.ordering.find_system(house.sign_in(), "03FFFF0302AG4")


def test_choices_say_what_is_there_and_what_still_fits(house: House) -> None:
    session = house.sign_in()
    ordering = house.ordering
    system = ordering.find_system(session, SYSTEM)
    assert [choice.item for choice in ordering.choices(system)] == list(AASTRA.items)
    house.ordering.place(session, house.draft(quantities={"BHW1064A": "1", "BHW1095A": "8"}))
    system = ordering.find_system(session, SYSTEM)
    by_part = {choice.item.part: choice for choice in ordering.choices(system)}
    assert (by_part["BHW1095A"].has, by_part["BHW1095A"].most) == (8, 255 - 8)
    assert by_part["BHW1064A"].owned
    assert not by_part["BHW1063A"].owned
    assert by_part["BHW1063A"].owned_part == ("break-in",)
    assert (by_part["BHW1063A"].has, by_part["BHW1087A"].has) == (0, 0)


# What others do between the quote and the confirmation


def test_an_order_is_added_to_what_the_system_has_now(each_house: House) -> None:
    session = each_house.sign_in()
    mine = each_house.draft(quantities={"BHW1095A": "8"})
    assert each_house.ordering.check(session, mine).after["sip-trunk"] == 8
    each_house.ordering.place(session, each_house.draft(draft_id="theirs"))
    order = each_house.ordering.place(session, mine).order
    assert order.inventory == {**ORDERED, "sip-trunk": 16}
    assert order.number.endswith("-0003")
    assert verify(order.keycode or "", CATALOGUE, RING, SYSTEM, "R5.1").genuine


@pytest.mark.parametrize(
    ("theirs", "mine", "error"),
    [
        ({"BHW1095A": "200"}, {"BHW1095A": "56"}, QuantityTooLarge),
        ({"BHW1063A": "1"}, {"BHW1063A": "1"}, ItemOwned),
        ({"BHW1063A": "1"}, {"BHW1064A": "1", "BHW1095A": "1"}, ItemOwned),
    ],
)
def test_an_order_that_no_longer_fits_is_refused(
    each_house: House, theirs: dict[str, str], mine: dict[str, str], error: type[Exception]
) -> None:
    session = each_house.sign_in()
    draft = each_house.draft(quantities=mine)
    each_house.ordering.check(session, draft)
    theirs_placed = each_house.ordering.place(
        session, each_house.draft(draft_id="theirs", quantities=theirs)
    ).order
    with pytest.raises(OrderRefused) as caught:
        each_house.ordering.place(session, draft)
    (problem,) = caught.value.problems
    assert isinstance(problem.error, error)
    assert problem.field in mine
    system = each_house.ordering.find_system(session, SYSTEM)
    assert system.orders[-1] == theirs_placed


def test_the_limit_that_is_refused_is_named(house: House) -> None:
    session = house.sign_in()
    house.ordering.place(session, house.draft(quantities={"BHW1095A": "200"}))
    with pytest.raises(OrderRefused) as caught:
        house.ordering.check(session, house.draft(draft_id="d2", quantities={"BHW1095A": "56"}))
    assert caught.value.problems[0].error.data == {
        "part": "BHW1095A",
        "function": "sip-trunk",
        "has": 200,
        "asked": 56,
        "most": 55,
    }
    fits = house.draft(draft_id="d2", quantities={"BHW1095A": "55"})
    assert house.ordering.place(session, fits).order.inventory["sip-trunk"] == 255


def test_the_same_draft_twice_is_one_order(each_house: House, clock: Clock) -> None:
    session = each_house.sign_in()
    first = each_house.ordering.place(session, each_house.draft())
    clock.advance(minutes=1)
    again = each_house.ordering.place(session, each_house.draft())  # on/off items are owned by now
    assert again.already
    assert again.order == first.order
    assert len(each_house.ordering.find_system(session, SYSTEM).orders) == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"quantities": {"BHW1095A": "9"}},
        {"licensee": "Somebody Else"},
        {"reference": "another"},
        {"address": Address(city="Lyon")},
    ],
)
def test_a_draft_that_was_changed_after_it_was_placed_is_refused_by_the_number_of_its_order(
    each_house: House, changed: dict[str, Any]
) -> None:
    session, ordering = each_house.sign_in(), each_house.ordering
    first = ordering.place(session, each_house.draft()).order
    draft = each_house.draft(**changed)
    for attempt in (ordering.place, ordering.trial):
        with pytest.raises(DraftPlaced) as caught:
            attempt(session, draft)
        assert caught.value.number == first.number
    renewed = ordering.renewed(each_house.draft(**{"quantities": {"BHW1095A": "9"}, **changed}))
    assert not ordering.place(session, renewed).already
    assert len(ordering.find_system(session, SYSTEM).orders) == 3


def test_an_order_whose_names_were_erased_is_still_the_same_order(each_house: House) -> None:
    session, ordering = each_house.sign_in(), each_house.ordering
    first = ordering.place(session, each_house.draft()).order
    each_house.store.erase_personal(EquipmentId(SYSTEM), [first.number], "desk")
    assert ordering.place(session, each_house.draft()).already
    with pytest.raises(DraftPlaced):
        ordering.place(session, each_house.draft(quantities={"BHW1095A": "9"}))


def test_each_draft_has_an_id_of_its_own(house: House) -> None:
    system = house.ordering.find_system(house.sign_in(), SYSTEM)
    drafts = [house.ordering.new_draft(system) for _ in range(100)]
    assert len({draft.draft_id for draft in drafts}) == 100
    assert {draft.equipment_id for draft in drafts} == {SYSTEM}


def test_an_unknown_system_is_not_ordered_for(house: House) -> None:
    session = house.sign_in()
    for call in (house.ordering.place, house.ordering.check, house.ordering.check_items):
        with pytest.raises(SystemUnknown):
            call(session, house.draft("0123456789ABC"))


# The company's earlier orders


def test_a_reference_that_was_used_before_shows_the_latest_order(
    each_house: House, clock: Clock
) -> None:
    session, ordering = each_house.sign_in(), each_house.ordering
    assert ordering.earlier_order(session, "2125469-65891") is None
    placed = []
    for number in range(3):
        draft = each_house.draft(FRESH, f"d{number}", quantities={"BHW1095A": "1"})
        placed.append(ordering.place(session, draft).order)
        clock.advance(minutes=1)
    for typed in ("2125469-65891", " 2125469-65891\n", "2125469\u200b-65891"):
        assert ordering.earlier_order(session, typed) == placed[-1]
    for typed in ("", "  ", "2125469", "\x1b"):
        assert ordering.earlier_order(session, typed) is None


def test_the_latest_orders_and_the_last_address(each_house: House, clock: Clock) -> None:
    session, ordering = each_house.sign_in(), each_house.ordering
    numbers = []
    for number, equipment_id in enumerate([FRESH, SYSTEM, FRESH, SYSTEM]):
        clock.advance(minutes=1)
        draft = each_house.draft(
            equipment_id,
            f"d{number}",
            quantities={"BHW1095A": "1"},
            licensee=f"Licensee {number}",
            address=replace(ADDRESS, city=f"City {number}"),
        )
        numbers.append(ordering.place(session, draft).order.number)
    assert [order.number for order in ordering.latest_orders(session, 3)] == numbers[:0:-1]
    last = ordering.last_address(session)
    assert last == ("Licensee 3", replace(ADDRESS, city="City 3"))


def test_an_upgrade_has_no_address_to_take_over(house: House) -> None:
    session = house.sign_in()
    house.ordering.place(session, house.draft())
    house.clock.advance(hours=1)
    session.seen_at = house.clock()
    house.changing.upgrade(session, SYSTEM, "R5.2", house.changing.said())
    assert house.ordering.last_address(session) == ("John Smith", ADDRESS)


def test_a_company_without_orders_has_no_last_address(house: House) -> None:
    house.administration.add_company("New Telecom", "desk")
    house.administration.add_user(
        "New Telecom",
        "ann",
        last_name="Ann",
        first_name="Ann",
        email="ann@example.com",
        password="a good long password",
        who="desk",
    )
    session = house.sign_in("ann", "New Telecom", "a good long password")
    assert house.ordering.last_address(session) is None
    assert house.ordering.latest_orders(session, 5) == []


# Unfinished orders


def test_an_order_is_kept_resumed_and_dropped(each_house: House, clock: Clock) -> None:
    session, ordering = each_house.sign_in(), each_house.ordering
    assert ordering.unfinished(session) == []
    draft = each_house.draft(quantities={"BHW1095A": "8o", "BHW1063A": ""}, licensee="", step=3)
    ordering.keep(session, draft)
    again = each_house.sign_in()
    assert ordering.unfinished(again) == [replace(draft, saved_at=clock.now)]
    ordering.forget(again, draft.draft_id)
    assert ordering.unfinished(session) == []
    ordering.forget(again, draft.draft_id)


def test_two_orders_begun_in_two_sessions_are_both_kept(each_house: House, clock: Clock) -> None:
    first, second = each_house.sign_in(), each_house.sign_in()
    for session, draft_id in ((first, "a"), (second, "b"), (first, "a")):
        clock.advance(minutes=1)
        each_house.ordering.keep(session, each_house.draft(draft_id=draft_id))
    unfinished = each_house.ordering.unfinished(each_house.sign_in())
    assert [draft.draft_id for draft in unfinished] == ["a", "b"]
    each_house.ordering.forget(second, "b")
    assert [draft.draft_id for draft in each_house.ordering.unfinished(first)] == ["a"]


def test_drafts_are_their_users_own(each_house: House) -> None:
    mine = each_house.sign_in()
    each_house.administration.set_role("Demo Telecom", "helpdesk", "order", "desk")
    colleague = each_house.sign_in("helpdesk")
    each_house.ordering.keep(mine, each_house.draft())
    assert each_house.ordering.unfinished(colleague) == []
    each_house.ordering.forget(colleague, each_house.draft().draft_id)
    assert each_house.ordering.unfinished(mine)


def test_a_placed_draft_is_no_longer_unfinished(each_house: House) -> None:
    session, ordering = each_house.sign_in(), each_house.ordering
    ordering.keep(session, each_house.draft())
    ordering.place(session, each_house.draft())
    assert each_house.store.drafts("demo-1", "jsmith") == []
    # As after a program that ended between the order and its forgetting.
    ordering.keep(session, each_house.draft())
    assert ordering.unfinished(session) == []


def test_an_order_from_elsewhere_leaves_the_unfinished_one(each_house: House) -> None:
    session, ordering = each_house.sign_in(), each_house.ordering
    ordering.keep(session, each_house.draft())
    ordering.place(session, each_house.draft(FRESH, "script"))
    assert [draft.draft_id for draft in ordering.unfinished(session)] == ["d1"]


def test_trouble_with_the_draft_does_not_make_the_order_doubtful(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = house.sign_in()
    house.ordering.keep(session, house.draft())

    def full(*_: str) -> None:
        raise WriteFailed(path="draft", reason="EROFS")

    monkeypatch.setattr(house.store, "drop_draft", full)
    placement = house.ordering.place(session, house.draft())
    assert placement.order.number == f"{SYSTEM}-0002"
    assert house.ordering.unfinished(session) == []


def test_an_order_is_kept_when_the_session_is_over(house: House, clock: Clock) -> None:
    session = house.sign_in()
    clock.advance(hours=9)
    house.ordering.keep(session, house.draft())
    assert house.ordering.unfinished(house.sign_in())


@pytest.mark.parametrize("equipment_id", ["0123456789ABC", "03FFFF0400E55", "03FF", "", "../x"])
def test_a_draft_of_no_system_of_ones_own_is_not_offered(
    each_house: House, equipment_id: str
) -> None:
    session = each_house.sign_in()
    each_house.ordering.keep(session, each_house.draft(equipment_id))
    assert each_house.ordering.unfinished(session) == []


def test_whatever_was_typed_can_be_kept(each_house: House) -> None:
    """A lone surrogate, as a terminal of another encoding sends it, is no text that JSON has."""
    session = each_house.sign_in()
    hostile = "\ud800A\x1b[31m\udcff\x00" + "b" * 10_000
    draft = each_house.draft(
        quantities={hostile: hostile, "BHW1095A": hostile},
        reference=hostile,
        licensee=hostile,
        address=replace(ADDRESS, city=hostile, country=hostile),
    )
    each_house.ordering.keep(session, draft)
    (kept,) = each_house.ordering.unfinished(session)
    assert kept.reference == kept.licensee == kept.address.city == "A[31m" + "b" * 10_000
