"""The licence desk: its ways, the companies, and the journal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from engine.accounts.people import Company, Right
from tui.full_screen.host import Host
from tui.full_screen.keymap import (
    BACK,
    GUIDE,
    LANGUAGE,
    LOG_OUT,
    REPORTS,
    REQUESTS,
    SEARCH,
    Command,
)
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.screens.deed import DeedScreen
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.choice_list import ChooseDialog
from tui.full_screen.widgets.containers import Column, Row
from tui.full_screen.widgets.text import Say, TranslatedText, plain
from tui.visit.desk import (
    DeskDeed,
    adding_company,
    adding_system,
    correcting_system,
    deeds_for,
)
from tui.visit.requests import waiting_for
from tui.wording.changes import title_of
from tui.wording.desk import company_rows, what_was_done
from tui.wording.requests import how_many_wait
from tui.wording.translation import N_, _

MARGIN = 4
PEOPLE = "company-people"


class DeskDeedScreen(DeedScreen[str]):
    """The questions of one deed."""

    TITLE_WORDS = N_("Licence desk")
    TAB = "desk"
    GUIDE_PAGE = "desk"


class DeskScreen(PortalScreen):
    """Where the licence desk, and the auditor, find what is theirs."""

    TITLE_WORDS = N_("Licence desk")
    TAB = "desk"
    KEYS: ClassVar[tuple[Command, ...]] = (GUIDE, BACK, SEARCH, LANGUAGE, LOG_OUT)
    GUIDE_PAGE = "desk"

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._waiting = 0
        self._news: Say | None = None

    def body(self) -> Iterable[Widget]:
        """A way to each."""
        yield TranslatedText(lambda: _("Licence desk"), classes="title")
        with Column(id="desk-ways"):
            yield PushButton(self._requests, REQUESTS.action, id="desk-requests")
            yield PushButton(lambda: _("Companies and their people"), "screen.companies")
            yield PushButton(lambda: _("Systems: find one"), SEARCH.action)
            if self.visit.may(Right.DESK):
                yield PushButton(lambda: _("Systems: add one …"), "screen.add_system")
                yield PushButton(
                    lambda: _("Systems: correct one without orders …"), "screen.correct_system"
                )
            yield PushButton(lambda: _("Journal: who did what"), "screen.journal")
            yield PushButton(lambda: _(REPORTS.label), REPORTS.action)

    def begin(self) -> None:
        """At the first way."""
        self.set_focus(self.query_one("#desk-requests"))

    def on_screen_resume(self) -> None:
        """Ask what waits."""
        super().on_screen_resume()
        portal, session = self.visit.portal, self.visit.signed_in
        self.ask(lambda: len(waiting_for(portal, session)), self._answered)

    def _answered(self, waiting: int) -> None:
        self._waiting = waiting
        self.query_one("#desk-requests", PushButton).relabel()
        if self._news is not None:
            self.say(self._news)
            self._news = None

    def _requests(self) -> str:
        label = _(REQUESTS.label)
        return f"{label} ({how_many_wait(self._waiting)})" if self._waiting else label

    def action_companies(self) -> None:
        """All of them."""
        self.app.push_screen(CompaniesScreen(self.host))

    def action_journal(self) -> None:
        """Who did what."""
        from tui.full_screen.screens.journal import JournalScreen

        self.app.push_screen(JournalScreen(self.host))

    def action_add_system(self) -> None:
        """One that is not known yet."""
        self._do(adding_system(self.visit.portal, self.visit.signed_in))

    def action_correct_system(self) -> None:
        """One that nothing was ordered for."""
        self._do(correcting_system(self.visit.portal, self.visit.signed_in))

    def _do(self, deed: DeskDeed) -> None:
        def done(_answers: object, name: str) -> None:
            self._news = lambda: what_was_done(deed.name, name)

        self.app.push_screen(DeskDeedScreen(self.host, deed, done))


class CompaniesScreen(PortalScreen):
    """All companies, and what may be done with each."""

    TITLE_WORDS = N_("Companies")
    TAB = "desk"
    KEYS: ClassVar[tuple[Command, ...]] = (GUIDE, BACK, LANGUAGE, LOG_OUT)
    GUIDE_PAGE = "desk"

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._companies: list[Company] = []
        self._news: Say | None = None

    def body(self) -> Iterable[Widget]:
        """Title, a way to add one, the list."""
        yield TranslatedText(lambda: _("Companies"), classes="title")
        if self.visit.may(Right.DESK):
            with Row(classes="buttons"):
                yield PushButton(lambda: _("Add a company …"), "screen.add", id="add-company")
        yield TranslatedText(lambda: self._rows()[0], classes="heading")
        yield OptionList(id="companies", markup=False)

    def begin(self) -> None:
        """The list is asked for each time that one comes back."""
        self.set_focus(self._list)

    def on_screen_resume(self) -> None:
        """Others may have changed something."""
        super().on_screen_resume()
        desk, session = self.visit.portal.desk, self.visit.signed_in
        self.ask(lambda: desk.companies(session), self._show)

    def _show(self, companies: list[Company]) -> None:
        self._companies = companies
        at = self._list.highlighted or 0
        self._list.clear_options()
        self._list.add_options([Option(plain(row)) for row in self._rows()[1:]])
        self._list.highlighted = min(at, len(companies) - 1) if companies else None
        self.query_one(".heading", TranslatedText).relabel()
        if self._news is not None:
            self.say(self._news)
            self._news = None

    def relabel(self) -> None:
        """States in the reader's language."""
        super().relabel()
        for index, row in enumerate(self._rows()[1:]):
            self._list.replace_option_prompt_at_index(index, plain(row))

    def on_resize(self, event: events.Resize) -> None:
        """The columns take the room that there is now."""
        super().on_resize(event)
        self.relabel()

    @property
    def _list(self) -> OptionList:
        return self.query_one("#companies", OptionList)

    def _rows(self) -> list[str]:
        return company_rows(self._companies, self.size.width - MARGIN) if self._companies else [""]

    @on(OptionList.OptionSelected, "#companies")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        company = self._companies[event.option_index]
        deeds = deeds_for(self.visit.portal, self.visit.signed_in, company)
        by_name = {deed.name: deed for deed in deeds}

        def chosen(name: str | None) -> None:
            if name == PEOPLE:
                self._show_people(company)
            elif name is not None:
                self._do(by_name[name])

        def titles() -> list[tuple[str, str]]:
            people = (PEOPLE, _("People of this company"))
            return [*((deed.name, title_of(deed)) for deed in deeds), people]

        if deeds:
            self.app.push_screen(ChooseDialog(lambda: company.name, titles), chosen)

    def _show_people(self, company: Company) -> None:
        from tui.full_screen.screens.people import PeopleScreen

        self.app.push_screen(PeopleScreen(self.host, company.name))

    def action_add(self) -> None:
        """A new reseller."""
        self._do(adding_company(self.visit.portal, self.visit.signed_in))

    def _do(self, deed: DeskDeed) -> None:
        def done(_answers: object, name: str) -> None:
            self._news = lambda: what_was_done(deed.name, name)

        self.app.push_screen(DeskDeedScreen(self.host, deed, done))

    async def action_back(self) -> None:
        """To the desk."""
        self.app.pop_screen()
