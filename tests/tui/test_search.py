"""Searching a system's keycodes, as helpdesk does it with a customer on the phone."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from engine.settings import Language
from tests.support.guide import FOREIGN, FRESH, NEXSPAN, SYSTEM
from tests.tui.driving import PilotOperator, operator
from tui.full_screen.screens.result_page import WIDTH
from tui.wording.system_record import MOST_EARLIER, result_lines


async def search(person: PilotOperator, typed: str) -> None:
    await person.press("f4")
    await person.fill(equipment_id=typed)
    await person.press("enter")


def found(person: PilotOperator) -> list[str]:
    """The lines of the result, with single spaces."""
    return [" ".join(line.split()) for line in person.text("#found-text").split("\n")]


def field(person: PilotOperator) -> Input:
    return person.app.screen.query_one("#equipment-id", Input)


async def order_more(person: PilotOperator) -> None:
    """A second order for the guide's system."""
    await person.to_validation(SYSTEM, BHW1095A="8")
    await person.confirm()


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "Type Aastra 5000",
                "Release R5.1",
                "Date 14 Aug 2008",
                "Functions Quantities",
                "IP terminals i2052 CTI 5",
                "Directory (blocks of 100) 1",
                "IP terminals any type 5",
            ],
        ),
        (
            "fr",
            [
                "Type Aastra 5000",
                "Version R5.1",
                "Date 14 août 2008",
                "Fonctions Quantités",
                "Terminaux IP i2052 CTI 5",
                "Annuaire (blocs de 100 fiches) 1",
                "Terminaux IP tous types 5",
            ],
        ),
    ],
)
async def test_the_guides_search_finds_what_the_guide_shows(
    language: Language, lines: list[str]
) -> None:
    async with operator(language) as person:
        await search(person, "03ff-ff03 02ad4")
        assert SYSTEM in person.shown()
        shown = found(person)
        assert [line for line in shown if line in lines] == lines
        (keycode,) = [line for line in shown if line.startswith("442ZP5M1V51")]
        assert " ".join(keycode[i : i + 4] for i in range(0, len(keycode), 4)) in " ".join(shown)


async def test_the_current_keycode_comes_first_and_each_has_its_own_inventory() -> None:
    async with operator() as person:
        await order_more(person)
        await search(person, SYSTEM)
        current, earlier = " ".join(found(person)).split("Earlier keycode")
        assert f"{SYSTEM}-0002" in current
        assert "SIP trunk 8" in current
        assert f"{SYSTEM}-0001" in earlier
        assert "SIP trunk" not in earlier
        assert "IP terminals any type 5" in current
        assert "IP terminals any type 5" in earlier


async def test_nexspan_shows_every_function_with_its_keycode() -> None:
    async with operator() as person:
        await person.to_validation(NEXSPAN, BHW0901A="on")
        await person.confirm()
        await search(person, NEXSPAN)
        rows = [line for line in found(person) if line.split()[-1:] and "3410" in line]
        assert [line.split(" 341")[0] for line in rows] == ["ACD", "Hospitality", "CDR > 128 bytes"]
        assert "Type Nexspan 50" in found(person)


async def test_a_system_without_orders_says_so_and_offers_nothing_to_copy() -> None:
    async with operator() as person:
        await search(person, FRESH)
        assert "Nothing was ordered for this system yet." in found(person)
        assert not person.app.screen.query_one("#show-keycode").display
        await person.press("f9")
        assert person.status == ""


