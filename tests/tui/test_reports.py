"""Reports on the screen: two days, a table with bars, in both languages."""

from __future__ import annotations

import pytest

from engine.accounts.people import Role
from engine.settings import LANGUAGES, Language
from tests.support.guide import COMPANY, LOGIN
from tests.tui.driving import operator


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_report_is_shown_and_leads_back_to_its_form(language: Language) -> None:
    async with operator(language) as person:
        await person.app.action_reports()
        await person.settled()
        await person.fill(report_from="01/01/2007", report_to="2008-12-31")
        await person.app.screen.run_action("screen.find")
        await person.until(lambda: "2007-11" in person.text("#page-text"))
        page = person.text("#page-text")
        assert "█" in page
        assert max(map(len, page.splitlines())) <= 78
        await person.press("f5")  # in the other language, with the same rows
        assert person.text("#page-text") != page
        assert "2007-11" in person.text("#page-text")
        await person.press("escape")
        assert person.app.screen.query_one("#report-from").display
        await person.press("escape")
        await person.until(lambda: person.app.screen.query("#latest-orders"))


async def test_what_is_typed_replaces_the_day_and_a_wrong_one_is_said() -> None:
    async with operator() as person:
        await person.app.action_reports()
        await person.settled()
        await person.press("tab")
        await person.type("32/01/2007")
        await person.press("enter", "enter")
        await person.press("f8")
        await person.app.screen.run_action("screen.find")
        await person.until(lambda: "is not a date" in person.shown())
        assert "32/01/2007" in person.shown()
        assert person.app.focused is person.app.screen.query_one("#report-from")
        await person.fill(report_from="2009-01-01", report_to="2008-01-01")
        await person.app.screen.run_action("screen.find")
        await person.until(lambda: "ends before it begins" in person.shown())


async def test_who_only_reads_has_no_reports() -> None:
    async with operator() as person:
        portal = person.app.visit.portal
        portal.administration.set_role(COMPANY, LOGIN, Role.READ.value, "desk")
        portal.searching.companies(person.app.visit.signed_in)
        assert "Reports" not in [each.label for each in person.app.navigation.menu()]
        await person.app.action_reports()
        await person.settled()
        assert "Your role does not allow this" in person.shown()
