"""Reports: what was ordered in a period, with a bar beside each number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from engine.errors import DateMalformed, PeriodWrong, PortalError
from engine.licences.reports import Report, ReportKind
from tui.full_screen.host import Host
from tui.full_screen.keymap import BACK, GUIDE, LANGUAGE, LOG_OUT, NEW_ORDER, SEARCH, Command
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.choice_field import ChoiceField
from tui.full_screen.widgets.containers import Page, Row, Switcher
from tui.full_screen.widgets.fields import Field, LineInput
from tui.full_screen.widgets.text import TranslatedText, lines
from tui.visit.reporting import BY, Period, counted
from tui.wording.errors import sentence
from tui.wording.reports import Names, by_name, kind_name, report_lines
from tui.wording.translation import N_, _

LONGEST = 20
MARGIN = 2


class ReportForm(Page):
    """Which report, from when to when, and what its rows are for."""

    def __init__(self, period: Period) -> None:
        super().__init__(id="report-form", classes="form")
        self._kind = ChoiceField(
            lambda: _("Report"),
            [kind.value for kind in ReportKind],
            kind_name,
            ReportKind.ORDERS.value,
            id="report-kind",
        )
        self._first = Field(lambda: _("First day"), _day(period.first, "report-from"))
        self._last = Field(lambda: _("Last day"), _day(period.last, "report-to"))
        self._by = ChoiceField(lambda: _("A row for each"), BY, by_name, BY[0], id="report-by")

    def compose(self) -> ComposeResult:
        """Title, two choices, two days, button."""
        yield TranslatedText(lambda: _("Reports"), classes="title")
        with Row(classes="field"):
            yield TranslatedText(lambda: _("Report"), classes="label")
            yield self._kind
        yield self._first
        yield self._last
        with Row(classes="field"):
            yield TranslatedText(lambda: _("A row for each"), classes="label")
            yield self._by
        yield TranslatedText(lambda: "", id="report-error", classes="error")
        with Row(classes="buttons"):
            yield PushButton(lambda: _("Show"), "screen.find", id="find")

    @property
    def words(self) -> tuple[str, str, str, str]:
        """What was typed and chosen."""
        return self._kind.code, self._first.line.value, self._last.line.value, self._by.code

    def take_focus(self) -> None:
        """To the first choice."""
        self.screen.set_focus(self._kind)

    def say_error(self, error: PortalError) -> None:
        """Below the fields, and the cursor where it is wrong."""
        self.query_one("#report-error", TranslatedText).say(lambda: f"! {sentence(error)}")
        if isinstance(error, DateMalformed | PeriodWrong):
            last = isinstance(error, PeriodWrong) or error.text == self._last.line.value.strip()
            self.screen.set_focus((self._last if last else self._first).line)

    @on(Input.Changed)
    @on(ChoiceField.Changed)
    def _typed(self) -> None:
        self.query_one("#report-error", TranslatedText).say(lambda: "")


class ReportPage(Page):
    """The report."""

    def __init__(self) -> None:
        super().__init__(id="report-page")
        self._found: tuple[Report, Names] | None = None

    def compose(self) -> ComposeResult:
        """A way back, and a page that scrolls."""
        with Row(classes="buttons"):
            yield PushButton(lambda: _("[Back]"), "screen.back", id="back")
        with VerticalScroll(id="page"):
            yield TranslatedText(self._text, id="page-text")

    def show(self, report: Report, names: Names) -> None:
        """Show it from its first line."""
        self._found = report, names
        self.say_again()
        self.query_one("#page").scroll_home(animate=False)

    def say_again(self) -> None:
        """In the width that there is now."""
        self.query_one("#page-text", TranslatedText).relabel()

    def _text(self) -> Content:
        width = self.screen.size.width - MARGIN
        return lines(report_lines(*self._found, width) if self._found else [])

    def take_focus(self) -> None:
        """To the page."""
        self.screen.set_focus(self.query_one("#page"))


class ReportsScreen(PortalScreen):
    """The form, and the report in its place."""

    TITLE_WORDS = N_("Reports")
    KEYS: ClassVar[tuple[Command, ...]] = (GUIDE, NEW_ORDER, BACK, SEARCH, LANGUAGE, LOG_OUT)
    GUIDE_PAGE = "reports"

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._form = ReportForm(Period.until(self.visit.portal.clock()))
        self._page = ReportPage()

    def body(self) -> Iterable[Widget]:
        """Two pages, which change places."""
        with Switcher(initial=self._form.id):
            yield self._form
            yield self._page

    def begin(self) -> None:
        """The form comes first."""
        self._form.take_focus()

    def main_action(self) -> None:
        """Enter in the last field shows the report."""
        self.action_find()

    def action_find(self) -> None:
        """Count."""
        reporting, session = self.visit.portal.reporting, self.visit.signed_in
        words = self._form.words
        self.ask(lambda: counted(reporting, session, *words), self._show, self._form.say_error)

    def _show(self, found: tuple[Report, dict[str, str]]) -> None:
        report, companies = found
        self._page.show(report, Names(companies, self.visit.portal.catalogue))
        self._turn_to(self._page)

    def _turn_to(self, page: ReportForm | ReportPage) -> None:
        self.query_one(Switcher).current = page.id
        self.clear_message()
        page.take_focus()

    def relabel(self) -> None:
        """The report in the other language, too."""
        super().relabel()
        self._page.say_again()

    async def action_back(self) -> None:
        """From the report to the form, and from there home."""
        if self._page.display:
            self._turn_to(self._form)
        else:
            await super().action_back()


def _day(text: str, identifier: str) -> LineInput:
    return LineInput(text, id=identifier, max_length=LONGEST, overtype=True)
