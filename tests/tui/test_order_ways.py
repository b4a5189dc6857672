"""How the hand goes through an order: what Enter leads to, which keys the foot names, and messages
that go when what they were about has gone."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace
from textual.events import Paste
from textual.widgets import OptionList

from tests.support.guide import SYSTEM
from tests.tui.driving import PilotOperator, operator
from tui.full_screen.widgets.country import CountryField
from tui.full_screen.widgets.fields import LineInput
from tui.visit.order_flow import OrderFlow
from tui.wording.formats import country_name, date_time


def focused_id(person: PilotOperator) -> str:
    return person.app.screen.focused.id or "" if person.app.screen.focused else ""


async def test_enter_leads_through_the_country_to_the_next_step() -> None:
    async with operator() as person:
        await person.to_reference(BHW1095A="8")
        await person.fill(order_reference="2125469-65891", licensee="John Smith")
        person.app.screen.query_one("#address-zip-code").focus()
        await person.press("enter")
        assert focused_id(person) == "address-country"
        await person.press("f", *"rance", "enter")
        await person.until(lambda: not person.app.screen.query(OptionList))
        assert person.app.screen.query_one(CountryField).code == "FR"
        assert focused_id(person) == "next"
        await person.press("enter")
        await person.until(lambda: person.step == 4)


@pytest.mark.parametrize(
    ("typed", "code"), [("de", "DE"), ("uk", "GB"), ("usa", "US"), ("oui", "FK"), ("guin", "GN")]
)
async def test_the_country_that_is_named_so_is_the_first_of_the_list(typed: str, code: str) -> None:
    async with operator() as person:
        await person.to_reference(BHW1095A="8")
        await person.fill(order_reference="2125469-65891", licensee="John Smith")
        person.app.screen.query_one("#address-country").focus()
        await person.press(*typed, "enter")
        await person.until(lambda: not person.app.screen.query(OptionList))
        assert person.app.screen.query_one(CountryField).code == code
        await person.press("f8")
        await person.until(lambda: person.step == 4)
        assert f"Address: {country_name(code)}" in person.shown()


async def paste(person: PilotOperator, field: str, text: str) -> None:
    """Into a field, as a terminal hands it over."""
    line = person.app.screen.query_one(field, LineInput)
    person.app.screen.set_focus(line)
    await person.settled()
    line.post_message(Paste(text))
    await person.settled()


async def says(person: PilotOperator, text: str) -> None:
    """The message line has it; what was pasted is told after the fields were drawn."""
    await person.until(lambda: person.status == text)


def texts(person: PilotOperator) -> list[str]:
    """What is in the fields of step 3 from the licensee on."""
    return [line.value for line in person.app.screen.query("ReferenceStep LineInput")][1:]  # type: ignore[attr-defined]


async def test_a_pasted_address_fills_the_fields_that_follow() -> None:
    async with operator() as person:
        await person.to_reference(BHW1095A="8")
        address = "\r\n1 rue des Essais\r\n Bât. B \n\nCedex 9\nLyon\n69009\nfrance\n"
        await paste(person, "#address-line1", address)
        assert texts(person) == ["", "", "1 rue des Essais", "Bât. B", "Cedex 9", "Lyon", "69009"]
        assert person.app.screen.query_one(CountryField).code == "FR"
        assert not person.status.startswith("!")


async def test_lines_that_find_no_field_are_named() -> None:
    async with operator() as person:
        await person.to_reference(BHW1095A="8")
        await person.fill(address_line3="Cedex 9")
        await paste(person, "#address-line1", "1 rue des Essais\nBât. B\nLyon\nNowhere")
        assert texts(person) == ["", "", "1 rue des Essais", "Bât. B", "Cedex 9", "", ""]
        await says(person, "! Not pasted, no field left: Lyon / Nowhere")
        await paste(person, "#address-city", "x" * 200)
        await says(person, "! What was pasted is too long; its end is missing.")


async def test_a_password_of_several_lines_is_not_shown() -> None:
    async with operator(signed_in=False) as person:
        await paste(person, "#password", "secret one\nsecret two")
        await says(person, "! What was pasted is too long; its end is missing.")


async def test_a_keycode_of_several_lines_is_one() -> None:
    async with operator() as person:
        await person.app.action_check()
        await paste(person, "#keycode", "442Z P5M1\n V51C\n")
        assert person.app.screen.query_one("#keycode", LineInput).value == "442Z P5M1 V51C"


async def test_a_quantity_that_is_typed_again_takes_the_place_of_the_first() -> None:
    async with operator() as person:
        await person.identify(SYSTEM)
        line = person.app.screen.query_one("#item-BHW1095A", LineInput)
        line.focus()
        await person.press("8", "down", "up", "1", "2")
        assert line.value == "12"
        await person.press("tab", "shift+tab", "right", "5")
        assert line.value == "125"  # who moves the cursor goes on with what is there


async def test_the_same_id_says_that_it_goes_on_with_what_was_kept() -> None:
    async with operator() as person:
        visit = person.app.visit
        portal, session = visit.portal, visit.signed_in
        begun = OrderFlow(portal.ordering, session)
        found = begun.look(SYSTEM)
        portal.ordering.keep(session, replace(begun.successor(found), quantities={"BHW1095A": "8"}))
        await person.identify(SYSTEM)
        kept = date_time(person.clock.now)
        assert person.status == f"Continued from the order kept on {kept}."
        await person.press("f7")
        await person.press("f8")
        await person.until(lambda: person.step == 2)
        assert "Continued from" not in person.status  # by then it is the order under way


async def test_the_system_stands_above_the_reference() -> None:
    async with operator() as person:
        await person.to_reference(BHW1095A="8")
        assert f"Equipment ID: {SYSTEM}" in person.shown()


async def test_what_is_required_is_said_before_it_is_missing() -> None:
    async with operator() as person:
        await person.to_reference(BHW1095A="8")
        assert person.shown().count("required") == 2
        assert "! required" not in person.shown()
        await person.press("f8")
        assert person.shown().count("! required") == 2
        await person.type("2125469")
        assert "! required" not in person.shown()
        assert person.status == ""


async def test_what_is_said_of_an_item_goes_with_the_items() -> None:
    async with operator() as person:
        await person.identify(SYSTEM)
        assert "Unlocks" in person.status
        await person.press("f7")
        assert person.status == ""


async def test_a_wrong_quantity_is_said_until_it_is_put_right() -> None:
    async with operator() as person:
        await person.identify(SYSTEM)
        await person.choose(BHW1095A="8x")
        await person.press("f8")
        assert "whole numbers" in person.status
        await person.press("end", "backspace")
        assert "Unlocks: SIP trunk" in person.status


async def test_what_is_typed_after_a_wrong_character_replaces_it() -> None:
    async with operator() as person:
        await person.press("f2")
        await person.type("03FFFX0302AD4")
        await person.press("enter")
        await person.type("F")
        assert person.app.screen.query_one("#equipment-id", LineInput).value == SYSTEM


async def test_the_foot_names_the_keys_that_lead_somewhere() -> None:
    async with operator(signed_in=False) as person:
        assert "F10 Quit" in person.text("#legend")
        await person.log_in()
        assert "F10 Logout" in person.text("#legend")
        await person.press("f2")
        assert "F7" not in person.text("#legend")
        await person.identify(SYSTEM)
        assert "F7" in person.text("#legend")


async def test_enter_on_a_box_says_which_key_ticks_it() -> None:
    async with operator() as person:
        await person.identify(SYSTEM)
        await person.press("enter")
        assert "space bar" in person.status
        await person.press("space", "f8")
        assert person.step == 3


async def test_an_order_that_no_longer_fits_says_so_at_its_row() -> None:
    async with operator() as person:
        await person.to_validation(BHW1095A="200")
        portal, session = person.app.visit.portal, person.app.visit.signed_in
        other = portal.ordering.new_draft(portal.ordering.find_system(session, SYSTEM))
        most = {"BHW1095A": "200"}
        other = msgspec.structs.replace(other, quantities=most, reference="other", licensee="Other")
        portal.ordering.place(session, other)
        await person.app.screen.run_action("screen.confirm")
        await person.until(lambda: person.step == 2)
        await person.settled()
        assert "at most" in person.status
        assert "! at most" in person.shown()


async def test_a_pasted_letter_head_fills_postcode_city_and_country() -> None:
    async with operator() as person:
        await person.to_reference(BHW1095A="8")
        letter = "John Smith\n1 rue des Essais\nBât. B\n78280 Guyancourt\nFRANCE"
        await paste(person, "#address-name", letter)
        street = ["John Smith", "1 rue des Essais", "Bât. B", ""]
        assert texts(person) == ["", *street, "Guyancourt", "78280"]
        assert person.app.screen.query_one(CountryField).code == "FR"
        assert not person.status.startswith("!")


async def test_whoever_skips_the_name_means_the_licensee() -> None:
    async with operator() as person:
        await person.to_reference(BHW1095A="8")
        await person.fill(order_reference="R 1", licensee="John Smith")
        line = person.app.screen.query_one("#address-line1", LineInput)
        line.focus()
        await person.type("1")
        assert texts(person)[:3] == ["John Smith", "John Smith", "1"]
        await person.fill(address_name="", address_line1="1 rue")
        assert texts(person)[:3] == ["John Smith", "", "1 rue"]


async def test_what_is_typed_where_one_has_just_come_replaces_what_was_there() -> None:
    async with operator() as person:
        await person.identify("03FFFF0302AD4")
        trunks = person.app.screen.query_one("#item-BHW1095A", LineInput)
        trunks.focus()
        await person.type("8")
        await person.press("tab", "shift+tab")
        await person.type("12")
        assert trunks.value == "12"
        await person.press("f8")
        await person.type("first")
        await person.press("tab", "shift+tab")
        await person.type("second")
        assert person.app.screen.query_one("#order-reference", LineInput).value == "second"
