"""Home: the guide's page, the company's latest orders, and an order that was left unfinished."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from textual import events, on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from engine.accounts.people import Right
from engine.errors import SystemMoved, SystemTransferred
from engine.licences.order import Draft, Order
from tui.full_screen.host import Host
from tui.full_screen.keymap import (
    GUIDE,
    LANGUAGE,
    LOG_OUT,
    NEW_ORDER,
    PASSWORD,
    QUOTES,
    REQUESTS,
    SEARCH,
)
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.screens.placed_order import PlacedOrderScreen
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.choice_list import ChooseDialog
from tui.full_screen.widgets.containers import Column
from tui.full_screen.widgets.text import TranslatedText, plain
from tui.visit.quotes import how_many_wait as how_many_quotes_wait
from tui.visit.requests import waiting_for
from tui.wording.errors import company_on_hold, only_reads
from tui.wording.order_list import latest_rows, numbered
from tui.wording.quotations import quotes_waiting
from tui.wording.requests import how_many_wait
from tui.wording.translation import N_, _
from tui.wording.unfinished_orders import (
    unfinished_line,
    unfinished_unread,
    what_can_be_resumed,
    what_was_closed,
)

LATEST = 8
MARGIN = 6
"""Cells at the sides of the list: the margins of the page, the numbers and the scroll bar."""


class _News(NamedTuple):
    """What Home asks for."""

    closed: list[SystemMoved | SystemTransferred]
    unfinished: list[Draft]
    reads_unfinished: bool
    latest: list[Order]
    on_hold: bool
    waiting: int
    """Requests that he is to decide or to answer."""
    quotes: int
    """… and quotes over the company's limit that he may order."""


