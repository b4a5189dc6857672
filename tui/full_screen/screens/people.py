"""The people of a company: a list, and what its administrator may do for each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from engine.accounts.people import User
from engine.safe_text import folded
from tui.full_screen.host import Host
from tui.full_screen.keymap import BACK, GUIDE, LANGUAGE, LOG_OUT, PASSWORD, Command
from tui.full_screen.screens.deed import DeedScreen
from tui.full_screen.screens.listing import ListScreen
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.choice_list import ChooseDialog
from tui.full_screen.widgets.containers import Row
from tui.full_screen.widgets.sorted_list import Sort, SortedList
from tui.full_screen.widgets.text import TranslatedText, lines
from tui.visit.people import Deed, adding, deeds_for
from tui.visit.questions import Answers
from tui.wording.changes import title_of
from tui.wording.people import how_long, issued_once, people_rows, state_of, what_was_done
from tui.wording.stored_text import shown
from tui.wording.translation import N_, _


class PeopleScreen(ListScreen[User]):
    """Everybody, and the password that was issued last."""

    TITLE_WORDS = N_("People")
    KEYS: ClassVar[tuple[Command, ...]] = (GUIDE, BACK, LANGUAGE, PASSWORD, LOG_OUT)
    GUIDE_PAGE = "people"

    def __init__(self, host: Host, company: str = "") -> None:
        """`company`: another one's than one's own, for the licence desk."""
        sorts = (
            Sort[User](N_("by name"), lambda u: folded(f"{u.last_name} {u.first_name}")),
            Sort[User](N_("by role"), lambda u: u.role.value),
            Sort[User](N_("by state"), state_of, last_first=True),
        )
        super().__init__(host, SortedList(people_rows, sorts, id="people"))
        people = self.visit.portal.people
        self._company = company
        self._service = people.of(company) if company else people
        self._issued: tuple[str, str] | None = None

    def body(self) -> Iterable[Widget]:
        """Title, a way to add somebody, what was issued, the list."""
        yield TranslatedText(self._title, classes="title")
        with Row(classes="buttons"):
            yield PushButton(lambda: _("Add somebody"), "screen.add", id="add-somebody")
        yield TranslatedText(self._issued_once, id="issued")
        yield self.table

    def _title(self) -> str:
        if self._company:
            return _("People of “{company}”").format(company=shown(self._company))
        return _("People of your company")

    def begin(self) -> None:
        """Nothing was issued yet."""
        super().begin()
        self.query_one("#issued").display = False

    def read(self) -> None:
        """Everybody."""
        people, session = self._service, self.visit.signed_in
        self.ask(lambda: people.people(session), self.show)

    def open(self, item: User) -> None:
        """What may be done for somebody."""
        session, people = self.visit.signed_in, self._service
        self.ask(lambda: deeds_for(people, session, item), partial(self._choose, item))

    def _choose(self, user: User, found: list[Deed]) -> None:
        deeds = {each.name: each for each in found}

        def chosen(name: str | None) -> None:
            if name is not None:
                self._ask_for(deeds[name])

        titles = lambda: [(name, title_of(each)) for name, each in deeds.items()]  # noqa: E731
        self.app.push_screen(ChooseDialog(lambda: user.login, titles), chosen)

    def action_add(self) -> None:
        """Somebody new."""
        self._ask_for(adding(self._service, self.visit.signed_in))

    def _ask_for(self, deed: Deed) -> None:
        self._issued = None
        self._say_issued()
        self.app.push_screen(PersonScreen(self.host, deed, partial(self._done, deed)))

    def _done(self, deed: Deed, answers: Answers, issued: str) -> None:
        login = deed.login(answers)
        self._issued = (login, issued) if issued else None
        self._say_issued()
        self.news = lambda: what_was_done(deed, login)

    def _say_issued(self) -> None:
        self.query_one("#issued").display = self._issued is not None
        self.query_one("#issued", TranslatedText).relabel()

    async def leave_list(self) -> None:
        """Home, or back to the companies."""
        if self._company:
            self.app.pop_screen()
        else:
            await super().leave_list()

    def _issued_once(self) -> Content | str:
        return lines([issued_once(*self._issued), how_long()]) if self._issued else ""


class PersonScreen(DeedScreen[str]):
    """The questions of one deed, which may have issued a password."""

    TITLE_WORDS = N_("People")
    GUIDE_PAGE = "people"
