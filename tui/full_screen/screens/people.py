"""The people of a company: a list, and what its administrator may do for each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from engine.accounts.people import User
from tui.full_screen.host import Host
from tui.full_screen.keymap import BACK, GUIDE, LANGUAGE, LOG_OUT, PASSWORD, Command
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.screens.deed import DeedScreen
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.choice_list import ChooseDialog
from tui.full_screen.widgets.containers import Row
from tui.full_screen.widgets.text import Say, TranslatedText, lines, plain
from tui.visit.people import Deed, adding, deeds_for
from tui.visit.questions import Answers
from tui.wording.changes import title_of
from tui.wording.people import how_long, issued_once, people_rows, what_was_done
from tui.wording.stored_text import shown
from tui.wording.translation import N_, _

MARGIN = 4


class PeopleScreen(PortalScreen):
    """Everybody, and the password that was issued last."""

    TITLE_WORDS = N_("People")
    KEYS: ClassVar[tuple[Command, ...]] = (GUIDE, BACK, LANGUAGE, PASSWORD, LOG_OUT)
    GUIDE_PAGE = "people"

    def __init__(self, host: Host, company: str = "") -> None:
        """`company`: another one's than one's own, for the licence desk."""
        super().__init__(host)
        people = self.visit.portal.people
        self._company = company
        self._service = people.of(company) if company else people
        self._people: list[User] = []
        self._issued: tuple[str, str] | None = None
        self._news: Say | None = None
        """What was done, to be said once the list shows it."""

    def body(self) -> Iterable[Widget]:
        """Title, a way to add somebody, what was issued, the list."""
        yield TranslatedText(self._title, classes="title")
        with Row(classes="buttons"):
            yield PushButton(lambda: _("Add somebody"), "screen.add", id="add-somebody")
        yield TranslatedText(self._issued_once, id="issued")
        yield TranslatedText(lambda: self._rows()[0], classes="heading")
        yield OptionList(id="people", markup=False)

    def _title(self) -> str:
        if self._company:
            return _("People of “{company}”").format(company=shown(self._company))
        return _("People of your company")

    def begin(self) -> None:
        """The list is asked for each time that one comes back."""
        self.query_one("#issued").display = False
        self.set_focus(self._list)

    def on_screen_resume(self) -> None:
        """Others may have changed something."""
        super().on_screen_resume()
        self._ask_again()

    def _ask_again(self) -> None:
        people, session = self._service, self.visit.signed_in
        self.ask(lambda: people.people(session), self._show)

    def _show(self, people: list[User]) -> None:
        self._people = people
        at = self._list.highlighted or 0
        self._list.clear_options()
        self._list.add_options([Option(plain(row)) for row in self._rows()[1:]])
        self._list.highlighted = min(at, len(people) - 1)
        self.query_one(".heading", TranslatedText).relabel()
        if self._news is not None:
            self.say(self._news)
            self._news = None

    def relabel(self) -> None:
        """Roles in the reader's language."""
        super().relabel()
        for index, row in enumerate(self._rows()[1:]):
            self._list.replace_option_prompt_at_index(index, plain(row))

    def on_resize(self, event: events.Resize) -> None:
        """The columns take the room that there is now."""
        super().on_resize(event)
        self.relabel()

    @property
    def _list(self) -> OptionList:
        return self.query_one("#people", OptionList)

    def _rows(self) -> list[str]:
        return people_rows(self._people, self.size.width - MARGIN) if self._people else [""]

    @on(OptionList.OptionSelected, "#people")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        session, people = self.visit.signed_in, self._service
        user = self._people[event.option_index]
        deeds = {each.name: each for each in deeds_for(people, session, user)}

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
        self._news = lambda: what_was_done(deed, login)

    def _say_issued(self) -> None:
        self.query_one("#issued").display = self._issued is not None
        self.query_one("#issued", TranslatedText).relabel()

    async def action_back(self) -> None:
        """Home, or back to the companies."""
        if self._company:
            self.app.pop_screen()
        else:
            await super().action_back()

    def _issued_once(self) -> Content | str:
        return lines([issued_once(*self._issued), how_long()]) if self._issued else ""


class PersonScreen(DeedScreen[str]):
    """The questions of one deed, which may have issued a password."""

    TITLE_WORDS = N_("People")
    GUIDE_PAGE = "people"
