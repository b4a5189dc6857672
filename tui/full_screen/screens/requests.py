"""Requests to the licence desk: a list, a page for each, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import ClassVar

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from engine.papers.paper import Paper, place_of
from engine.safe_text import folded
from tui.full_screen.host import Host
from tui.full_screen.keymap import BACK, GUIDE, LANGUAGE, LOG_OUT, NEW_ORDER, NEXT, SEARCH, Command
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.screens.deed import DeedScreen
from tui.full_screen.screens.listing import ListScreen
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.choice_list import ChooseDialog
from tui.full_screen.widgets.containers import Row
from tui.full_screen.widgets.sorted_list import Sort, SortedList
from tui.full_screen.widgets.text import TranslatedText, lines
from tui.visit.requests import (
    Listed,
    Look,
    RequestDeed,
    asking_for_system,
    asking_for_transfer,
    listed,
    look,
)
from tui.wording.changes import title_of
from tui.wording.requests import kind_of, request_page, request_rows, state_of, what_was_done
from tui.wording.translation import N_, _

MARGIN = 4


class RequestsScreen(ListScreen[Paper]):
    """Those that one sees; the ones that wait come first."""

    TITLE_WORDS = N_("Requests")
    KEYS: ClassVar[tuple[Command, ...]] = (GUIDE, NEW_ORDER, BACK, SEARCH, LANGUAGE, LOG_OUT)
    GUIDE_PAGE = "requests"

    def __init__(self, host: Host) -> None:
        self._names: dict[str, str] = {}
        sorts = (
            Sort[Paper](N_("by number"), lambda paper: place_of(paper.number), last_first=True),
            Sort[Paper](N_("by system"), lambda paper: paper.asked.equipment_id),
            Sort[Paper](N_("by state"), state_of),
            Sort[Paper](N_("by kind"), kind_of),
            Sort[Paper](
                N_("by company"), lambda paper: folded(self._names.get(paper.company_id, ""))
            ),
        )
        table = SortedList(
            lambda papers, width: request_rows(papers, self._names, width), sorts, id="requests"
        )
        super().__init__(host, table)

    def body(self) -> Iterable[Widget]:
        """Title and list."""
        yield TranslatedText(lambda: _("Requests to the licence desk"), classes="title")
        yield self.table

    def read(self) -> None:
        """Those that are seen by whoever is here."""
        portal, session = self.visit.portal, self.visit.signed_in
        self.ask(lambda: listed(portal, session), self._show)

    def _show(self, found: Listed) -> None:
        self._names = found.names
        self.show(found.papers)
        if not found.papers:
            self.say(lambda: _("There are no requests."))

    def open(self, item: Paper) -> None:
        """Its page."""
        self.app.push_screen(RequestScreen(self.host, item.number))

    @property
    def system_at_hand(self) -> str:
        """That of the request under the cursor."""
        paper = self.table.highlighted
        return paper.asked.equipment_id if paper else ""


class RequestScreen(PortalScreen):
    """One request: what it asks for, what approving it would do, and a button for each deed."""

    TITLE_WORDS = N_("Requests")
    KEYS: ClassVar[tuple[Command, ...]] = (GUIDE, BACK, LANGUAGE, NEXT, LOG_OUT)
    GUIDE_PAGE = "requests"

    def __init__(self, host: Host, number: str, done: str = "") -> None:
        """`done`: the deed that was done with it just now."""
        super().__init__(host)
        self._number = number
        self._look: Look | None = None
        self._deed = done

    def body(self) -> Iterable[Widget]:
        """Ways back and on, and a page that scrolls."""
        yield TranslatedText(lambda: self._number, classes="title")
        with Row(id="request-ways"):
            yield PushButton(lambda: _("[Back]"), "screen.back", id="back")
            for name in DEEDS:
                yield PushButton(partial(_deed_label, name), f"screen.do('{name}')", id=name)
        with VerticalScroll(id="page"):
            yield TranslatedText(self._text, id="page-text")

    def begin(self) -> None:
        """Nothing can be done until it was read."""
        self._show_deeds()
        self.set_focus(self.query_one("#page"))

    def on_screen_resume(self) -> None:
        """Read it again."""
        super().on_screen_resume()
        portal, session, number = self.visit.portal, self.visit.signed_in, self._number
        self.ask(lambda: look(portal, session, number), self._show)

    def _show(self, found: Look) -> None:
        self._look = found
        self.query_one("#page-text", TranslatedText).relabel()
        self._show_deeds()
        if deed := self._deed:
            self.say(lambda: what_was_done(deed, found.paper))
            self._deed = ""

    def _show_deeds(self) -> None:
        offered = {deed.name for deed in self._look.deeds} if self._look else set()
        for name in DEEDS:
            self.query_one(f"#{name}").display = name in offered

    @property
    def system_at_hand(self) -> str:
        """That of the request."""
        return self._look.paper.asked.equipment_id if self._look else ""

    def action_next(self) -> None:
        """F8: to what can be done with it. Nothing is done but by its button."""
        offered = (self.query_one(f"#{name}") for name in DEEDS)
        first = next((button for button in offered if button.display), None)
        self.set_focus(first or self.query_one("#back"))

    def action_do(self, name: str) -> None:
        """One of its deeds, after its questions."""
        deeds = {deed.name: deed for deed in self._look.deeds} if self._look else {}
        if name in deeds:
            self._deed = ""
            self.app.push_screen(RequestDeedScreen(self.host, deeds[name], self._done))

    def _done(self, deed: str, _paper: Paper) -> None:
        self._deed = deed

    async def action_back(self) -> None:
        """To where one came from."""
        self.app.pop_screen()

    def on_resize(self, event: events.Resize) -> None:
        """The page takes the room that there is now."""
        super().on_resize(event)
        self.query_one("#page-text", TranslatedText).relabel()

    def _text(self) -> Content:
        if self._look is None:
            return lines([])
        width = self.size.width - MARGIN
        return lines(request_page(self._look, self.visit.portal.catalogue, width))


DEEDS = (
    *("request-approve", "request-refuse", "request-agree", "request-object"),
    "request-withdraw",
)


class RequestDeedScreen(DeedScreen[Paper]):
    """The questions of one deed; `done` is told its name, and what became of the request."""

    TITLE_WORDS = N_("Requests")
    GUIDE_PAGE = "requests"

    def __init__(self, host: Host, deed: RequestDeed, done: Callable[[str, Paper], None]) -> None:
        super().__init__(host, deed, lambda _answers, paper: done(deed.name, paper))


def ask_about(screen: PortalScreen, deed: RequestDeed) -> None:
    """Ask the licence desk for something, after its questions; then show the request."""

    def done(_deed: str, paper: Paper) -> None:
        screen.app.push_screen(RequestScreen(screen.host, paper.number, deed.name))

    screen.app.push_screen(RequestDeedScreen(screen.host, deed, done))


def ask_the_desk(screen: PortalScreen, equipment_id: str) -> None:
    """Ask for a system that is not known here: as a new one, or from another company."""
    visit = screen.visit
    portal, session = visit.portal, visit.signed_in
    ways = (asking_for_system, asking_for_transfer)
    deeds = {deed.name: deed for deed in (way(portal, session, equipment_id) for way in ways)}
    titles = lambda: [(name, title_of(deed)) for name, deed in deeds.items()]  # noqa: E731

    def chosen(name: str | None) -> None:
        if name is not None:
            ask_about(screen, deeds[name])

    screen.app.push_screen(ChooseDialog(lambda: equipment_id, titles), chosen)


def _deed_label(name: str) -> str:
    return {
        "request-approve": _("Approve …"),
        "request-refuse": _("Refuse …"),
        "request-agree": _("Agree …"),
        "request-object": _("Object …"),
        "request-withdraw": _("Withdraw …"),
    }[name]
