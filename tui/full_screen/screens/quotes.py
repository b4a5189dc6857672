"""The quotes of a company: a line to look for some, and a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.full_screen.host import Host
from tui.full_screen.keymap import BACK, GUIDE, LANGUAGE, LOG_OUT, NEW_ORDER, SEARCH, Command
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.screens.quote import QuoteScreen
from tui.full_screen.widgets.fields import Field, LineInput
from tui.full_screen.widgets.text import TranslatedText, plain
from tui.visit.quotes import QuoteList, listed
from tui.wording.quotations import no_quote_found, quote_rows
from tui.wording.translation import N_, _

MARGIN = 4
LONGEST = 60


class QuotesScreen(PortalScreen):
    """The latest, or those that have what is typed."""

    TITLE_WORDS = N_("Quotes")
    KEYS: ClassVar[tuple[Command, ...]] = (GUIDE, NEW_ORDER, BACK, SEARCH, LANGUAGE, LOG_OUT)
    GUIDE_PAGE = "quotes"

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._found = QuoteList([], {})
        self._text = ""
        line = LineInput(id="quote-text", max_length=LONGEST, overtype=True)
        self._field = Field(lambda: _("Find"), line)

    def body(self) -> Iterable[Widget]:
        """Title, a line, heading, list."""
        yield TranslatedText(lambda: _("Quotes"), classes="title")
        yield self._field
        yield TranslatedText(lambda: self._rows()[0], classes="heading latest")
        yield OptionList(id="quotes", markup=False)

    def begin(self) -> None:
        """The list is asked for each time that one comes back."""
        self.set_focus(self._list)

    def on_screen_resume(self) -> None:
        """One may have been ordered or withdrawn meanwhile."""
        super().on_screen_resume()
        self._look()

    def main_action(self) -> None:
        """Enter in the line: look for it."""
        self._text = self._field.line.value
        self._look()
        self.set_focus(self._list)

    def _look(self) -> None:
        portal, session, text = self.visit.portal, self.visit.signed_in, self._text
        self.ask(lambda: listed(portal, session, text), self._show)

    def _show(self, found: QuoteList) -> None:
        self._found = found
        at = self._list.highlighted or 0
        self._list.clear_options()
        self._list.add_options([Option(plain(row)) for row in self._rows()[1:]])
        self._list.highlighted = min(at, len(found.quotes) - 1) if found.quotes else None
        self.query_one(".heading", TranslatedText).relabel()
        if found.quotes:
            self.hint(lambda: _("Up/Down · Enter: open the quote"))
        else:
            text = self._text
            self.say(lambda: no_quote_found(text))
            self.set_focus(self._field.line)

    def relabel(self) -> None:
        """Dates and states in the reader's language."""
        super().relabel()
        for index, row in enumerate(self._rows()[1:]):
            self._list.replace_option_prompt_at_index(index, plain(row))

    def on_resize(self, event: events.Resize) -> None:
        """The columns take the room that there is now."""
        super().on_resize(event)
        self.relabel()

    @property
    def system_at_hand(self) -> str:
        """That of the quote under the cursor."""
        at = self._list.highlighted
        return "" if at is None else self._found.quotes[at][0].quotation.equipment_id

    @property
    def _list(self) -> OptionList:
        return self.query_one("#quotes", OptionList)

    def _rows(self) -> list[str]:
        if not self._found.quotes:
            return [""]
        return quote_rows(*self._found, self.size.width - MARGIN)

    @on(OptionList.OptionSelected, "#quotes")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        paper, _standing = self._found.quotes[event.option_index]
        self.app.push_screen(QuoteScreen(self.host, paper.number))
