"""Searching for the keycodes of a system (guide, Search for a keycode)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from engine.services.searching import SystemRecord
from tui.clipboard import copy_keycodes
from tui.i18n import N_, _
from tui.keymap import BACK, GUIDE, KEYCODE, LANGUAGE, LOG_OUT, NEW_ORDER, PASSWORD, Command
from tui.screens.base import PortalScreen
from tui.search_result import keycodes_now, result_lines
from tui.session import Visit
from tui.widgets.buttons import PushButton
from tui.widgets.equipment_id import EquipmentIdField
from tui.widgets.words import Words, lines

WIDTH = 76


class SearchForm(Vertical):
    """Whose keycode to search for."""

    def __init__(self) -> None:
        super().__init__(id="search-form")
        self.field = EquipmentIdField()

    def compose(self) -> ComposeResult:
        """Title, field, button."""
        yield Words(lambda: _("Search a keycode"), classes="title")
        yield self.field
        with Horizontal(classes="buttons"):
            yield PushButton(lambda: _("Search"), "screen.find", id="find")


class SearchResult(Vertical):
    """The keycodes of one system, on a page that scrolls."""

    def __init__(self) -> None:
        super().__init__(id="search-result")
        self.record: SystemRecord | None = None

    def compose(self) -> ComposeResult:
        """Whose they are, the way back, the page."""
        yield Words(self._title, classes="title")
        with Horizontal(id="found-ways"):
            yield PushButton(lambda: _("[Back]"), "screen.back", id="back")
            yield PushButton(lambda: _("Copy the keycode"), "screen.keycode", id="copy")
        with VerticalScroll(id="found-page"):
            yield Words(self._page, id="found-text")

    def show(self, record: SystemRecord) -> None:
        """Show what was found."""
        self.record = record
        for words in self.query(Words):
            words.relabel()
        self.query_one("#copy").display = bool(keycodes_now(record))
        page = self.query_one("#found-page", VerticalScroll)
        page.scroll_home(animate=False)
        self.screen.set_focus(page)

    def _title(self) -> str:
        found = self.record.system.equipment_id if self.record else ""
        return _("Search result: {id}").format(id=found)

    def _page(self) -> Content:
        return lines(result_lines(self.record, WIDTH) if self.record else [])


class SearchScreen(PortalScreen):
    """The form, and what it found in its place."""

    TITLE_WORDS = N_("Search a keycode")
    KEYS: ClassVar[tuple[Command, ...]] = (GUIDE, NEW_ORDER, BACK, LANGUAGE, PASSWORD, LOG_OUT)
    GUIDE_PAGE = "search"

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._form = SearchForm()
        self._result = SearchResult()

    def body(self) -> Iterable[Widget]:
        """They change places: a screen of its own would take longer to come."""
        with ContentSwitcher(initial="search-form"):
            yield self._form
            yield self._result

    @property
    def keys(self) -> tuple[Command, ...]:
        """Where there is a keycode, the key to copy it."""
        if self._codes():
            return (GUIDE, NEW_ORDER, BACK, LANGUAGE, KEYCODE, LOG_OUT)
        return self.KEYS

    def action_find(self) -> None:
        """Search."""
        session, searching = self.visit.signed_in, self.visit.portal.searching
        typed = self._form.field.text
        self.ask(
            lambda: searching.by_equipment_id(session, typed),
            self._found,
            self._form.field.say_error,
        )

    def main_action(self) -> None:
        """Enter in the field searches."""
        self.action_find()

    def _found(self, record: SystemRecord) -> None:
        self._switch("search-result")
        self._result.show(record)
        self.query_one("#legend", Words).relabel()

    def again(self) -> None:
        """The form again, with the last ID there to be typed over."""
        self._switch("search-form")
        self.query_one("#legend", Words).relabel()
        self.hush()
        self._form.field.go_to(overtype=True)

    async def action_back(self) -> None:
        """From what was found to the form, and from there home."""
        if self._shown():
            self.again()
        else:
            await self.portal_app.action_home()

    def action_keycode(self) -> None:
        """F9: copy what the system has now."""
        if codes := self._codes():
            copy_keycodes(self, codes)

    def _switch(self, to: str) -> None:
        self.query_one(ContentSwitcher).current = to

    def _shown(self) -> SystemRecord | None:
        """What is found and shown now."""
        return self._result.record if self._result.display else None

    def _codes(self) -> list[str]:
        record = self._shown()
        return keycodes_now(record) if record else []
