"""Login: the one way in, in both languages."""

from __future__ import annotations

from threading import Event

import pytest
from textual import events

from engine.settings import Language
from tests.support.clock import Clock
from tests.support.guide import COMPANY, LOGIN, PASSWORD
from tests.tui.driving import SIZE, demo_portal, operator
from tui.full_screen.input.key_parser import LONGEST_PASTE
from tui.full_screen.kiosk import KioskApp
from tui.full_screen.screens.home import HomeScreen
from tui.full_screen.screens.kiosk_start import KioskLoginScreen, StartScreen
from tui.terminal.idle_watch import IdleWatch


async def test_three_fields_and_enter_lead_home() -> None:
    async with operator(signed_in=False) as person:
        for text in (COMPANY, LOGIN, PASSWORD):
            await person.type(text)
            await person.press("enter")
        await person.until(lambda: person.app.visit.session is not None)
        await person.settled()
        assert "Latest orders of your company" in person.shown()
        assert "Logout (jsmith)" in person.shown()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "do not match"), ("fr", "concordent")],
)
async def test_a_wrong_password_is_cleared_and_the_names_stay(
    language: Language, sentence: str
) -> None:
    async with operator(language, signed_in=False) as person:
        await person.fill(company=COMPANY, login=LOGIN, password="wrong wrong wrong wrong")
        await person.pilot.click("#sign-in")
        await person.until(lambda: person.status.startswith("!"))
        assert sentence in person.status
        assert person.app.visit.session is None
        values = {line.id: line.value for line in person.app.screen.query("LineInput")}  # type: ignore[attr-defined]
        assert values == {"company": COMPANY, "login": LOGIN, "password": ""}
        assert person.app.focused is person.app.screen.query_one("#password")


async def test_names_are_forgiving_in_case_and_spaces() -> None:
    async with operator(signed_in=False) as person:
        await person.fill(company="  demo   TELECOM ", login="JSmith", password=PASSWORD)
        await person.pilot.click("#sign-in")
        await person.until(lambda: person.app.visit.session is not None)


async def test_the_language_changes_at_once_and_keeps_what_was_typed() -> None:
    async with operator(signed_in=False) as person:
        await person.type("Demo")
        await person.press("f5")
        assert "société" in person.shown()
        assert "English" in person.shown()
        await person.type(" Telecom")
        assert person.app.screen.query_one("#company").value == "Demo Telecom"  # type: ignore[attr-defined]


async def test_the_last_language_is_remembered() -> None:
    async with operator() as person:
        await person.press("f5")
        users = person.app.visit.portal.administration.users
        await person.until(
            lambda: {user.login: user.language for _company, user in users()}[LOGIN] == "fr"
        )
        await person.press("f10")
        await person.pilot.click("#keep")
        await person.until(lambda: person.app.visit.session is None)
        await person.press("f5")
        await person.log_in()
        assert "Dernières commandes" in person.shown()


@pytest.mark.parametrize("key", ["f1", "f10"])
async def test_what_is_opened_while_the_password_is_checked_gives_way_to_home(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with operator(signed_in=False) as person:
        checked, signing_in = Event(), person.app.visit.portal.signing_in
        sign_in = signing_in.sign_in
        monkeypatch.setattr(
            signing_in, "sign_in", lambda *typed: (checked.wait(), sign_in(*typed))[1]
        )
        await person.fill(company=COMPANY, login=LOGIN, password=PASSWORD)
        await person.pilot.click("#sign-in")
        login = person.app.screen
        await person.pilot.press(key)
        await person.until(lambda: person.app.screen is not login)
        checked.set()
        await person.until(lambda: person.app.visit.session is not None)
        await person.settled()
        assert isinstance(person.app.screen, HomeScreen)
        await person.app.action_home()
        await person.settled()
        assert isinstance(person.app.screen, HomeScreen)


async def test_nothing_behind_the_login_opens_without_one() -> None:
    async with operator(signed_in=False) as person:
        for key in ("f2", "f4", "f6"):
            await person.press(key)
            assert person.status == "! Log in first."


async def test_escape_and_ctrl_c_only_say_how_to_leave() -> None:
    async with operator(signed_in=False) as person:
        for key in ("escape", "ctrl+c"):
            await person.press(key)
            assert "F10" in person.status
            assert person.app.is_running


async def test_too_long_a_paste_on_a_kiosks_start_page_ends_nothing() -> None:
    app = KioskApp(lambda: demo_portal(Clock()))
    async with app.run_test(size=SIZE) as pilot:
        app.post_message(events.Paste("x" * (LONGEST_PASTE + 1)))
        await pilot.pause()
        assert app.mistake is None
        assert isinstance(app.screen, StartScreen)
        await pilot.press("x")
        await pilot.pause()
        assert isinstance(app.screen, KioskLoginScreen)


async def test_who_is_away_is_warned_and_then_types_only_the_password() -> None:
    async with operator() as person:
        app = person.app
        app._idle = IdleWatch(600, app._idle_too_long, app._idle_soon)
        app._warn()
        await person.until(lambda: "In a minute you will be logged out" in person.shown())
        await person.press("down")
        assert "In a minute" not in person.shown()
        await app._end_idle()
        await person.until(lambda: app.visit.session is None)
        await person.until(lambda: "Log in" in person.shown())
        await person.settled()
        await person.type(PASSWORD)
        await person.press("enter")
        await person.press("enter")
        await person.until(lambda: app.visit.session is not None)


async def test_enter_alone_logs_in_to_the_demonstration() -> None:
    async with operator(signed_in=False) as person:
        await person.press("enter")
        await person.until(lambda: person.app.visit.session is not None)
        await person.until(lambda: "Latest orders of your company" in person.shown())