@pytest.mark.parametrize(
    ("language", "typed", "says", "cursor"),
    [
        ("en", "03FFFF0302AG4", "character 12, “G”", 11),
        ("fr", "03FFFF0302AG4", "caractère 12", 11),
        ("en", "03FFFF0302AD", "1 digit of 13 is missing", None),
        ("en", "", "Enter the Equipment ID", None),
        ("en", FOREIGN, "No system", None),
        ("fr", "0123456789ABC", "Aucun système", None),
    ],
)
async def test_what_is_wrong_stands_at_the_field_and_the_cursor_at_the_character(
    language: Language, typed: str, says: str, cursor: int | None
) -> None:
    async with operator(language) as person:
        await search(person, typed)
        assert says in person.text("#id-error")
        assert person.app.focused is field(person)
        assert field(person).value == typed
        if cursor is not None:
            assert field(person).cursor_position == cursor
        await person.press("a")
        assert person.text("#id-error") == ""


async def test_back_keeps_the_id_to_be_typed_over_and_then_goes_home() -> None:
    async with operator() as person:
        await search(person, SYSTEM)
        await person.press("f3")
        assert field(person).value == SYSTEM
        await person.type(FRESH.lower())
        assert field(person).value == FRESH.lower()
        await person.press("enter")
        assert FRESH in person.shown()
        await person.pilot.click("#back")
        await person.press("f3")
        assert "Latest orders of your company" in person.shown()


async def test_f4_searches_anew_also_from_a_result() -> None:
    async with operator() as person:
        await search(person, SYSTEM)
        await person.press("f4")
        assert person.app.focused is field(person)
        assert field(person).selected_text == SYSTEM


async def test_f9_opens_the_current_keycode_alone_and_the_foot_names_the_key() -> None:
    async with operator() as person:
        await order_more(person)
        await person.press("f4")
        assert "F9" not in person.text("#legend")
        await search(person, SYSTEM)
        assert "F9" in person.text("#legend")
        lines = found(person)
        await person.press("f9")
        assert person.text("#the-keycode") in lines[: lines.index("Earlier keycode")]
        assert person.app.clipboard == person.text("#the-keycode")
        assert "clipboard" in person.status
        await person.press("escape")
        assert found(person) == lines


async def test_of_the_keycodes_of_a_nexspan_f9_lets_one_choose() -> None:
    async with operator() as person:
        await search(person, NEXSPAN)
        (code,) = [line.split()[-1] for line in found(person) if line.startswith("CDR > 128")]
        await person.press("f9")
        await person.type("cdr")
        await person.press("enter")
        assert person.text("#the-keycode") == person.app.clipboard == code
        assert f"{NEXSPAN}  CDR > 128 bytes" in person.shown()
        await person.press("escape", "f9", "escape")
        assert "CDR > 128 bytes" in person.text("#found-text")


async def test_a_result_changes_its_language_at_once() -> None:
    async with operator() as person:
        await search(person, SYSTEM)
        await person.press("f5")
        assert "Date 14 août 2008" in found(person)
        assert f"Résultat de la recherche\u00a0: {SYSTEM}" in person.shown()


async def test_a_long_result_is_scrolled_with_the_keys() -> None:
    async with operator() as person:
        await order_more(person)
        await search(person, SYSTEM)
        page = person.app.screen.query_one("#found-page")
        assert page.max_scroll_y > 0
        await person.press("pagedown", "down")
        assert page.scroll_y > 0


async def test_of_very_many_orders_the_page_shows_the_latest_and_says_how_many_more() -> None:
    async with operator() as person:
        searching, session = person.app.visit.portal.searching, person.app.visit.signed_in
        record = searching.by_equipment_id(session, SYSTEM)
    first = record.orders[0]
    orders = tuple(replace(first, number=f"{SYSTEM}-{n:05d}") for n in range(10_000, 0, -1))
    page = "\n".join(result_lines(record._replace(orders=orders), WIDTH))
    assert page.count(first.keycode or "") == 1 + MOST_EARLIER
    assert f"{SYSTEM}-10000" in page
    assert f"{SYSTEM}-{10_000 - MOST_EARLIER:05d}" in page
    assert f"{SYSTEM}-{10_000 - MOST_EARLIER - 1:05d}" not in page
    assert "9,899 older keycodes are not shown here" in page
