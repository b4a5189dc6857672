"""The journal: who did what. The last lines since a day, of those that have a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from engine.audit import AuditEvent
from engine.errors import DateMalformed, PortalError
from engine.services.desk import Names
from tui.full_screen.host import Host
from tui.full_screen.keymap import BACK, GUIDE, LANGUAGE, LOG_OUT, Command
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.containers import Row
from tui.full_screen.widgets.fields import Field, LineInput
from tui.full_screen.widgets.text import TranslatedText, lines
from tui.visit.desk import LINES, since
from tui.wording.desk import has, journal_rows
from tui.wording.labels import field_label
from tui.wording.translation import N_, _

MARGIN = 4


class _Found(NamedTuple):
    """Lines of the log, and what is needed to say them."""

    events: list[AuditEvent]
    names: Names


class JournalScreen(PortalScreen):
    """Lies over the desk."""

    TITLE_WORDS = N_("Journal")
    TAB = "desk"
    KEYS: ClassVar[tuple[Command, ...]] = (GUIDE, BACK, LANGUAGE, LOG_OUT)
    GUIDE_PAGE = "desk"

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._found: _Found | None = None
        self._since = Field(
            lambda: field_label("since_day"), LineInput(id="journal-since", max_length=20)
        )
        self._text = Field(
            lambda: field_label("journal_text"), LineInput(id="journal-text", max_length=100)
        )

    def body(self) -> Iterable[Widget]:
        """From when on, what is looked for, and the lines."""
        yield TranslatedText(lambda: _("Journal: who did what"), classes="title")
        yield self._since
        yield self._text
        with Row(classes="buttons"):
            yield PushButton(lambda: _("Show"), "screen.find", id="find")
        with VerticalScroll(id="page"):
            yield TranslatedText(self._lines, id="page-text")

    def begin(self) -> None:
        """The last week."""
        self.set_focus(self._since.line)
        self.action_find()

    def main_action(self) -> None:
        """Enter in the last field."""
        self.action_find()

    def action_find(self) -> None:
        """Read the log."""
        portal, session = self.visit.portal, self.visit.signed_in
        day, text = self._since.line.value, self._text.line.value.strip()

        def read() -> _Found:
            names = portal.desk.names(session)
            first = since(day, portal.clock())
            wanted = portal.desk.journal(session, first, lambda e: has(e, names, text), LINES)
            return _Found(wanted, names)

        self.ask(read, self._show, self._wrong)

    def _show(self, found: _Found) -> None:
        self._found = found
        self._say_again()
        self.query_one("#page").scroll_home(animate=False)
        if len(found.events) == LINES:
            self.say(lambda: _("The last {count} lines are shown.").format(count=LINES))

    def _wrong(self, error: PortalError) -> None:
        if isinstance(error, DateMalformed):
            self.set_focus(self._since.line)
        self.say_error(error)

    def _say_again(self) -> None:
        self.query_one("#page-text", TranslatedText).relabel()

    def on_resize(self, event: events.Resize) -> None:
        """The columns take the room that there is now."""
        super().on_resize(event)
        self._say_again()

    def _lines(self) -> Content:
        if self._found is None:
            return lines([])
        return lines(journal_rows(*self._found, self.size.width - MARGIN))

    async def action_back(self) -> None:
        """To the desk."""
        self.app.pop_screen()
