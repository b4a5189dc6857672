"""Checking a keycode that "does not work", as helpdesk does it with a customer on the phone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from textual.widgets import Input, OptionList

from engine.keycode.codec import grouped
from engine.licences.order import Draft
from engine.settings import LANGUAGES, Language
from tests.support.guide import FOREIGN, FRESH, NEXSPAN, SYSTEM
from tests.tui.driving import PilotOperator, operator
from tui.full_screen.screens.check_keycode import CheckScreen
from tui.full_screen.screens.search import SearchScreen
from tui.wording.translation import _


async def check(person: PilotOperator, equipment_id: str, keycode: str) -> str:
    """The answer, with single spaces; what is marked and its mark are told apart by `marked`."""
    await person.app.action_check()
    await person.fill(equipment_id=equipment_id, keycode=keycode)
    await person.press("enter", "enter")
    return " ".join(person.text("#check-text").split())


def marked(person: PilotOperator) -> list[str]:
    """The characters that have a mark below them, one text for each keycode that has marks."""
    lines = person.text("#check-text").split("\n")
    return [
        "".join(above[column] for column, mark in enumerate(line) if mark == "^")
        for above, line in pairwise(lines)
        if line.strip(" ^") == "" and "^" in line
    ]


def keycode_of(person: PilotOperator, equipment_id: str) -> str:
    visit = person.app.visit
    record = visit.portal.searching.by_equipment_id(visit.signed_in, equipment_id)
    return record.orders[0].keycode or record.function_keycodes[0].keycode


def never_issued(person: PilotOperator) -> str:
    """A keycode signed with the portal's own key, of an order that was tried and not placed."""
    visit = person.app.visit
    draft = Draft(
        draft_id="tried",
        equipment_id=SYSTEM,
        quantities={"BHW1095A": "8"},
        reference="r",
        licensee="l",
    )
    return visit.portal.ordering.trial(visit.signed_in, draft).orders[-1].keycode or ""


async def order_more(person: PilotOperator) -> str:
    await person.to_validation(SYSTEM, BHW1095A="8")
    await person.confirm()
    return keycode_of(person, SYSTEM)


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (
            "en",
            [
                "Valid: ",
                f"order {SYSTEM}-0001 of 14 Aug 2008",
                "This is the current keycode",
                "i2052 CTI 5",
            ],
        ),
        (
            "fr",
            [
                "Valide",
                f"commande {SYSTEM}-0001 du 14 août 2008",
                "C’est la clé actuelle",
                "i2052 CTI 5",
            ],
        ),
    ],
)
async def test_the_current_keycode_is_valid_and_its_functions_are_shown(
    language: Language, says: list[str]
) -> None:
    async with operator(language) as person:
        keycode = keycode_of(person, SYSTEM)
        answer = await check(person, SYSTEM.lower(), grouped(keycode).lower())
        for text in says:
            assert text in answer
        assert marked(person) == []
        await person.press("f9")
        assert person.app.clipboard == keycode


@pytest.mark.parametrize(
    ("language", "replaced"),
    [
        ("en", f"order {SYSTEM}-0002 of 24 Nov 2026 has replaced it"),
        ("fr", f"commande {SYSTEM}-0002 du 24 nov. 2026 l’a remplacée"),
    ],
)
async def test_an_earlier_keycode_is_valid_but_the_current_one_is_given(
    language: Language, replaced: str
) -> None:
    async with operator(language) as person:
        earlier = keycode_of(person, SYSTEM)
        current = await order_more(person)
        answer = await check(person, SYSTEM, earlier)
        assert replaced in answer
        assert grouped(current) in answer
        assert "SIP" not in answer
        await person.press("f9")
        assert person.text("#the-keycode") == person.app.clipboard == current


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_keycode_of_another_system_is_said_to_be_that_ones(language: Language) -> None:
    async with operator(language) as person:
        answer = await check(person, FRESH, keycode_of(person, SYSTEM))
        no = _("Not valid: this keycode was not issued for {equipment_id}.")
        assert " ".join(no.format(equipment_id=FRESH).split()) in answer
        assert f"{SYSTEM}-0001" in answer
        assert "F9" not in person.text("#legend")
        assert not person.app.screen.query_one("#show-keycode").display


async def test_nothing_is_said_of_another_companys_system() -> None:
    async with operator() as person:
        store = person.app.visit.portal
        desk = store.signing_in.at_the_desk("test")
        foreign = store.searching.by_equipment_id(desk, FOREIGN).orders[0].keycode or ""
        answer = await check(person, FRESH, foreign)
        assert "was not issued for" in answer
        assert FOREIGN not in answer
        assert "Valbrune" not in answer
        assert "What it would unlock" in answer
        await check_id(person, FOREIGN)


