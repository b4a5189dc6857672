"""The licence desk: its ways, the companies, and the journal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget

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
from tui.full_screen.screens.listing import ListScreen
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.choice_list import ChooseDialog
from tui.full_screen.widgets.containers import Column, Row
from tui.full_screen.widgets.sorted_list import Sort, SortedList
from tui.full_screen.widgets.text import Say, TranslatedText
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


class CompaniesScreen(ListScreen[Company]):
    """All companies, and what may be done with each."""

    TITLE_WORDS = N_("Companies")
    TAB = "desk"
    KEYS: ClassVar[tuple[Command, ...]] = (GUIDE, BACK, LANGUAGE, LOG_OUT)
    GUIDE_PAGE = "desk"

    def __init__(self, host: Host) -> None:
        sorts = (
            Sort[Company](N_("by date"), lambda c: c.created_at, last_first=True),
            Sort[Company](N_("by discount"), lambda c: c.discount, last_first=True),
            Sort[Company](N_("by state"), lambda c: c.on_hold, last_first=True),
        )
        super().__init__(host, SortedList(company_rows, sorts, id="companies"))

    def body(self) -> Iterable[Widget]:
        """Title, a way to add one, the list."""
        yield TranslatedText(lambda: _("Companies"), classes="title")
        if self.visit.may(Right.DESK):
            with Row(classes="buttons"):
                yield PushButton(lambda: _("Add a company …"), "screen.add", id="add-company")
        yield self.table

    def read(self) -> None:
        """All of them."""
        desk, session = self.visit.portal.desk, self.visit.signed_in
        self.ask(lambda: desk.companies(session), self.show)

    def open(self, item: Company) -> None:
        """What may be done with it."""
        deeds = deeds_for(self.visit.portal, self.visit.signed_in, item)
        by_name = {deed.name: deed for deed in deeds}

        def chosen(name: str | None) -> None:
            if name == PEOPLE:
                self._show_people(item)
            elif name is not None:
                self._do(by_name[name])

        def titles() -> list[tuple[str, str]]:
            people = (PEOPLE, _("People of this company"))
            return [*((deed.name, title_of(deed)) for deed in deeds), people]

        if deeds:
            self.app.push_screen(ChooseDialog(lambda: item.name, titles), chosen)

    def _show_people(self, company: Company) -> None:
        from tui.full_screen.screens.people import PeopleScreen

        self.app.push_screen(PeopleScreen(self.host, company.name))

    def action_add(self) -> None:
        """A new reseller."""
        self._do(adding_company(self.visit.portal, self.visit.signed_in))

    def _do(self, deed: DeskDeed) -> None:
        def done(_answers: object, name: str) -> None:
            self.news = lambda: what_was_done(deed.name, name)

        self.app.push_screen(DeskDeedScreen(self.host, deed, done))

    async def leave_list(self) -> None:
        """To the desk."""
        self.app.pop_screen()
