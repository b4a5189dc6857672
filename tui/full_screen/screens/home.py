"""Home: the guide's page, the company's latest orders, and an order that was left unfinished."""

from __future__ import annotations

from collections.abc import Iterable

from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from engine.accounts.people import Right
from engine.licences.order import Draft, Order
from tui.full_screen.keymap import GUIDE, LANGUAGE, LOG_OUT, NEW_ORDER, PASSWORD, SEARCH
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.containers import Column
from tui.full_screen.widgets.text import Words, lines
from tui.visit.visit import Visit
from tui.wording.formats import date, money
from tui.wording.stored_text import clipped
from tui.wording.tables import table
from tui.wording.translation import N_, _

LATEST = 8


class HomeScreen(PortalScreen):
    """Where one arrives, and comes back to."""

    TITLE_WORDS = N_("Home")
    TAB = "home"
    KEYS = (GUIDE, NEW_ORDER, SEARCH, LANGUAGE, PASSWORD, LOG_OUT)
    GUIDE_PAGE = "home"

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._orders: list[Order] | None = None

    def body(self) -> Iterable[Widget]:
        """Title, ways on, latest orders."""
        yield Words(lambda: _("Licence server"), classes="title")
        yield Words(lambda: _("Licences · Aastra 5000 and Nexspan"), classes="subtitle")
        with Column(id="home-ways"):
            if self.visit.may(Right.ORDER):
                yield PushButton(self._resume, "screen.resume", id="resume")
                yield PushButton(lambda: _(NEW_ORDER.label), NEW_ORDER.action)
            yield PushButton(lambda: _(SEARCH.label), SEARCH.action, id="search")
            yield PushButton(lambda: _(PASSWORD.label), PASSWORD.action)
        yield Words(lambda: _("Latest orders of your company"), classes="heading latest")
        with VerticalScroll(id="latest"):
            yield Static(id="latest-orders", markup=False)

    def on_mount(self) -> None:
        """Nothing is resumed until the store says so."""
        self.query_one("#latest").can_focus = False
        if self.visit.may(Right.ORDER):
            self.query_one("#resume").display = False

    def on_screen_resume(self) -> None:
        """Ask again each time one comes back."""
        session, ordering = self.visit.session, self.visit.portal.ordering
        if session is None or self.visit.change_due:
            return
        under_way = self.visit.draft

        def ask() -> tuple[Draft | None, list[Order]]:
            draft = under_way or ordering.unfinished(session)
            return draft, ordering.latest_orders(session, LATEST)

        self.ask(ask, self._answered)

    def _answered(self, answer: tuple[Draft | None, list[Order]]) -> None:
        self.visit.draft, self._orders = answer
        if self.visit.may(Right.ORDER):
            resume = self.query_one("#resume", PushButton)
            resume.display = self.visit.draft is not None
            resume.relabel()
        self._show_orders()
        if self.focused is None:
            self.focus_next(PushButton)

    def relabel(self) -> None:
        """The orders are in the reader's formats."""
        super().relabel()
        self._show_orders()

    def _show_orders(self) -> None:
        if self._orders is None:
            return
        rows = [
            (
                date(order.placed_at),
                order.equipment_id,
                clipped(order.reference, 20),
                clipped(order.licensee, 20),
                money(order.total, order.currency),
            )
            for order in self._orders
        ]
        text = lines(table(rows, right=(4,)) if rows else [_("None yet.")])
        self.query_one("#latest-orders", Static).update(text)

    def _resume(self) -> str:
        draft = self.visit.draft
        if draft is None:
            return ""
        return _("Resume the order for {id}").format(id=draft.equipment_id)

    async def action_resume(self) -> None:
        """Go on with the order that was left unfinished."""
        from tui.full_screen.screens.order.screen import OrderScreen

        if self.visit.draft is not None:
            await self.portal_app.go_to(OrderScreen(self.visit, resume=True))

    async def action_next(self) -> None:
        """F8 goes on too."""
        await self.action_resume()

    async def action_back(self) -> None:
        """Home is where back ends: say how to leave."""
        self.portal_app.action_how_to_leave()
