"""The order from a quote, confirmed as any other. Lies over the quote."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from engine.errors import OrderRefused, PortalError, PriceChanged, UnusualOrder
from engine.services.quotations import Ordered
from tui.full_screen.host import Host
from tui.full_screen.keymap import BACK, GUIDE, LANGUAGE, LOG_OUT, NEXT, Command
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.containers import Row
from tui.full_screen.widgets.deliberate_button import DeliberateButton
from tui.full_screen.widgets.question import ConfirmDialog
from tui.full_screen.widgets.text import TranslatedText, lines
from tui.visit.quotes import QuoteLook, look
from tui.wording.errors import sentence
from tui.wording.order import validation_page
from tui.wording.quotations import quote_title
from tui.wording.translation import N_, _


class QuoteOrderScreen(PortalScreen):
    """The page of step 4, and the button that orders."""

    TITLE_WORDS = N_("Order a keycode")
    KEYS: ClassVar[tuple[Command, ...]] = (GUIDE, BACK, LANGUAGE, NEXT, LOG_OUT)
    GUIDE_PAGE = "quotes"

    def __init__(self, host: Host, found: QuoteLook) -> None:
        super().__init__(host)
        self._look = found

    def body(self) -> Iterable[Widget]:
        """A page that scrolls, and the button."""
        yield TranslatedText(lambda: quote_title(*self._look[:2]), classes="title")
        with VerticalScroll(id="page"):
            yield TranslatedText(self._text, id="page-text")
        with Row(id="change-ways"):
            yield PushButton(lambda: _("<< Previous"), "screen.back", id="previous")
            yield DeliberateButton(
                lambda: _("YES, I confirm this order"),
                "screen.confirm",
                self.host.keyboard,
                id="confirm",
            )

    def begin(self) -> None:
        """To the page."""
        self.set_focus(self.query_one("#page"))
        self.say(lambda: _("PageDown: read on. F8: go to “YES, I confirm this order”."))

    def relabel(self) -> None:
        """Say every text again in the current language."""
        super().relabel()
        self.query_one("#page-text", TranslatedText).relabel()

    def _text(self) -> Content:
        order_now, paper = self._look.order_now, self._look.paper
        assert order_now is not None, "opened only for one that can be ordered"
        return lines(validation_page(paper.quotation.draft, order_now, self._look.earlier))

    def action_next(self) -> None:
        """F8: to the button; nothing is ordered but by it."""
        self.say(lambda: _("To place the order, choose “YES, I confirm this order”."))
        self.set_focus(self.query_one("#confirm"))

    async def action_back(self) -> None:
        """To the quote; nothing is ordered."""
        self.app.pop_screen()

    def action_confirm(self) -> None:
        """YES. However often this is asked, one quote is one order."""
        self._confirm(sure=False)

    def _confirm(self, *, sure: bool) -> None:
        quotations, session = self.visit.portal.quotations, self.visit.signed_in
        number, seen = self._look.paper.number, self._look.order_now
        total = seen.total if seen else None
        self.ask(
            lambda: quotations.order(session, number, total, sure=sure),
            self._ordered,
            self._not_ordered,
            hold=True,
        )

    async def _ordered(self, ordered: Ordered) -> None:
        if ordered.placement.already:  # by somebody else, or a moment ago: the quote says so
            self.app.pop_screen()
            return
        await self.host.navigation.show_order(ordered.placement.order.number)

    def _not_ordered(self, error: PortalError) -> None:
        if isinstance(error, UnusualOrder):
            self._ask_whether_meant(error)
        elif isinstance(error, PriceChanged | OrderRefused):
            self._look_again(error)
        else:
            self.say_error(error)

    def _ask_whether_meant(self, error: UnusualOrder) -> None:
        def answered(meant: bool | None) -> None:
            if meant:
                self._confirm(sure=True)

        dialog = ConfirmDialog(
            lambda: sentence(error), lambda: _("Order it all the same"), self.host.keyboard
        )
        self.app.push_screen(dialog, answered)

    def _look_again(self, error: PortalError) -> None:
        """Another price, or something does not fit any more: show what counts now."""
        portal, session, number = self.visit.portal, self.visit.signed_in, self._look.paper.number
        self.ask(lambda: look(portal, session, number), partial(self._show_again, error))

    def _show_again(self, error: PortalError, found: QuoteLook) -> None:
        if found.order_now is None:
            self.app.pop_screen()  # the quote says why
            return
        self._look = found
        self.relabel()
        self.say_error(error)