class HomeScreen(PortalScreen):
    """Where one arrives, and comes back to."""

    TITLE_WORDS = N_("Home")
    TAB = "home"
    KEYS = (GUIDE, NEW_ORDER, SEARCH, LANGUAGE, PASSWORD, LOG_OUT)
    GUIDE_PAGE = "home"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(str(row), f"open({row})", show=False) for row in range(1, LATEST + 1)
    ]

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._orders: list[Order] | None = None
        self._unfinished: list[Draft] = []
        self._waiting = self._quotes = 0
        self._again = False
        """One came back while the last answer was still on its way."""

    def body(self) -> Iterable[Widget]:
        """Title, ways on, latest orders."""
        yield TranslatedText(lambda: _("Licence server"), classes="title")
        yield TranslatedText(lambda: _("Licences · Aastra 5000 and Nexspan"), classes="subtitle")
        with Column(id="home-ways"):
            yield PushButton(lambda: how_many_wait(self._waiting), REQUESTS.action, id="waiting")
            yield PushButton(lambda: quotes_waiting(self._quotes), QUOTES.action, id="quotes-wait")
            if self.visit.may(Right.ORDER):
                yield PushButton(self._resume, "screen.resume", id="resume")
                yield PushButton(lambda: _(NEW_ORDER.label), NEW_ORDER.action)
            yield PushButton(lambda: _(SEARCH.label), SEARCH.action, id="search")
            yield PushButton(lambda: _(PASSWORD.label), PASSWORD.action)
        yield TranslatedText(self._heading, classes="heading latest")
        yield OptionList(id="latest-orders", markup=False)

    def begin(self) -> None:
        """Nothing is resumed until the store says so."""
        self._list.can_focus = False
        for name in ("#waiting", "#quotes-wait"):
            self.query_one(name).display = False
        if self.visit.may(Right.ORDER):
            self.query_one("#resume").display = False

    def on_screen_resume(self) -> None:
        """Ask again each time one comes back."""
        self._show_resume()
        self.refresh(layout=True)  # once, with the button in its place
        self._again = self.asking
        flow = self.visit.order
        if flow is None or self.visit.change_due:
            return
        portal, session = self.visit.portal, self.visit.signed_in
        self.ask(
            lambda: _News(
                flow.closed(),
                flow.unfinished(),
                flow.reads_unfinished(),
                flow.latest_orders(LATEST),
                portal.access.is_on_hold(session),
                len(waiting_for(portal, session)),
                how_many_quotes_wait(portal, session),
            ),
            self._answered,
        )

    def _answered(self, news: _News) -> None:
        closed, self._unfinished, reads_unfinished, self._orders, on_hold, *waiting = news
        self._show_resume()
        self._waiting, self._quotes = waiting
        for name, count in (("#waiting", self._waiting), ("#quotes-wait", self._quotes)):
            button = self.query_one(name, PushButton)
            button.display = bool(count)
            button.relabel()
        self._show_orders()
        self.query_one(".latest", TranslatedText).relabel()
        if self.visit.only_reads:
            self.say(only_reads)
        elif on_hold:
            self.say(company_on_hold, error=True)
        elif not reads_unfinished:
            self.say(unfinished_unread, error=True)
        elif closed:
            self.say(lambda: what_was_closed(closed), error=True)
        if self.focused is None or not self.focused.display:  # nothing to resume
            ways = self.query("#home-ways PushButton").results(PushButton)
            self.set_focus(next(way for way in ways if way.display))
        if self._again:
            self.on_screen_resume()

    def _show_resume(self) -> None:
        for resume in self.query("#resume").results(PushButton):
            resume.display = bool(self._resumable())
            resume.relabel()

    def _resumable(self) -> list[Draft]:
        return self.visit.order.resumable(self._unfinished) if self.visit.order else []

    def relabel(self) -> None:
        """The orders are in the reader's formats."""
        super().relabel()
        self._show_orders()

    def _show_orders(self) -> None:
        if self._orders is None:
            return
        room = self.size.width - MARGIN
        rows = numbered(latest_rows(self._orders, room)) if self._orders else [_("None yet.")]
        at = self._list.highlighted
        self._list.clear_options()
        self._list.add_options([Option(plain(row)) for row in rows])
        self._list.highlighted = None if at is None else min(at, len(rows) - 1)
        self._list.can_focus = bool(self._orders)

    def watch_focused(self, focused: Widget | None) -> None:
        """A row stands out only where the keys go."""
        if focused is not self._list:
            self._list.highlighted = None
        elif self._list.highlighted is None:
            self._list.highlighted = 0
            self.hint(lambda: _("Up/Down · Enter: open the order"))

    @property
    def system_at_hand(self) -> str:
        """That of the order under the cursor."""
        at = self._list.highlighted
        return self._orders[at].equipment_id if self._orders and at is not None else ""

    @property
    def _list(self) -> OptionList:
        return self.query_one("#latest-orders", OptionList)

    def _heading(self) -> str:
        heading = _("Latest orders of your company (totals excl. VAT)")
        if not self._orders:
            return heading
        return heading + _(" · 1–{last}: open").format(last=len(self._orders))

    @on(OptionList.OptionSelected, "#latest-orders")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.action_open(event.option_index + 1)

    def action_open(self, row: int) -> None:
        """One of the latest orders, by its row from 1."""
        if self._orders and row <= len(self._orders):
            self.app.push_screen(PlacedOrderScreen(self.host, self._orders[row - 1].number))

    def on_resize(self, event: events.Resize) -> None:
        """The orders take the room that there is now."""
        super().on_resize(event)
        self._show_orders()

    def _resume(self) -> str:
        return what_can_be_resumed(self._resumable())

    async def action_resume(self) -> None:
        """Go on with the order that was left unfinished."""
        from tui.full_screen.screens.order.screen import OrderScreen

        drafts = {draft.draft_id: draft for draft in self._resumable()}

        async def chosen(draft_id: str | None) -> None:
            if draft_id in drafts:
                order = OrderScreen(self.host, resume=drafts[draft_id])
                await self.host.navigation.go_to(order)

        if len(drafts) > 1:
            choices = lambda: [(key, unfinished_line(each)) for key, each in drafts.items()]  # noqa: E731
            self.app.push_screen(ChooseDialog(lambda: _("Which order?"), choices), chosen)
        else:
            await chosen(next(iter(drafts), None))

    async def action_next(self) -> None:
        """F8 goes on too."""
        await self.action_resume()

    async def action_back(self) -> None:
        """Home is where back ends: say how to leave."""
        self.host.say_how_to_leave()