async def check_id(person: PilotOperator, equipment_id: str) -> None:
    await person.app.action_check()
    await person.fill(equipment_id=equipment_id, keycode="4")
    await person.press("enter", "enter")
    assert "No system with the Equipment ID" in person.text("#id-error")


@pytest.mark.parametrize(
    ("typed", "differ", "says", "french"),
    [
        ("{0}{x}{2}", ["x", "1"], "Character 6: “{x}” should be", "au lieu de"),
        ("{0}{2}", ["1"], "Character 6 is missing", "manque"),
        ("{0}{1}{x}{2}", ["x"], "Character 7 is one too many", "en trop"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_slip_of_the_hand_is_marked_in_both_keycodes(
    typed: str, differ: list[str], says: str, french: str, language: Language
) -> None:
    async with operator(language) as person:
        right = keycode_of(person, SYSTEM)
        parts = (right[:5], right[5], right[6:])
        answer = await check(person, SYSTEM, typed.format(*parts, x="8").lower())
        assert (says.format(x="8") if language == "en" else french) in answer
        assert marked(person) == [{"x": "8", "1": right[5]}[each] for each in differ]
        for character in marked(person):
            assert f"[{character}]" in answer
        assert "i2052 CTI 5" in answer
        await person.press("f9")
        assert person.app.clipboard == right


@pytest.mark.parametrize("language", LANGUAGES)
async def test_swapped_characters_are_marked(language: Language) -> None:
    async with operator(language) as person:
        right = keycode_of(person, SYSTEM)
        answer = await check(person, SYSTEM, right[:5] + right[6] + right[5] + right[7:])
        assert marked(person) == [right[6] + right[5], right[5:7]]
        assert {"en": "are swapped", "fr": "inversés"}[language] in answer


@pytest.mark.parametrize(
    ("typed", "says", "at"),
    [
        ("442!", "character 4, “!”", ["!"]),
        ("4421 1221", "too short", []),
        ("999Z", "no product", ["9"]),
        ("442Z" * 60, "too long: it should end before character 145", ["4"]),
    ],
)
async def test_what_is_no_keycode_says_where(typed: str, says: str, at: list[str]) -> None:
    async with operator() as person:
        answer = await check(person, SYSTEM, typed)
        assert says in answer
        assert marked(person) == at
        assert all(len(line) <= 76 for line in person.text("#check-text").split("\n"))


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "Not valid: signed with key 1, but never issued by this portal. Do not use it;"),
        ("fr", "jamais délivrée par ce portail. Ne l’utilisez pas"),
    ],
)
async def test_a_keycode_that_was_never_issued_is_not_to_be_used(
    language: Language, says: str
) -> None:
    async with operator(language) as person:
        right, forged = keycode_of(person, SYSTEM), never_issued(person)
        answer = await check(person, SYSTEM, forged)
        assert says in answer
        would = _("What it would unlock, if it were valid:")
        assert " ".join(would.split()) in answer
        await person.press("f9")
        assert person.app.clipboard == right


async def test_a_function_keycode_of_a_nexspan() -> None:
    async with operator() as person:
        answer = await check(person, NEXSPAN, keycode_of(person, NEXSPAN))
        assert answer.startswith("Valid")
        assert "Hospitality 1" in answer
        assert "This is the current keycode" in answer


@pytest.mark.parametrize(
    ("equipment_id", "keycode", "at", "says"),
    [
        ("03FF", "442Z", "#id-error", "9 digits of 13 are missing"),
        ("", "", "#id-error", "Enter the Equipment ID"),
        ("", "9999", "#keycode-error", "No order of your company delivered a keycode like this"),
        (SYSTEM, "", "#keycode-error", "The keycode is missing"),
        (SYSTEM, " - ", "#keycode-error", "The keycode is missing"),
    ],
)
async def test_errors_stand_at_their_field(
    equipment_id: str, keycode: str, at: str, says: str
) -> None:
    async with operator() as person:
        await person.app.action_check()
        await person.fill(equipment_id=equipment_id, keycode=keycode)
        await person.pilot.click("#find")
        await person.settled()
        assert says in person.text(at)
        field = "#equipment-id" if at == "#id-error" or not equipment_id else "#keycode"
        assert person.app.focused is person.app.screen.query_one(field)
        await person.press("a")
        assert person.text(at) == ""


