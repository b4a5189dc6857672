"""The licence desk's screens: companies, their people, systems, the journal; and the auditor's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.widgets import OptionList

from engine.settings import LANGUAGES, Language
from tests.support.guide import COMPANY, LOGIN
from tests.tui.driving import PilotOperator, operator
from tui.full_screen.screens.desk import CompaniesScreen, DeskDeedScreen, DeskScreen
from tui.full_screen.screens.journal import JournalScreen
from tui.full_screen.screens.people import PeopleScreen
from tui.full_screen.widgets.choice_field import ChoiceField
from tui.full_screen.widgets.choice_list import ChooseDialog

FRESH = "9123456789ABC"


@asynccontextmanager
async def at_the_desk(
    role: str = "licence-desk", language: Language = "en"
) -> AsyncIterator[PilotOperator]:
    async with operator(language) as person:
        visit = person.app.visit
        visit.portal.administration.set_role(COMPANY, LOGIN, role, "desk")
        visit.portal.searching.companies(visit.signed_in)
        await person.app.action_desk()
        await person.until(lambda: isinstance(person.app.screen, DeskScreen))
        await person.settled()
        yield person


async def goes(person: PilotOperator, way: str, to: type[object]) -> None:
    await person.app.screen.run_action(f"screen.{way}")
    await person.until(lambda: isinstance(person.app.screen, to))
    await person.settled()


async def test_a_company_is_added_put_on_hold_and_its_people_looked_after() -> None:
    async with at_the_desk() as person:
        await goes(person, "companies", CompaniesScreen)
        await goes(person, "add", DeskDeedScreen)
        await person.fill(change_name="Demo Telecom")
        await person.press("f8")
        await person.until(lambda: "already" in person.shown())
        await person.fill(change_name="Third Telecom")
        await person.press("f8")
        await person.until(lambda: "“Third Telecom” is added." in person.status)
        assert person.app.screen.query_one(OptionList).option_count == 3
        await person.press("down", "enter")  # Other Telecom
        await person.until(lambda: isinstance(person.app.screen, ChooseDialog))
        await person.press("down", "enter")  # on hold
        await person.until(lambda: isinstance(person.app.screen, DeskDeedScreen))
        await person.settled()
        await person.press("f8")
        await person.until(lambda: "is on hold" in person.status)
        assert "on hold" in person.shown()
        await person.press("enter")
        await person.until(lambda: isinstance(person.app.screen, ChooseDialog))
        await person.press("down", "down", "enter")  # its people
        await person.until(lambda: isinstance(person.app.screen, PeopleScreen))
        await person.until(lambda: "mmartin" in person.shown())
        assert "People of “Other Telecom”" in person.shown()
        assert person.app.screen.query_one(OptionList).option_count == 1
        await person.press("f3")
        await person.until(lambda: isinstance(person.app.screen, CompaniesScreen))


async def test_what_is_wrong_with_a_system_stands_at_its_field() -> None:
    async with at_the_desk() as person:
        await goes(person, "add_system", DeskDeedScreen)
        await person.fill(change_equipment_id=FRESH, change_company="demo telecm")
        await person.press("f8")
        await person.until(lambda: "is required" in person.status)
        runs = person.app.screen.query_one("#change-runs", ChoiceField)
        runs.code = "Aastra 5000 · R5.2"
        await person.press("f8")
        await person.until(lambda: "Did you mean “Demo Telecom”?" in person.status)
        assert person.app.focused is person.app.screen.query_one("#change-company")
        await person.fill(change_company="demo telecom")
        await person.press("f8")
        await person.until(lambda: f"The system {FRESH} is added." in person.status)


async def test_space_opens_a_list_once() -> None:
    """It opened two, one over the other."""
    async with at_the_desk() as person:
        await goes(person, "add_system", DeskDeedScreen)
        person.app.screen.query_one("#change-runs").focus()
        await person.press("space")
        await person.until(lambda: isinstance(person.app.screen, ChooseDialog))
        await person.press("enter")
        await person.settled()
        assert isinstance(person.app.screen, DeskDeedScreen)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_journal_is_searched_in_the_readers_words(language: Language) -> None:
    async with at_the_desk(language=language) as person:
        portal, session = person.app.visit.portal, person.app.visit.signed_in
        portal.desk.hold(session, "Other Telecom", on_hold=True)
        await goes(person, "journal", JournalScreen)
        await person.until(lambda: "Other Telecom" in person.text("#page-text"))
        word = {"en": "on hold", "fr": "suspendue"}[language]
        await person.fill(journal_text=word)
        await person.app.screen.run_action("screen.find")
        await person.settled()
        shown = person.text("#page-text").strip().splitlines()
        assert [word in line for line in shown] == [True], shown
        await person.fill(journal_since="yesterday")
        await person.app.screen.run_action("screen.find")
        await person.until(lambda: "yesterday" in person.status)
        assert "Other Telecom" in person.text("#page-text")


async def test_the_auditor_reads_and_changes_nothing() -> None:
    async with at_the_desk("auditor") as person:
        assert "DESK" in person.shown()
        assert "add one" not in person.shown()
        await goes(person, "companies", CompaniesScreen)
        assert not person.app.screen.query("#add-company")
        await person.press("enter")
        await person.settled()
        assert isinstance(person.app.screen, CompaniesScreen)
        await person.press("f3")
        await person.settled()
        await goes(person, "journal", JournalScreen)


async def test_an_operator_has_no_desk() -> None:
    async with operator() as person:
        assert "DESK" not in person.shown()
        await person.app.action_desk()
        await person.settled()
        assert "role does not allow" in person.status
