"""Changing a password: by choice, and because it was issued."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.widgets import Input

from engine.errors import SessionEnded, SignInRefused, StoreBusy
from engine.settings import Language
from tests.support.guide import COMPANY, LOGIN, PASSWORD
from tests.tui.driving import PilotOperator, operator
from tui.full_screen.screens.document import ReadingScreen
from tui.full_screen.screens.home import HomeScreen
from tui.full_screen.screens.password import PasswordScreen
from tui.full_screen.widgets.fields import Field

NEW = "four words are enough"


async def change(person: PilotOperator, previous: str, new: str, again: str) -> None:
    await person.fill(previous_password=previous, new_password=new, new_password_again=again)
    await person.pilot.click("#save")
    await person.until(lambda: person.status)
    await person.settled()


def values(person: PilotOperator) -> list[str]:
    return [line.value for line in person.app.screen.query(Input)]


@asynccontextmanager
async def issued(language: Language = "en") -> AsyncIterator[tuple[PilotOperator, str]]:
    """Somebody who has logged in with a password of the licence desk, and the password."""
    async with operator(language, signed_in=False) as person:
        administration = person.app.visit.portal.administration
        password = administration.reset_password(COMPANY, LOGIN, "unix:desk")
        await person.fill(company=COMPANY, login=LOGIN, password=password)
        await person.pilot.click("#sign-in")
        await person.until(lambda: isinstance(person.app.screen, PasswordScreen))
        await person.settled()
        yield person, password


async def test_the_users_details_are_shown() -> None:
    async with operator() as person:
        await person.press("f6")
        details = person.text("#details").split()
        for text in ("Smith", "John", "jsmith@demo-telecom.example", "jsmith"):
            assert text in details


@pytest.mark.parametrize(
    ("language", "says"), [("en", "other sessions have ended"), ("fr", "autres sessions")]
)
async def test_the_new_password_counts_and_other_sessions_end(
    language: Language, says: str
) -> None:
    async with operator(language) as person:
        portal = person.app.visit.portal
        other, _user = portal.signing_in.sign_in(COMPANY, LOGIN, PASSWORD)
        await person.press("f6")
        await change(person, PASSWORD, NEW, NEW)
        assert says in person.status
        assert values(person) == ["", "", ""]
        with pytest.raises(SessionEnded):
            portal.own_account.user(other)
        assert portal.own_account.user(person.app.visit.signed_in).login == LOGIN
        with pytest.raises(SignInRefused):
            portal.signing_in.sign_in(COMPANY, LOGIN, PASSWORD)
        portal.signing_in.sign_in(COMPANY, LOGIN, NEW)


@pytest.mark.parametrize(
    ("typed", "field", "brief", "left"),
    [
        (("wrong wrong wrong", NEW, NEW), "previous-password", "wrong", ["", NEW, NEW]),
        ((PASSWORD, "short", "short"), "new-password", "at least 15", [PASSWORD, "", ""]),
        ((PASSWORD, "x" * 129, "x"), "new-password", "at most 128", [PASSWORD, "", ""]),
        ((PASSWORD, "Demo  TELECOM" + " ", ""), "new-password-again", "required", None),
        ((PASSWORD, "passwordpassword", "x"), "new-password", "too common", [PASSWORD, "", ""]),
        ((PASSWORD, PASSWORD, PASSWORD), "new-password", "not changed", [PASSWORD, "", ""]),
        ((PASSWORD, NEW, "other words entirely"), "new-password-again", "does not match", None),
        (("", NEW, NEW), "previous-password", "required", ["", NEW, NEW]),
    ],
)
async def test_what_is_wrong_stands_at_its_field_and_only_that_is_typed_again(
    typed: tuple[str, str, str], field: str, brief: str, left: list[str] | None
) -> None:
    async with operator() as person:
        await person.press("f6")
        await change(person, *typed)
        line = person.app.screen.query_one(f"#{field}")
        assert isinstance(line.parent, Field)
        assert brief in line.parent.note
        assert person.app.focused is line
        assert person.status.startswith("! ")
        assert values(person) == (left or [typed[0], typed[1], ""])
        person.app.visit.portal.signing_in.sign_in(COMPANY, LOGIN, PASSWORD)


async def test_a_store_that_refuses_is_no_mistake_of_the_typist(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_typed: object) -> None:
        raise StoreBusy(what="accounts", seconds=10, holder=0)

    async with operator() as person:
        await person.press("f6")
        monkeypatch.setattr(person.app.visit.portal.own_account, "change_password", refuse)
        await change(person, PASSWORD, NEW, NEW)
        assert "try again" in person.status
        assert values(person) == [PASSWORD, NEW, NEW]


async def test_an_empty_field_costs_no_attempt() -> None:
    async with operator() as person:
        await person.press("f6")
        for _ in range(6):
            await change(person, "", NEW, NEW)
        person.app.visit.portal.signing_in.sign_in(COMPANY, LOGIN, PASSWORD)


@pytest.mark.parametrize(
    ("language", "says"), [("en", "at least 15 characters"), ("fr", "15 caractères ou plus")]
)
async def test_the_rule_stands_beside_the_field_before_anything_is_wrong(
    language: Language, says: str
) -> None:
    async with operator(language) as person:
        await person.press("f6")
        assert says in person.shown()
        assert "!" not in person.status


async def test_cancel_and_escape_change_nothing() -> None:
    async with operator() as person:
        for leave in ("escape", "cancel"):
            await person.press("f6")
            await person.fill(previous_password=PASSWORD, new_password=NEW, new_password_again=NEW)
            if leave == "escape":
                await person.press("escape")
            else:
                await person.pilot.click("#cancel")
            await person.settled()
            assert isinstance(person.app.screen, HomeScreen)
        person.app.visit.portal.signing_in.sign_in(COMPANY, LOGIN, PASSWORD)


async def test_a_password_is_never_shown_or_copied() -> None:
    async with operator() as person:
        await person.press("f6")
        await person.type("secret")
        line = person.app.screen.query_one("#previous-password", Input)
        assert line.value == "secret"
        assert "secret" not in str(line.render_line(0).text)
        line.select_all()
        await person.press("ctrl+c", "ctrl+x")
        assert person.app.clipboard == ""
        assert line.value == "secret"


@pytest.mark.parametrize(
    ("language", "why"), [("en", "Temporary password"), ("fr", "Mot de passe provisoire")]
)
async def test_an_issued_password_says_why_and_lets_nobody_past(
    language: Language, why: str
) -> None:
    async with issued(language) as (person, _password):
        assert why in person.shown()
        for key in ("escape", "f3", "f2", "f4"):
            await person.press(key)
            assert isinstance(person.app.screen, PasswordScreen), key
            assert "F10" in person.status
        for selector in ("#cancel", ".tab.-here"):
            await person.pilot.click(selector)
            await person.settled()
            assert isinstance(person.app.screen, PasswordScreen)


async def test_an_issued_password_lets_one_read_help_and_come_back_to_what_was_typed() -> None:
    async with issued() as (person, _password):
        await person.fill(new_password=NEW)
        await person.press("f1")
        assert isinstance(person.app.screen, ReadingScreen)
        await person.press("f6")
        assert isinstance(person.app.screen, PasswordScreen)
        assert values(person) == ["", NEW, ""]


async def test_after_choosing_a_password_everything_opens() -> None:
    async with issued() as (person, password):
        await change(person, password, NEW, NEW)
        assert "changed" in person.status
        assert "Temporary password" not in person.shown()
        await person.press("f3")
        assert isinstance(person.app.screen, HomeScreen)
        assert "14 Aug 2008" in person.shown()
        assert "F2 Order" in person.text("#legend")
        await person.press("f2")
        assert person.step == 1


async def test_instead_of_choosing_a_password_one_can_log_out() -> None:
    async with issued() as (person, password):
        await person.press("f10")
        await person.pilot.click("#keep")
        await person.until(lambda: person.app.visit.session is None)
        with pytest.raises(SignInRefused):  # it was good for that login
            person.app.visit.portal.signing_in.sign_in(COMPANY, LOGIN, password)