async def test_from_a_result_the_system_is_known_and_back_leads_to_it() -> None:
    async with operator() as person:
        await person.press("f4")
        await person.fill(equipment_id=SYSTEM)
        await person.press("enter")
        await person.pilot.click("#check-this")
        await person.settled()
        assert person.app.screen.query_one("#equipment-id", Input).value == SYSTEM
        await person.type("442a")
        await person.press("enter")
        assert "too short" in person.text("#check-text")
        await person.press("escape")
        line = person.app.screen.query_one("#keycode", Input)
        assert (person.app.focused, line.selected_text) == (line, "442a")
        await person.press("escape")
        assert isinstance(person.app.screen, SearchScreen)
        assert f"Search result: {SYSTEM}" in person.shown()


async def test_a_verdict_changes_its_language_at_once() -> None:
    async with operator() as person:
        await check(person, SYSTEM, keycode_of(person, SYSTEM))
        await person.press("f5")
        assert "Annuaire" in person.text("#check-text")


async def test_the_menu_leads_there_and_opens_an_empty_form() -> None:
    async with operator() as person:
        await person.press("ctrl+p", *["down"] * 4, "enter")
        await person.until(lambda: isinstance(person.app.screen, CheckScreen))
        await person.settled()
        assert person.app.focused is person.app.screen.query_one("#equipment-id")


async def test_the_menu_takes_the_system_that_was_found_to_the_check() -> None:
    async with operator() as person:
        await person.press("f4")
        await person.type(SYSTEM)
        await person.press("enter")
        await person.until(lambda: f"Search result: {SYSTEM}" in person.shown())
        await person.press("ctrl+p", *["down"] * 4, "enter")
        await person.until(lambda: isinstance(person.app.screen, CheckScreen))
        await person.settled()
        assert person.app.screen.query_one("#equipment-id", Input).value == SYSTEM
        assert person.app.focused is person.app.screen.query_one("#keycode")


async def test_a_keycode_alone_finds_its_system() -> None:
    async with operator() as person:
        code = keycode_of(person, SYSTEM)
        await person.press("f12", "enter")
        await person.type(code.lower())
        await person.press("enter")
        await person.until(lambda: "this keycode was issued for" in person.shown())
        assert f"Keycode for {SYSTEM}" in person.shown()
        await person.press("f9")
        assert code in person.shown()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_one_that_nobody_delivered_asks_for_the_system(language: Language) -> None:
    async with operator(language) as person:
        await person.press("f12")
        await person.fill(keycode="9999")
        await person.app.screen.run_action("screen.find")
        await person.until(lambda: person.text("#keycode-error"))
        assert "Equipment ID" in person.text("#keycode-error") or language == "fr"
        assert person.app.focused is person.app.screen.query_one("#equipment-id")


@pytest.mark.parametrize("mistakes", [0, 3])
async def test_a_part_or_mistakes_find_the_keycode_whose_system_nobody_knows(mistakes: int) -> None:
    async with operator() as person:
        code = keycode_of(person, SYSTEM)
        typed = code[-5:] if not mistakes else f"?{code[1:4]}?{code[5:]}?"
        await person.press("f12", "enter")
        await person.type(typed.lower())
        await person.press("enter")
        await person.until(lambda: f"Keycode for {SYSTEM}" in person.shown())
        assert "A part of" in person.shown() or "3 characters are wrong" in person.shown()
        await person.press("f9")
        assert person.app.clipboard == code


async def test_any_number_of_mistakes_is_marked_against_the_keycode_of_the_system() -> None:
    async with operator() as person:
        code = keycode_of(person, SYSTEM)
        wrong = code[:4] + "?" + code[5:12] + "é" + code[13:20] + code[21:]
        said = await check(person, SYSTEM, wrong)
        assert "3 characters are wrong, missing or too many: they are marked." in said
        assert marked(person) == ["?é", code[4] + code[12] + code[20]]
        await person.press("f9")
        assert code in person.shown().replace(" ", "")


@pytest.mark.parametrize("typed", ["rubbish", "442", "Z" * 90, "4", "\u05d0\u05d1"])
async def test_whatever_was_typed_the_right_keycode_is_one_key_away(typed: str) -> None:
    async with operator() as person:
        code = keycode_of(person, SYSTEM)
        await check(person, SYSTEM, typed)
        await person.press("f9")
        assert code in person.shown().replace(" ", "")


async def test_of_a_nexspan_the_keycodes_of_its_functions_are_one_key_away() -> None:
    async with operator() as person:
        await check(person, NEXSPAN, "rubbish")
        await person.press("f9")
        assert "Which keycode?" in person.shown()


