"""While quantities are typed: the total, the line's own, what the system has, and how many fit."""

from __future__ import annotations

import pytest

from engine.settings import LANGUAGES, Language
from tests.support.guide import SYSTEM
from tests.tui.driving import PilotOperator, operator
from tui.full_screen.screens.order.items import ItemGrid

SIP = "BHW1095A"


def note_of(person: PilotOperator, part: str) -> str:
    return " ".join(person.app.screen.query_one(ItemGrid).rows[part].note.split())


def total_of(person: PilotOperator) -> str:
    return person.text("#total").split()[-1]


async def to_field(person: PilotOperator, part: str) -> None:
    person.app.screen.set_focus(person.app.screen.query_one(f"#item-{part}"))
    await person.settled()


async def test_the_total_follows_every_character() -> None:
    async with operator() as person:
        await person.identify(SYSTEM)
        price = person.app.screen.query_one(ItemGrid).rows[SIP].item.price
        await to_field(person, SIP)
        seen = []
        for typed in ("8", "0", "backspace", "x", "backspace", "backspace"):
            await person.press(typed)
            seen.append(total_of(person))
        assert seen == [f"€{n * price:,.2f}" for n in (8, 80, 8, 0, 8, 0)]


@pytest.mark.parametrize(
    ("language", "has", "fits"),
    [("en", "owned: 8", "! at most 247"), ("fr", "acquis : 8", "! 247 au plus")],
)
async def test_a_row_says_what_the_system_has_and_how_many_fit(
    language: Language, has: str, fits: str
) -> None:
    async with operator(language) as person:
        await person.to_validation(SYSTEM, **{SIP: "8"})
        await person.confirm()
        await person.press("f2")
        await person.identify(SYSTEM)
        assert note_of(person, SIP) == has
        await to_field(person, SIP)
        await person.type("247")
        assert "!" not in note_of(person, SIP)
        await person.type("8")
        assert note_of(person, SIP).startswith("!")
        await person.press("backspace", "backspace", "backspace", "backspace")
        await person.type("248")
        assert note_of(person, SIP) == fits


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_other_language_comes_in_place(language: Language) -> None:
    async with operator(language) as person:
        await person.identify(SYSTEM)
        await to_field(person, SIP)
        await person.type("12")
        before = person.app.focused, person.app.screen
        line = person.app.screen.query_one(f"#item-{SIP}")
        places = line.value, line.cursor_position, person.step  # type: ignore[attr-defined]
        await person.press("f5")
        assert (person.app.focused, person.app.screen) == before
        assert (line.value, line.cursor_position, person.step) == places  # type: ignore[attr-defined]
        await person.type("3")
        assert line.value == "123"  # type: ignore[attr-defined]
