"""Lists: sorted by a key, looked through by a text, in whatever state they are."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList

from engine.settings import LANGUAGES, Language
from tests.support.guide import SYSTEM
from tests.tui.driving import PilotOperator, operator
from tui.full_screen.screens.placed_order import PlacedOrderScreen
from tui.full_screen.screens.requests import RequestScreen, RequestsScreen

IDS = ("9123456789ABC", "0123456789ABC", "5123456789ABC")


def rows(person: PilotOperator) -> list[str]:
    options = person.app.screen.query_one("#requests", OptionList)
    return [str(options.get_option_at_index(n).prompt) for n in range(options.option_count)]


def systems(person: PilotOperator) -> list[str]:
    return [next(each for each in IDS if each in row) for row in rows(person)]


async def with_requests(person: PilotOperator, *ids: str) -> None:
    visit = person.app.visit
    for each in ids:
        visit.portal.asking.ask_for_system(visit.signed_in, each, "aastra5000", "R5.2")
    await person.app.action_requests()
    await person.until(lambda: isinstance(person.app.screen, RequestsScreen))
    await person.settled()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_s_sorts_and_comes_back_to_what_it_was(language: Language) -> None:
    async with operator(language) as person:
        await with_requests(person, *IDS)
        first = systems(person)
        assert {"en": "S: sort", "fr": "S"}[language] in person.status
        await person.press("s", "s")
        assert systems(person) == sorted(IDS)
        assert {"en": "by system", "fr": "système"}[language] in person.status
        await person.press("s", "s", "s", "s")
        assert systems(person) == first


async def test_slash_looks_for_rows_and_escape_shows_all() -> None:
    async with operator() as person:
        await with_requests(person, *IDS)
        await person.press("slash", *"5123")
        assert systems(person) == [IDS[2]]
        await person.press("s")  # a letter like others
        assert rows(person) == []
        assert "No row has this text" in person.status
        await person.press("enter", "enter")
        assert isinstance(person.app.screen, RequestsScreen)
        await person.press("escape")
        assert len(rows(person)) == 3
        await person.press("slash", *"0123", "enter", "enter")
        await person.until(lambda: isinstance(person.app.screen, RequestScreen))
        await person.until(lambda: IDS[1] in person.shown())
        await person.press("f3")
        await person.until(lambda: isinstance(person.app.screen, RequestsScreen))
        await person.settled()
        assert systems(person) == [IDS[1]]  # as it was left
        await person.press("escape", "escape")
        await person.settled()
        assert not isinstance(person.app.screen, RequestsScreen)


async def test_a_list_of_one_and_of_none_can_be_sorted_and_looked_through() -> None:
    async with operator() as person:
        await with_requests(person)
        await person.press("s", "slash", "x", "escape", "s")
        assert rows(person) == []
        visit = person.app.visit
        visit.portal.asking.ask_for_system(visit.signed_in, IDS[0], "aastra5000", "R5.2")
        await person.press("f4", "f3")
        await with_requests(person)
        for _ in range(7):
            await person.press("s")
            assert systems(person) == [IDS[0]]


async def test_orders_that_were_found_are_sorted_and_the_right_one_opens() -> None:
    async with operator() as person:
        await person.press("f4")
        await person.settled()
        await person.fill(by_since="2000-01-01")
        await person.press("enter")
        await person.until(lambda: person.app.screen.query_one("#orders", OptionList).option_count)
        await person.settled()
        await person.press("s", "s", "s", "slash", *SYSTEM[-4:], "enter", "o")
        await person.until(lambda: isinstance(person.app.screen, PlacedOrderScreen))
        await person.until(lambda: f"{SYSTEM}-0001" in person.shown())
