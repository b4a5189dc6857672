"""The system at hand, and one that is known by less than its whole ID."""

from __future__ import annotations

from textual.widgets import OptionList

from tests.support.guide import FRESH, NEXSPAN, SYSTEM
from tests.tui.driving import PilotOperator, operator
from tui.full_screen.widgets.fields import LineInput


def typed_id(person: PilotOperator) -> str:
    return person.app.screen.query_one("#equipment-id", LineInput).value


async def test_the_last_digits_are_enough() -> None:
    async with operator() as person:
        await person.press("f2")
        await person.type("2ad4")
        await person.press("enter")
        await person.until(lambda: person.step == 2)
        assert SYSTEM in person.shown()


async def test_of_several_systems_one_is_chosen() -> None:
    async with operator() as person:
        await person.press("f2")
        await person.type("valbrune")
        await person.press("enter")
        await person.until(lambda: person.app.screen.query(OptionList))
        rows = person.app.screen.query_one(OptionList)
        shown = [str(rows.get_option_at_index(n).prompt) for n in range(rows.option_count)]
        assert [row.partition(" ")[0] for row in shown[:2]] == [SYSTEM, NEXSPAN]
        assert "Clinique de Valbrune" in shown[1]
        await person.press("down", "enter")
        await person.until(lambda: person.step == 2)
        assert NEXSPAN in person.shown()


async def test_whoever_chooses_none_has_typed_nothing_for_nothing() -> None:
    async with operator() as person:
        await person.press("f2")
        await person.type("valbrune")
        await person.press("enter")
        await person.until(lambda: person.app.screen.query(OptionList))
        await person.press("escape")
        assert (person.step, typed_id(person)) == (1, "valbrune")


async def test_what_fits_nothing_is_what_it_was_a_wrong_id() -> None:
    async with operator() as person:
        await person.press("f2")
        await person.type("0E55")  # of another company
        await person.press("enter")
        await person.settled()
        assert person.step == 1
        assert "9 digits of 13 are missing" in person.shown()


async def test_a_search_takes_the_last_digits_too() -> None:
    async with operator() as person:
        await person.press("f4")
        await person.type("0C17")
        await person.press("enter")
        await person.until(lambda: f"Search result: {NEXSPAN}" in person.shown())


async def test_f2_and_f4_take_the_system_at_hand() -> None:
    async with operator() as person:
        await person.press("f4")
        await person.type(FRESH)
        await person.press("enter")
        await person.until(lambda: f"Search result: {FRESH}" in person.shown())
        await person.press("f2")
        assert typed_id(person) == FRESH
        await person.press("enter")
        await person.until(lambda: person.step == 2)
        await person.press("f4")
        assert typed_id(person) == FRESH
        await person.type(SYSTEM)
        assert typed_id(person) == SYSTEM


async def test_the_order_under_the_cursor_at_home_is_at_hand() -> None:
    async with operator() as person:
        person.app.screen.query_one("#latest-orders").focus()
        await person.settled()
        await person.press("f2")
        assert typed_id(person) == SYSTEM


async def test_o_opens_an_order_of_the_system_and_one_in_a_list() -> None:
    async with operator() as person:
        await person.press("f4")
        await person.type("0C17")
        await person.press("enter")
        await person.until(lambda: f"Search result: {NEXSPAN}" in person.shown())
        assert person.status == "O: the orders of this system"
        await person.press("o")
        await person.until(lambda: person.app.screen.query("#order-text"))
        await person.until(lambda: "2008-0303" in person.text("#order-text"))
        await person.press("escape", "f4")
        await person.fill(equipment_id="", by_licensee="valbrune")
        person.app.screen.query_one("#by-licensee").focus()
        await person.type("o")
        assert person.app.screen.query_one("#by-licensee", LineInput).value.endswith("o")
        await person.fill(by_licensee="valbrune")
        await person.press("enter")
        await person.until(lambda: "orders found" in person.shown())
        await person.press("o")
        await person.until(lambda: person.app.screen.query("#order-text"))
        await person.until(lambda: "2008-0814" in person.text("#order-text"))
