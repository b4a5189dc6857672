"""People on the screen: added with a password that is shown once, closed, and opened again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from engine.settings import LANGUAGES, Language
from tests.support.guide import COMPANY, LOGIN, PASSWORD
from tests.tui.driving import PilotOperator, operator
from tui.full_screen.screens.people import PersonScreen
from tui.full_screen.widgets.choice_field import ChoiceField
from tui.full_screen.widgets.choice_list import ChooseDialog
from tui.visit.people import label_of


@asynccontextmanager
async def administrator(language: Language = "en") -> AsyncIterator[PilotOperator]:
    async with operator(language) as person:
        visit = person.app.visit
        visit.portal.administration.set_role(COMPANY, LOGIN, "company-admin", "desk")
        visit.portal.searching.companies(visit.signed_in)
        await person.app.action_people()
        await person.settled()
        yield person


async def adds(person: PilotOperator, **more: str) -> None:
    await person.app.screen.run_action("screen.add")
    await person.settled()
    texts = {
        "change_login": "anna",
        "change_first_name": "Anna",
        "change_last_name": "Essai",
        "change_email": "anna@example.com",
        "change_own_password": PASSWORD,
    }
    await person.fill(**(texts | more))
    await person.app.screen.run_action("screen.next")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_somebody_is_added_and_the_password_stands_there_once(language: Language) -> None:
    async with administrator(language) as person:
        await adds(person)
        await person.until(lambda: person.app.screen.query("#people"))
        await person.until(lambda: "anna" in person.text("#issued"))
        issued = next(word for word in person.text("#issued").split() if word.count("-") > 3)
        portal = person.app.visit.portal
        assert portal.signing_in.sign_in(COMPANY, "anna", issued)
        await person.until(lambda: "Anna Essai" in person.shown())
        await person.press("enter")  # a deed for the first in the list
        await person.press("enter")
        assert "anna" in person.shown()
        await person.press("escape")
        await person.settled()
        assert not person.app.screen.query_one("#issued").display


async def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost() -> None:
    async with administrator() as person:
        await adds(person, change_email="nowhere")
        await person.until(lambda: "is not an e-mail address" in person.shown())
        assert person.app.focused is person.app.screen.query_one("#change-email")
        await person.fill(change_email="anna@example.com", change_own_password="wrong")
        await person.app.screen.run_action("screen.next")
        await person.until(lambda: "current password is wrong" in person.shown())
        await person.fill(change_own_password=PASSWORD, change_login="helpdesk")
        await person.app.screen.run_action("screen.next")
        await person.until(lambda: "helpdesk" in person.shown() and "already" in person.shown())
        assert PASSWORD not in person.shown()


async def test_an_account_is_closed_and_opened_again() -> None:
    async with administrator() as person:
        for button, word in (("close", "closed"), ("open", "open")):
            await person.press("home", "enter")
            await person.press("down", "down", "down", "enter")
            await person.settled()
            await person.press("enter")
            await person.until(lambda word=word: f"is {word}." in person.shown())  # type: ignore[misc]
            user = person.app.visit.portal.administration.user(COMPANY, "helpdesk")[1]
            assert user.disabled == (button == "close")


async def test_who_lost_the_role_meanwhile_is_refused() -> None:
    async with administrator() as person:
        portal = person.app.visit.portal
        await person.app.screen.run_action("screen.add")
        await person.settled()
        portal.administration.set_role(COMPANY, LOGIN, "order", "desk")
        await person.fill(change_login="anna", change_own_password=PASSWORD)
        await person.app.screen.run_action("screen.next")
        await person.until(lambda: "administrator" in person.shown())
        assert "anna" not in [user.login for _c, user in portal.administration.users(COMPANY)]


async def test_an_ssh_key_is_added_and_removed() -> None:
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDXr2vYfJzkA8h2zq1cE9mB4r2yQmJk8v2mXoWZ1bS4c laptop"
    async with administrator() as person:
        portal, session = person.app.visit.portal, person.app.visit.signed_in

        async def chooses(title: str) -> None:
            await person.press("home", "enter")
            await person.until(lambda: isinstance(person.app.screen, ChooseDialog))
            await person.press(*title, "enter")
            await person.until(lambda: isinstance(person.app.screen, PersonScreen))
            await person.settled()

        await chooses("add an ssh")
        await person.fill(change_ssh_key="no key at all", change_own_password=PASSWORD)
        await person.press("f8")
        await person.until(
            lambda: person.app.focused is person.app.screen.query_one("#change-ssh-key")
        )
        await person.fill(change_ssh_key=key, change_own_password=PASSWORD)
        await person.press("f8")
        await person.until(lambda: "can log in with this SSH key" in person.status)
        (added,) = portal.people.keys(session, "helpdesk")
        assert added.comment == "laptop"
        await chooses("remove an ssh")
        field = person.app.screen.query_one("#change-known-key", ChoiceField)
        field.code = label_of(added)
        await person.press("f8")
        await person.until(lambda: "no longer log in" in person.status)
        assert portal.people.keys(session, "helpdesk") == []