async def test_the_last_group_alone_finds_its_keycode() -> None:
    async with operator() as person:
        code = keycode_of(person, SYSTEM)
        said = await check(person, SYSTEM, code[-4:].lower())
        assert f"A part of a keycode that was issued for {SYSTEM}." in said
        assert f"Characters {len(code) - 3} to {len(code)} of {len(code)} were typed." in said


async def test_two_keycodes_pasted_together_are_told_apart() -> None:
    async with operator() as person:
        earlier, now = keycode_of(person, SYSTEM), await order_more(person)
        said = await check(person, SYSTEM, f"{earlier} {now}")
        assert "2 keycodes, one after the other." in said
        assert "Keycode 1 of 2:" in said
        assert "This is the current keycode" in said.partition("Keycode 2 of 2:")[2]


async def test_a_group_that_several_systems_have_lets_one_choose() -> None:
    async with operator() as person:
        code = keycode_of(person, SYSTEM)
        await person.press("f12", "enter")
        await person.type(code[:3] + "z")
        await person.press("enter")
        await person.until(lambda: "Which system?" in person.shown())
        assert "Hôtel de Valbrune" in person.shown()
        rows = person.app.screen.query_one(OptionList)
        ids = [str(rows.get_option_at_index(n).prompt)[:13] for n in range(rows.option_count)]
        await person.press(*["down"] * ids.index(SYSTEM), "enter")
        await person.until(lambda: f"Keycode for {SYSTEM}" in person.shown())
        await person.press("f9")
        assert person.app.clipboard == code


async def test_who_chooses_no_system_has_typed_nothing_for_nothing() -> None:
    async with operator() as person:
        await person.press("f12", "enter")
        await person.type("442z")
        await person.press("enter")
        await person.until(lambda: "Which system?" in person.shown())
        await person.press("escape")
        assert person.app.screen.query_one("#keycode", Input).value == "442z"
        assert "Several systems have such a keycode" in person.text("#keycode-error")


def so_far(person: PilotOperator) -> str:
    return person.text("#keycode-so-far")


async def test_marks_appear_while_a_keycode_is_typed() -> None:
    async with operator() as person:
        code = keycode_of(person, SYSTEM)
        await person.press("f12")
        await person.type(SYSTEM)
        await person.press("enter")
        await person.type(code[:6].lower())
        assert f"6 characters of {len(code)}: right so far." in so_far(person)
        await person.type("é")
        assert f"{code[4:6]}[é]" in so_far(person).replace(" ", "")
        assert "1 character is wrong, missing or one too many so far." in so_far(person)
        await person.press("backspace")
        await person.type(code[6:])
        assert f"{len(code)} characters of {len(code)}: right so far." in so_far(person)
        await person.press("f5")
        assert f"{len(code)} caractères sur {len(code)}" in so_far(person)


async def test_marks_of_what_can_be_no_keycode_need_no_system() -> None:
    async with operator() as person:
        await person.press("f12", "enter")
        await person.type("442Z")
        assert so_far(person).endswith("4 characters.")
        await person.type("000")
        assert "442Z 000 ^" not in so_far(person)
        assert "[0]" in so_far(person)
        await person.press("backspace", "backspace", "backspace", "!")
        assert "[!]" in so_far(person)


async def test_marks_are_those_of_the_system_that_is_named_last() -> None:
    async with operator() as person:
        code = keycode_of(person, SYSTEM)
        await person.press("f12")
        await person.type(FRESH)
        await person.press("enter")
        await person.type(code[:8])
        assert so_far(person).endswith("8 characters.")
        await person.press("up")
        await person.type("2AD4")
        await person.press("enter")
        assert person.app.screen.query_one("#equipment-id", Input).value == SYSTEM
        assert f"8 characters of {len(code)}: right so far." in so_far(person)


async def test_what_cannot_be_read_of_a_system_interrupts_nobody_who_types() -> None:
    async with operator() as person:
        await person.press("f12")
        await person.type("03FF0000000AA")
        await person.press("enter")
        await person.type("442Z P5M1")
        assert person.app.screen.query_one("#keycode", Input).value == "442Z P5M1"
        await person.press("enter")
        assert person.text("#id-error")


async def test_a_form_with_marks_fits_the_smallest_window() -> None:
    async with operator() as person:
        code = keycode_of(person, SYSTEM)
        await person.press("f12")
        await person.type(SYSTEM)
        await person.press("enter")
        await person.type("?".join(code[i : i + 3] for i in range(0, 27, 3)))
        await person.pilot.resize_terminal(80, 22)
        assert "so far" in person.shown()
        assert all(len(line) <= 76 for line in so_far(person).split("\n"))
        assert person.app.screen.query_one("#find").region.bottom < 22
