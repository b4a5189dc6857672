"""Reading: the user guide, the legal pages, and whom to ask. Works before login too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from tui.full_screen.host import Host
from tui.full_screen.keymap import BACK, LANGUAGE, LOG_OUT, NEXT, PREVIOUS, Command
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.choice_list import ChooseDialog
from tui.full_screen.widgets.containers import Row
from tui.full_screen.widgets.text import TranslatedText, lines
from tui.wording.contact import contact_pages
from tui.wording.documents import Section, read_document
from tui.wording.translation import N_, _, language

TITLES = {"guide": N_("User guide"), "legal": N_("Legal"), "contact": N_("Contact")}
"""By document."""


class ReadingScreen(PortalScreen):
    """One page of a document at a time, in the current language."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "previous", show=False, priority=True),
        Binding("right", "next", show=False, priority=True),
    ]
    TAB = ""
    KEYS: ClassVar[tuple[Command, ...]] = (BACK, LANGUAGE, PREVIOUS, NEXT, LOG_OUT)

    def __init__(self, host: Host, document: str, page: str) -> None:
        super().__init__(host)
        self.document = document
        self.page = page

    @property
    def guide_page(self) -> str:
        """In the guide, the page that is open."""
        return self.page if self.document == "guide" else self.GUIDE_PAGE

    @property
    def keys(self) -> tuple[Command, ...]:
        """Where there is one page, there is no other to turn to."""
        several = self.document != "contact"
        return self.KEYS if several else (BACK, LANGUAGE, LOG_OUT)

    def where(self) -> str:
        """The document."""
        return _(TITLES[self.document])

    def body(self) -> Iterable[Widget]:
        """Title, page, and the ways to others."""
        with Row(classes="title-row"):
            yield TranslatedText(self._title, id="page-title")
            yield TranslatedText(self._place, id="page-place")
        with VerticalScroll(id="page"):
            yield TranslatedText(self._text, id="page-text")
        with Row(id="page-ways"):
            yield PushButton(lambda: _("<< Previous page"), "screen.previous", id="page-before")
            yield PushButton(lambda: _("Next page >>"), "screen.next", id="page-after")
            yield PushButton(lambda: _("All pages"), "screen.choose", id="page-choose")
            yield PushButton(lambda: _("[Back]"), "screen.back", id="back")

    def begin(self) -> None:
        """Begin to read."""
        self._show()

    def open(self, document: str, page: str) -> None:
        """Show a page, from its first line; a second click may come before the screen is there."""
        self.document, self.page = document, page
        if self.opened:
            self._show()

    def _show(self) -> None:
        self.relabel()
        several = len(self._sections()) > 1
        for name in ("page-before", "page-after", "page-choose", "page-place"):
            self.query_one(f"#{name}").display = several
        scroll = self.query_one("#page", VerticalScroll)
        scroll.scroll_home(animate=False)
        self.set_focus(scroll)

    def action_previous(self) -> None:
        """F7, Left: the page before."""
        self._turn(-1)

    def action_next(self) -> None:
        """F8, Right: the page after."""
        self._turn(1)

    def action_choose(self) -> None:
        """Choose one of all pages by its title."""
        self.app.push_screen(ChooseDialog(lambda: _("All pages"), self._titles), self._chosen)

    async def action_back(self) -> None:
        """To where one came from, as it was left."""
        self.app.pop_screen()

    def _chosen(self, page: str | None) -> None:
        if page is not None:
            self.open(self.document, page)

    def _turn(self, by: int) -> None:
        sections = self._sections()
        place = self._number(sections) + by
        if 0 <= place < len(sections):
            self.open(self.document, sections[place].id)

    def _sections(self) -> list[Section]:
        if self.document == "contact":
            return contact_pages(self.visit.portal.settings)
        return read_document(self.document, language())

    def _titles(self) -> list[tuple[str, str]]:
        return [(section.id, section.title) for section in self._sections()]

    def _number(self, sections: list[Section]) -> int:
        return next((n for n, section in enumerate(sections) if section.id == self.page), 0)

    def _section(self) -> Section:
        sections = self._sections()
        return sections[self._number(sections)]

    def _title(self) -> str:
        return self._section().title

    def _place(self) -> str:
        sections = self._sections()
        return f"{self._number(sections) + 1}/{len(sections)}"

    def _text(self) -> Content:
        return lines(self._section().text.split("\n"))
