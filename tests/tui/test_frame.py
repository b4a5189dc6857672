"""The frame around every screen: whole at 80 columns in both languages, and every way leads."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.containers import Horizontal
from textual.screen import Screen

from engine.settings import LANGUAGES, Language
from tests.support.guide import NEXSPAN, SYSTEM
from tests.tui.driving import PilotOperator, operator
from tui.full_screen.screens.check_keycode import CheckScreen
from tui.full_screen.screens.document import ReadingScreen
from tui.full_screen.screens.home import HomeScreen
from tui.full_screen.screens.leave_dialog import LeaveDialog
from tui.full_screen.screens.login import LoginScreen
from tui.full_screen.screens.menu import MenuScreen
from tui.full_screen.screens.order.screen import OrderScreen
from tui.full_screen.screens.password import PasswordScreen
from tui.full_screen.screens.quotes import QuotesScreen
from tui.full_screen.screens.reports import ReportsScreen
from tui.full_screen.screens.requests import RequestsScreen
from tui.full_screen.screens.search import SearchScreen
from tui.full_screen.widgets.buttons import Link
from tui.full_screen.widgets.choice_list import ChooseDialog
from tui.full_screen.widgets.text import TranslatedText

Go = Callable[[PilotOperator], Awaitable[None]]


async def press(person: PilotOperator, *keys: str) -> None:
    await person.press(*keys)


async def find(person: PilotOperator, equipment_id: str) -> None:
    await person.press("f4")
    await person.fill(equipment_id=equipment_id)
    await person.press("enter")


async def find_orders(person: PilotOperator) -> None:
    await person.press("f4")
    await person.fill(by_since="2008-01-01")
    person.app.screen.query_one("#by-since").focus()
    await person.settled()
    await person.press("enter")


async def check(person: PilotOperator) -> None:
    await person.app.action_check()
    await person.settled()


async def check_keycode(person: PilotOperator) -> None:
    visit = person.app.visit
    record = visit.portal.searching.by_equipment_id(visit.signed_in, SYSTEM)
    await check(person)
    await person.fill(equipment_id=SYSTEM, keycode=record.orders[0].keycode or "")
    await person.press("enter", "enter")


async def show_keycode(person: PilotOperator) -> None:
    await find(person, SYSTEM)
    await person.press("f9")


async def deliver(person: PilotOperator) -> None:
    await person.to_validation(SYSTEM)
    await person.confirm()


SCREENS: dict[str, Go] = {
    "home": lambda person: person.app.action_home(),
    "search": lambda person: press(person, "f4"),
    "result": lambda person: find(person, SYSTEM),
    "nexspan": lambda person: find(person, NEXSPAN),
    "orders": find_orders,
    "keycode": show_keycode,
    "check": check,
    "verdict": check_keycode,
    "password": lambda person: press(person, "f6"),
    "id": lambda person: press(person, "f2"),
    "items": lambda person: person.identify(SYSTEM),
    "deliverables": deliver,
    "guide": lambda person: press(person, "f1"),
}
"""How to come to each, in an order in which one can go on from the one before."""


def cut(person: PilotOperator) -> list[str]:
    """Texts of one line that have less room than they need."""
    return [
        f"{words.id}: {words.text} in {words.content_size.width}"
        for words in person.app.screen.query(TranslatedText)
        if words.size.height == 1
        and (words.text.cell_length > words.content_size.width or words.region.right > 80)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_no_line_of_any_screen_is_cut(language: Language) -> None:
    async with operator(language, signed_in=False) as person:
        assert cut(person) == []
        await person.press("f1")
        assert cut(person) == []
        await person.press("escape")
        await person.log_in()
        for name, go in SCREENS.items():
            await go(person)
            assert cut(person) == [], name


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_long_login_leaves_room_for_where_one_is(language: Language) -> None:
    async with operator(language) as person:
        person.app.visit.signed_in.login = "bartholomew.featherstonehaugh"
        await person.press("f4")
        assert cut(person) == []


LINKS: dict[str, type[Screen[Any]]] = {
    "app.home": HomeScreen,
    "app.new_order": OrderScreen,
    "app.search": SearchScreen,
    "app.password": PasswordScreen,
    "app.legal": ReadingScreen,
    "app.contact": ReadingScreen,
    "app.about": ReadingScreen,
    "app.menu": MenuScreen,
    "app.log_out": LeaveDialog,
}


@pytest.mark.parametrize("start", ["home", "search", "keycode", "check", "password", "id", "guide"])
async def test_every_link_of_every_screen_leads_where_it_says(start: str) -> None:
    async with operator() as person:
        go = SCREENS[start]
        await go(person)
        actions = [link.press_action for link in links(person)]
        assert set(LINKS) <= set(actions)
        for action in actions:
            await go(person)
            (link,) = [link for link in links(person) if link.press_action == action][:1]
            await person.pilot.click(link)
            await person.settled()
            assert isinstance(person.app.screen, LINKS[action])
            if action in ("app.menu", "app.log_out"):
                await person.press("escape")


def links(person: PilotOperator) -> list[Link]:
    screen = person.app.screen
    return [
        link
        for selector in ("#title-line", "#tab-line", "#link-line")
        for link in screen.query_one(selector, Horizontal).query(Link)
    ]


async def test_before_login_only_what_may_be_read_opens() -> None:
    async with operator(signed_in=False) as person:
        for title in ("Legal", "Contact", "About"):
            action = f"app.{title.lower()}"
            (link,) = [link for link in links(person) if link.press_action == action]
            await person.pilot.click(link)
            await person.settled()
            assert person.text("#page-title") == title
            (home,) = [link for link in links(person) if link.press_action == "app.home"]
            await person.pilot.click(home)
            await person.settled()
            assert isinstance(person.app.screen, LoginScreen)
        await person.press("ctrl+p")
        assert isinstance(person.app.screen, MenuScreen)
        offered = menu(person)
        assert "User guide" in offered
        assert "New order" not in offered


@pytest.mark.parametrize("language", LANGUAGES)
async def test_everything_in_the_menu_opens(language: Language) -> None:
    opens: list[type[Screen[Any]] | None] = [
        HomeScreen,
        ReadingScreen,
        OrderScreen,
        SearchScreen,
        CheckScreen,
        SearchScreen,
        QuotesScreen,
        RequestsScreen,
        ReportsScreen,
        None,
        None,
        PasswordScreen,
    ]
    opens += [LeaveDialog, ReadingScreen, ReadingScreen, ReadingScreen]
    async with operator(language) as person:
        for place, screen in enumerate(opens):
            await person.press("ctrl+p", *["down"] * place, "enter")
            if screen is None:
                await person.press("f5")
                continue
            await person.until(lambda s=screen: isinstance(person.app.screen, s))  # type: ignore[misc]
            await person.settled()
            if screen is LeaveDialog:
                await person.press("escape")


async def test_who_may_only_read_is_not_offered_to_order() -> None:
    async with operator(signed_in=False) as person:
        await person.fill(company="Demo Telecom", login="helpdesk", password="demonstration only")
        await person.pilot.click("#sign-in")
        await person.until(lambda: isinstance(person.app.screen, HomeScreen))
        await person.settled()
        assert "New order" not in person.shown()
        assert "F2" not in person.text("#legend")
        await person.press("f2")
        assert "role does not allow" in person.status
        await person.press("ctrl+p")
        assert "New order" not in menu(person)


async def test_menu_and_lists_change_their_language() -> None:
    async with operator() as person:
        await person.press("ctrl+p", "f5")
        assert "Guide utilisateur" in menu(person)


async def test_typing_in_the_menu_finds_what_can_be_done_here() -> None:
    async with operator() as person:
        await person.app.navigation.show_order(f"{SYSTEM}-0001")
        await person.settled()
        await person.press("ctrl+p", *"export")
        assert menu(person).split() == ["Export", ".txt", "file"]
        await person.press("enter")
        await person.until(lambda: isinstance(person.app.screen, ChooseDialog))
        await person.press("escape")
        await person.press("ctrl+p", *"PASS", "enter")
        await person.until(lambda: isinstance(person.app.screen, PasswordScreen))


async def test_the_menu_finds_nothing_and_presses_nothing_that_needs_care() -> None:
    async with operator() as person:
        await person.app.navigation.show_order(f"{SYSTEM}-0001")
        await person.settled()
        await person.press("ctrl+p", *"nothing of the kind", "enter")
        assert isinstance(person.app.screen, MenuScreen)
        assert menu(person) == ""
        await person.press("ctrl+p")
        await person.to_validation()
        await person.press("ctrl+p")
        assert "YES" not in menu(person)
        assert "Previous step" in menu(person)


def menu(person: PilotOperator) -> str:
    from textual.widgets import OptionList

    options = person.app.screen.query_one(OptionList)
    return "\n".join(
        str(options.get_option_at_index(n).prompt) for n in range(options.option_count)
    )
