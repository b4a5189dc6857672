"""Every screen at 80×24, 80×22 and 132×43, in English and in French: as it was looked at, and
nothing cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from engine.demo import load_demo
from engine.licences.order import Draft
from engine.services.access import Session
from engine.settings import LANGUAGES, Language
from tests.snapshots.album import USUAL, Album, settled
from tests.snapshots.fixed import fixed_portal
from tui.full_screen.app import PortalApp
from tui.full_screen.kiosk import KioskApp
from tui.full_screen.widgets.choice_field import ChoiceField
from tui.full_screen.widgets.deliberate_button import SETTLE_SECONDS
from tui.full_screen.widgets.fields import LineInput
from tui.visit.visit import Visit
from tui.wording import translation

SIZE = USUAL
SYSTEM, NEXSPAN = "03FFFF0302AD4", "01A0B40000C17"
ADDRESS = ["1 rue Arnold schoenberg", "", "", "Guyancourt", "78280"]


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A terminal that reads UTF-8, with nothing in between; and no language left behind."""
    for name in ("TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    yield
    translation.set_language("en")


@pytest.mark.parametrize("size", [SIZE, (80, 22), (132, 43)], ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_screen(language: Language, size: tuple[int, int]) -> None:
    translation.set_language(language)
    album = Album(language, size)
    app = PortalApp(fixed_portal(language))
    async with app.run_test(size=size) as pilot:
        await login(pilot, album)
        await read(pilot, album)
        await order(pilot, album)
        await search(pilot, album)
        await check(pilot, album)
        await upgrade(pilot, album)
        await life(pilot, album)
        await reports(pilot, album)
        await people(pilot, album)
        await requests(pilot, album)
        await quotes(pilot, album)
        await desk(pilot, album)
        await change_password(pilot, album)
    assert album.wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_window_that_is_too_small(language: Language) -> None:
    translation.set_language(language)
    album = Album(language)
    async with PortalApp(fixed_portal(language)).run_test(size=(60, 15)) as pilot:
        await album.take(pilot, "too-small")
    assert album.wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_start_page_of_a_kiosk(language: Language) -> None:
    translation.set_language(language)
    album = Album(language)
    async with KioskApp(lambda: fixed_portal(language)).run_test(size=SIZE) as pilot:
        await album.take(pilot, "kiosk")
    assert album.wrong == []


def test_every_picture_that_the_readme_shows_is_there() -> None:
    root = Path(__file__).parents[2]
    shown = re.findall(r"\]\((\S+\.svg)\)", (root / "README.md").read_text(encoding="utf-8"))
    assert len(shown) > 20
    assert [picture for picture in shown if not (root / picture).is_file()] == []


async def write(pilot: Pilot[Any], *lines: str) -> None:
    """Put lines, each into the next field."""
    for number, line in enumerate(lines):
        if number:
            await pilot.press("tab")
        field = pilot.app.focused
        assert isinstance(field, LineInput)
        field.value = line
        field.cursor_position = len(line)


async def login(pilot: Pilot[Any], album: Album) -> None:
    visitor = load_demo().visitor
    await album.take(pilot, "login")
    await pilot.press("ctrl+c")
    await album.take(pilot, "login-how-to-leave")
    await write(pilot, visitor.company, visitor.login, "wrong")
    await pilot.press("enter")
    await album.take(pilot, "login-refused")
    await pilot.press("f10")
    await album.take(pilot, "leave")
    await pilot.press("escape")
    await write(pilot, visitor.password)
    await pilot.press("enter")
    await album.take(pilot, "home")


async def read(pilot: Pilot[Any], album: Album) -> None:
    await pilot.press("ctrl+p")
    await album.take(pilot, "menu")
    await pilot.press("escape", "f1")
    await album.take(pilot, "guide")
    await pilot.press("escape")
    for page in ("legal", "about", "contact"):
        await pilot.app.run_action(page)
        await album.take(pilot, page)
        await pilot.press("escape")
        await settled(pilot)


async def order(pilot: Pilot[Any], album: Album) -> None:
    await pilot.press("f2")
    await album.take(pilot, "order-id")
    await write(pilot, "03FFFF0302AX4")
    await pilot.press("enter")
    await album.take(pilot, "order-id-refused")
    await write(pilot, SYSTEM)
    await pilot.press("enter")
    await album.take(pilot, "order-items")
    await pilot.press("space", *["tab"] * 6)
    await write(pilot, "8", "57", "5o", "9999999")
    await pilot.press("f8")
    await album.take(pilot, "order-items-refused")
    await clear_wrong(pilot)
    await album.take(pilot, "order-items-chosen")
    await pilot.press("f8")
    await album.take(pilot, "order-reference")
    await pilot.press("f8")
    await album.take(pilot, "order-reference-refused")
    await write(pilot, "2125469-65891", "John Smith", "John Smith", *ADDRESS)
    await pilot.press("tab", "f")
    await album.take(pilot, "order-country")
    await pilot.press(*"rance", "enter")
    await album.take(pilot, "order-reference-filled")
    await pilot.press("f8")
    await album.take(pilot, "order-validation")
    await pilot.press("end")
    await album.take(pilot, "order-validation-end")
    await pilot.press("f10")
    await album.take(pilot, "log-out-with-an-order")
    await pilot.press("escape", "f8")
    await album.take(pilot, "order-confirm")
    await pilot.pause(SETTLE_SECONDS + 0.1)
    await pilot.press("enter")
    await pilot.pause(0.1)
    await album.take(pilot, "order-deliverables")
    await pilot.press("end")
    await album.take(pilot, "order-deliverables-end")
    await pilot.press("f9", "space", "space")
    await album.take(pilot, "keycode")
    await pilot.press("escape")


async def clear_wrong(pilot: Pilot[Any]) -> None:
    """Empty the two fields that were refused."""
    for part in ("BHW1088A", "BHW1089A"):
        pilot.app.screen.query_one(f"#item-{part}", LineInput).value = ""
    pilot.app.screen.query_one("#item-BHW1095A").focus()


async def search(pilot: Pilot[Any], album: Album) -> None:
    await pilot.press("f4")
    await album.take(pilot, "search")
    await write(pilot, SYSTEM)
    await pilot.press("enter")
    await album.take(pilot, "search-found")
    await pilot.press("escape")
    await settled(pilot)
    await write(pilot, NEXSPAN)
    await pilot.press("enter")
    await album.take(pilot, "search-found-nexspan")
    await pilot.press("escape", *["tab"] * 3)
    await write(pilot, "smith", "2026-11-24")
    await pilot.press("enter")
    await album.take(pilot, "search-orders")
    await pilot.press("escape", "escape")
    await album.take(pilot, "home-with-orders")
    await pilot.app.run_action("screen.open(1)")
    await album.take(pilot, "order-page")
    await pilot.press("escape")


async def check(pilot: Pilot[Any], album: Album) -> None:
    assert isinstance(pilot.app, PortalApp)
    visit = pilot.app.visit
    keycode = visit.portal.searching.by_equipment_id(visit.signed_in, SYSTEM).orders[0].keycode
    assert keycode is not None
    await pilot.app.run_action("check")
    await write(pilot, SYSTEM, keycode)
    await pilot.press("enter")
    await album.take(pilot, "check-valid")
    await pilot.press("escape")
    await write(pilot, keycode.replace("M780", "M870"))
    await album.take(pilot, "check-typing")
    await pilot.press("enter")
    await album.take(pilot, "check-mistyped")
    await pilot.press("escape", "escape")


async def upgrade(pilot: Pilot[Any], album: Album) -> None:
    await pilot.press("f4")
    await write(pilot, SYSTEM)
    await pilot.press("enter")
    await settled(pilot)
    await pilot.click("#change-this")
    await album.take(pilot, "upgrade")
    await pilot.press("f8")
    await album.take(pilot, "upgrade-plan")
    await pilot.press("escape", "escape", "escape", "escape")


async def life(pilot: Pilot[Any], album: Album) -> None:
    """What the licence desk sees besides."""
    assert isinstance(pilot.app, PortalApp)
    administration, visitor = pilot.app.visit.portal.administration, load_demo().visitor
    administration.set_role(visitor.company, visitor.login, "licence-desk", "test")
    pilot.app.visit.portal.searching.companies(pilot.app.visit.signed_in)  # it counts from here on
    await open_order(pilot, f"{SYSTEM}-0001")
    await pilot.click("#correct")
    await settled(pilot)
    await album.take(pilot, "correction")
    pilot.app.screen.query_one("#change-BHW1090A", LineInput).value = "3"
    pilot.app.screen.query_one("#change-reason", ChoiceField).code = "wrong-quantity"
    await pilot.press("f8")
    await album.take(pilot, "correction-plan")
    await pilot.press("escape", "escape", "escape")
    for at, name in ((1, "move"), (2, "transfer")):
        await pilot.press("f4")
        await write(pilot, SYSTEM)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.click("#change-this")
        await settled(pilot)
        await pilot.press(*["down"] * at, "enter")
        await settled(pilot)
        await album.take(pilot, name)
        await pilot.press(*["escape"] * 4)
    await open_order(pilot, "03FFFF0500B32-0001")
    await album.take(pilot, "order-page-moved")
    await pilot.press("escape")
    administration.set_role(visitor.company, visitor.login, "order", "test")


async def open_order(pilot: Pilot[Any], number: str) -> None:
    assert isinstance(pilot.app, PortalApp)
    await pilot.app.navigation.show_order(number)
    await settled(pilot)


async def reports(pilot: Pilot[Any], album: Album) -> None:
    await pilot.app.run_action("app.reports")
    pilot.app.screen.query_one("#report-from", LineInput).value = "2007-01-01"
    pilot.app.screen.query_one("#report-to", LineInput).value = "2008-12-31"
    await album.take(pilot, "reports")
    await pilot.app.screen.run_action("screen.find")
    await album.take(pilot, "report")
    await pilot.press("escape", "escape")


async def people(pilot: Pilot[Any], album: Album) -> None:
    visit = pilot.app.visit  # type: ignore[attr-defined]
    for role in ("company-admin", "order"):
        visit.portal.administration.set_role("Demo Telecom", "jsmith", role, "desk")
        visit.portal.searching.companies(visit.signed_in)
        if role == "company-admin":
            await pilot.app.run_action("app.people")
            await album.take(pilot, "people")
            await pilot.press("shift+tab", "enter")
            await album.take(pilot, "people-add")
            await pilot.press("escape", "escape")
            await settled(pilot)


async def requests(pilot: Pilot[Any], album: Album) -> None:
    """Asked for by an operator, looked at by the licence desk."""
    assert isinstance(pilot.app, PortalApp)
    visit = pilot.app.visit
    administration = visit.portal.administration
    await pilot.press("f2")
    await settled(pilot)
    await write(pilot, "9123456789ABC")
    await pilot.press("enter")
    await album.take(pilot, "order-unknown")
    await pilot.press("tab", "enter")
    await album.take(pilot, "request-what")
    await pilot.press("enter")
    await settled(pilot)
    await album.take(pilot, "request-system")
    await pilot.press("escape", "escape", "escape")
    asker = visit.portal.signing_in.act_as("Other Telecom", "mmartin", "somebody")
    visit.portal.asking.ask_for_system(asker, "9123456789ABC", "aastra5000", "R5.2")
    number = visit.portal.asking.ask_for_transfer(asker, SYSTEM, "merger", "we bought them").number
    administration.set_role("Demo Telecom", "jsmith", "licence-desk", "test")
    visit.portal.searching.companies(visit.signed_in)
    await pilot.app.action_home()
    await pilot.press("f4", "f3")
    await settled(pilot)
    await album.take(pilot, "home-requests")
    await pilot.app.action_requests()
    await album.take(pilot, "requests")
    await pilot.press("down", "enter")
    await album.take(pilot, "request")
    await pilot.press("f8", "right", "tab", "enter")
    await album.take(pilot, "request-refuse")
    await pilot.press("escape", "escape", "escape")
    visit.portal.requests.refuse(asker_at_desk(visit), number, "not a customer of yours")
    administration.set_role("Demo Telecom", "jsmith", "order", "test")
    visit.portal.searching.companies(visit.signed_in)
    await settled(pilot)


async def quotes(pilot: Pilot[Any], album: Album) -> None:
    """One that can be ordered, one that is withdrawn."""
    assert isinstance(pilot.app, PortalApp)
    visit = pilot.app.visit
    quotations, session = visit.portal.quotations, visit.signed_in
    draft = Draft(
        draft_id="",
        equipment_id=SYSTEM,
        quantities={"BHW1095A": "8"},
        reference="PO-1",
        licensee="A",
    )
    quotations.withdraw(session, quotations.make(session, draft).number)
    quotations.make(session, replace(draft, licensee="John Smith"))
    await pilot.app.action_quotes()
    await album.take(pilot, "quotes")
    await pilot.press("enter")
    await album.take(pilot, "quote")
    await pilot.press("f8", "enter")
    await album.take(pilot, "quote-order")
    await pilot.press("escape", "escape", "escape")
    await settled(pilot)


def asker_at_desk(visit: Visit) -> Session:
    """Somebody at the command line."""
    return visit.portal.signing_in.at_the_desk("desk")


async def desk(pilot: Pilot[Any], album: Album) -> None:
    """The licence desk's own screens."""
    assert isinstance(pilot.app, PortalApp)
    visit = pilot.app.visit
    administration = visit.portal.administration
    administration.set_role("Demo Telecom", "jsmith", "licence-desk", "test")
    administration.set_terms("Other Telecom", "12.5", "50000", "test")
    visit.portal.searching.companies(visit.signed_in)
    await pilot.app.action_desk()
    await album.take(pilot, "desk")
    await pilot.app.screen.run_action("screen.companies")
    await album.take(pilot, "companies")
    await pilot.press("down", "enter")
    await album.take(pilot, "company-what")
    await pilot.press("escape", "escape")
    await pilot.app.screen.run_action("screen.add_system")
    await album.take(pilot, "system-add")
    await pilot.press("escape")
    await pilot.app.screen.run_action("screen.journal")
    await album.take(pilot, "journal")
    await pilot.press("escape", "escape")
    administration.set_role("Demo Telecom", "jsmith", "order", "test")
    visit.portal.searching.companies(visit.signed_in)
    await settled(pilot)


async def change_password(pilot: Pilot[Any], album: Album) -> None:
    await pilot.press("f6")
    await album.take(pilot, "password")
    await write(pilot, "demonstration only", "short", "short")
    await pilot.press("enter")
    await album.take(pilot, "password-refused")
