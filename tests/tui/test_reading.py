"""Reading the guide, the legal pages and whom to ask, from everywhere and before login too."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from msgspec.structs import replace
from textual.containers import VerticalScroll
from textual.widgets import Input

from engine.settings import LANGUAGES, Language, Settings
from tests.support.guide import SYSTEM
from tests.tui.driving import PilotOperator, operator
from tui.full_screen.screens.document import ReadingScreen
from tui.full_screen.screens.login import LoginScreen
from tui.full_screen.screens.order.screen import OrderScreen
from tui.wording.contact import contact_pages
from tui.wording.documents import WIDTH, read_document, read_section


def reading(person: PilotOperator) -> ReadingScreen:
    screen = person.app.screen
    assert isinstance(screen, ReadingScreen)
    return screen


def scroll(person: PilotOperator) -> VerticalScroll:
    return person.app.screen.query_one("#page", VerticalScroll)


async def stay(person: PilotOperator) -> None:
    """Home, where the login leads."""


async def to_search(person: PilotOperator) -> None:
    await person.press("f4")


async def to_check(person: PilotOperator) -> None:
    await person.app.action_check()


async def to_keycode(person: PilotOperator) -> None:
    await person.press("f4")
    await person.fill(equipment_id=SYSTEM)
    await person.press("enter", "f9")


async def to_password(person: PilotOperator) -> None:
    await person.press("f6")


async def to_items(person: PilotOperator) -> None:
    await person.identify(SYSTEM)


async def to_reference(person: PilotOperator) -> None:
    await person.to_reference(BHW1095A="8")


async def to_validation(person: PilotOperator) -> None:
    await person.to_validation()


async def to_deliverables(person: PilotOperator) -> None:
    await person.to_validation()
    await person.confirm()


@pytest.mark.parametrize(
    ("go", "page"),
    [
        (stay, "home"),
        (to_search, "search"),
        (to_check, "check"),
        (to_keycode, "keycode"),
        (to_password, "password"),
        (to_items, "order-items"),
        (to_reference, "order-reference"),
        (to_validation, "order-validation"),
        (to_deliverables, "order-deliverables"),
    ],
)
async def test_f1_opens_the_guide_at_the_page_of_the_screen_and_f3_comes_back(
    go: Callable[[PilotOperator], Awaitable[None]], page: str
) -> None:
    async with operator() as person:
        await go(person)
        before = person.app.screen
        await person.press("f1")
        assert person.text("#page-title") == read_section("guide", "en", page).title
        assert person.text("#page-text") == read_section("guide", "en", page).text
        await person.press("f3")
        assert person.app.screen is before


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("document", "start"), [("guide", "introduction"), ("legal", "notice")])
async def test_every_page_can_be_read_whole_by_turning_pages(
    document: str, start: str, language: Language
) -> None:
    async with operator(language, signed_in=False) as person:
        await person.app.push_screen(ReadingScreen(person.app, document, start))
        await person.settled()
        sections = read_document(document, language)
        for number, section in enumerate(sections, start=1):
            assert person.text("#page-title") == section.title
            assert person.text("#page-text") == section.text
            assert person.text("#page-place") == f"{number}/{len(sections)}"
            await person.press("right")
        assert reading(person).page == sections[-1].id
        for _ in sections:
            await person.press("f7")
        assert reading(person).page == sections[0].id


async def test_a_long_page_scrolls_by_lines_and_by_pages_and_the_next_begins_at_its_top() -> None:
    async with operator() as person:
        await person.press("f6", "f1")
        assert scroll(person).max_scroll_y > 0
        await person.press("down", "down", "up")
        assert scroll(person).scroll_y == 1
        await person.press("end")
        assert scroll(person).scroll_y == scroll(person).max_scroll_y
        await person.press("pageup", "pageup", "pageup")
        assert scroll(person).scroll_y == 0
        await person.press("pagedown", "f8", "f7")
        assert scroll(person).scroll_y == 0


async def test_any_page_is_chosen_from_the_list_by_a_word_of_its_title() -> None:
    async with operator() as person:
        await person.press("f1")
        await person.pilot.click("#page-choose")
        await person.settled()
        await person.type("keys")
        await person.press("enter")
        assert reading(person).page == "keys"
        await person.press("pagedown")
        assert scroll(person).scroll_y > 0


async def test_the_same_page_in_the_other_language_at_once() -> None:
    async with operator() as person:
        await person.press("f6", "f1", "f5")
        section = read_section("guide", "fr", "password")
        assert person.text("#page-title") == section.title
        assert person.text("#page-text") == section.text
        assert "Guide utilisateur" in person.text("#where")


async def test_an_order_under_way_is_there_again_after_reading() -> None:
    async with operator() as person:
        await person.to_reference(BHW1095A="8")
        await person.fill(licensee="John Smith")
        await person.press("f1", "f8", "escape")
        assert person.app.screen.query_one("#licensee", Input).value == "John Smith"
        await person.press("f1", "f2")
        assert isinstance(person.app.screen, OrderScreen)
        assert person.app.screen.query_one("#licensee", Input).value == "John Smith"


async def test_what_is_open_to_read_never_piles_up() -> None:
    async with operator(signed_in=False) as person:
        for key in ("f1", "f1"):
            await person.press(key)
        for action in ("legal", "contact", "about", "guide"):
            await person.app.run_action(f"app.{action}")
        await person.press("escape")
        assert isinstance(person.app.screen, LoginScreen)


@pytest.mark.parametrize(
    ("language", "says"), [("en", "No contact has been set"), ("fr", "Aucun contact n’est indiqué")]
)
async def test_without_a_contact_the_page_says_how_the_desk_sets_one(
    language: Language, says: str
) -> None:
    async with operator(language, signed_in=False) as person:
        await person.app.run_action("app.contact")
        await person.settled()
        assert says in person.text("#page-text")
        assert "KEYCODE_PORTAL_CONTACT_NAME" in person.text("#page-text")
        assert not person.app.screen.query_one("#page-after").display


async def test_the_contact_of_the_settings_is_shown() -> None:
    async with operator() as person:
        portal = person.app.visit.portal
        settings = replace(portal.settings, contact_email="desk@example.com", contact_phone="42")
        person.app.visit.portal = portal._replace(settings=settings)
        await person.app.run_action("app.contact")
        await person.settled()
        lines = person.text("#page-text").split("\n")
        assert "E-mail     desk@example.com" in lines
        assert "Telephone  42" in lines
        assert "Licence desk" not in person.text("#page-text")


def test_a_contact_fits_the_page_whatever_it_is() -> None:
    hostile = Settings(store="", contact_name="N" * 200, contact_email="\x1b[31mred@example.com")
    for section in contact_pages(hostile):
        assert "\x1b" not in section.text
        assert max(map(len, section.text.split("\n"))) <= WIDTH
