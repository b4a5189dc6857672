"""The quotes of a company: a line to look for some, and a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget

from engine.papers.paper import Paper, place_of
from engine.papers.quotations import Standing
from engine.safe_text import folded
from tui.full_screen.host import Host
from tui.full_screen.keymap import BACK, GUIDE, LANGUAGE, LOG_OUT, NEW_ORDER, SEARCH, Command
from tui.full_screen.screens.listing import ListScreen
from tui.full_screen.screens.quote import QuoteScreen
from tui.full_screen.widgets.fields import Field, LineInput
from tui.full_screen.widgets.sorted_list import Sort, SortedList
from tui.full_screen.widgets.text import TranslatedText
from tui.visit.quotes import QuoteList, listed
from tui.wording.quotations import no_quote_found, only_the_latest, quote_rows
from tui.wording.translation import N_, _

LONGEST = 60
Shown = tuple[Paper, Standing]


class QuotesScreen(ListScreen[Shown]):
    """The latest, or those that have what is typed."""

    TITLE_WORDS = N_("Quotes")
    KEYS: ClassVar[tuple[Command, ...]] = (GUIDE, NEW_ORDER, BACK, SEARCH, LANGUAGE, LOG_OUT)
    GUIDE_PAGE = "quotes"

    def __init__(self, host: Host) -> None:
        self._companies: dict[str, str] = {}
        sorts = (
            Sort[Shown](N_("by licensee"), lambda each: folded(each[0].quotation.draft.licensee)),
            Sort[Shown](N_("by system"), lambda each: each[0].quotation.equipment_id),
            Sort[Shown](N_("by state"), lambda each: each[1].value),
            Sort[Shown](N_("by number"), lambda each: place_of(each[0].number), last_first=True),
        )
        table = SortedList(
            lambda quotes, width: quote_rows(list(quotes), self._companies, width),
            sorts,
            id="quotes",
        )
        super().__init__(host, table)
        self._text = ""
        line = LineInput(id="quote-text", max_length=LONGEST, overtype=True)
        self._field = Field(lambda: _("Find"), line)

    def body(self) -> Iterable[Widget]:
        """Title, a line, the list."""
        yield TranslatedText(lambda: _("Quotes"), classes="title")
        yield self._field
        yield self.table

    def main_action(self) -> None:
        """Enter in the line: look for it."""
        if self.focused is self._field.line:
            self._text = self._field.line.value
            self.read()
        super().main_action()

    def read(self) -> None:
        """Those that have the text: of all, not only of those that are shown."""
        portal, session, text = self.visit.portal, self.visit.signed_in, self._text
        self.ask(lambda: listed(portal, session, text), self._show)

    def _show(self, found: QuoteList) -> None:
        self._companies = found.companies
        self.show(found.quotes)
        if found.more:
            self.say(lambda: only_the_latest(len(found.quotes)))
        if not found.quotes:
            text = self._text
            self.say(lambda: no_quote_found(text))
            self.set_focus(self._field.line)

    @property
    def system_at_hand(self) -> str:
        """That of the quote under the cursor."""
        shown = self.table.highlighted
        return shown[0].quotation.equipment_id if shown else ""

    def open(self, item: Shown) -> None:
        """Its page."""
        self.app.push_screen(QuoteScreen(self.host, item[0].number))
