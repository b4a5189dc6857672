"""A quote: its page, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from engine.errors import PortalError, QuoteClosed
from engine.papers.paper import Paper
from tui.full_screen.host import Host
from tui.full_screen.keymap import BACK, GUIDE, LANGUAGE, LOG_OUT, NEW_ORDER, NEXT, Command
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.screens.exporting import offer_export
from tui.full_screen.screens.quote_order import QuoteOrderScreen
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.containers import Row
from tui.full_screen.widgets.question import ConfirmDialog
from tui.full_screen.widgets.text import TranslatedText, lines
from tui.visit.export_ways import exported_quote
from tui.visit.quotes import QuoteLook, look
from tui.wording.errors import reason_lines
from tui.wording.quotations import (
    cheaper_today,
    quote_document,
    quote_obstacle,
    quote_page,
    quote_saved,
    quote_title,
    quote_withdrawn,
)
from tui.wording.translation import N_, _


class QuoteScreen(PortalScreen):
    """The page of one, and a button for each thing that may be done."""

    TITLE_WORDS = N_("Quote")
    KEYS: ClassVar[tuple[Command, ...]] = (GUIDE, NEW_ORDER, BACK, LANGUAGE, NEXT, LOG_OUT)
    GUIDE_PAGE = "quotes"

    def __init__(self, host: Host, number: str, *, saved: bool = False) -> None:
        """`saved`: it was made just now."""
        super().__init__(host)
        self._number = number
        self._look: QuoteLook | None = None
        self._news: Callable[[Paper], str] | None = quote_saved if saved else None
        """What was done with it, to be said once the page shows it."""

    def body(self) -> Iterable[Widget]:
        """Title, the ways, a page that scrolls."""
        yield TranslatedText(self._title, classes="title")
        with Row(id="quote-ways"):
            yield PushButton(lambda: _("[Back]"), "screen.back", id="back")
            yield PushButton(lambda: _("Order …"), "screen.order", id="order-quote")
            yield PushButton(lambda: _("Copy …"), "screen.copy", id="copy-quote")
            yield PushButton(lambda: _("Export .txt file"), "screen.export", id="export")
            yield PushButton(lambda: _("Withdraw …"), "screen.withdraw", id="withdraw")
        with VerticalScroll(id="page"):
            yield TranslatedText(self._text, id="page-text")

    def begin(self) -> None:
        """Nothing can be done until it was read."""
        self._show_ways()
        self.set_focus(self.query_one("#page"))

    def on_screen_resume(self) -> None:
        """Read it again: it may have been ordered meanwhile."""
        super().on_screen_resume()
        self._read_again()

    def _show(self, found: QuoteLook) -> None:
        self._look = found
        self._show_ways()
        for words in self.query(TranslatedText):
            words.relabel()
        if (news := self._news) is not None:
            self._news = None
            self.say(lambda: news(found.paper))

    def _show_ways(self) -> None:
        found = self._look
        may_order, is_open = bool(found and found.may_order), bool(found and found.paper.is_open)
        for name, there in {
            "order-quote": bool(found and found.order_now),
            "copy-quote": may_order,
            "export": found is not None,
            "withdraw": may_order and is_open,
        }.items():
            self.query_one(f"#{name}").display = there

    def relabel(self) -> None:
        """Say every text again in the current language."""
        super().relabel()
        self.query_one("#page-text", TranslatedText).relabel()

    def _title(self) -> str:
        return quote_title(self._look.paper, self._look.standing) if self._look else self._number

    def _text(self) -> Content:
        found = self._look
        if found is None:
            return lines([])
        page = quote_page(found.paper, found.standing, found.product, found.companies)
        if found.obstacle is not None:
            said = reason_lines(found.obstacle, self.visit.portal.catalogue)
            page = [*quote_obstacle(said), "", *page]
        elif found.order_now and (cheaper := cheaper_today(found.paper, found.order_now.total)):
            page = [*cheaper, "", *page]
        return lines(page)

    @property
    def system_at_hand(self) -> str:
        """That of the quote."""
        return self._look.paper.quotation.equipment_id if self._look else ""

    async def action_back(self) -> None:
        """To where one came from."""
        self.app.pop_screen()

    def action_next(self) -> None:
        """F8: to what can be done with it."""
        ways = self.query("#quote-ways PushButton").results(PushButton)
        shown = [way for way in ways if way.display]
        self.set_focus((shown[1:] or shown)[0])

    def action_order(self) -> None:
        """What it would give, and the button that orders it."""
        if self._look and self._look.order_now:
            self.app.push_screen(QuoteOrderScreen(self.host, self._look))

    async def action_copy(self) -> None:
        """An order like it, for its system or another, to be saved as a quote or ordered."""
        from tui.full_screen.screens.order.screen import OrderScreen

        if (found := self._look) is not None:
            again = found.paper.quotation
            await self.host.navigation.go_to(OrderScreen(self.host, again=again))

    def action_export(self) -> None:
        """Export .txt file: what a customer gets, in the language that is spoken now."""
        if (found := self._look) is not None:
            text = quote_document(found.paper, found.product)
            offer_export(self, exported_quote(self.visit, found.paper, text))

    def action_withdraw(self) -> None:
        """Offer it no longer, after a question."""
        quotations, session, number = (
            *(self.visit.portal.quotations, self.visit.signed_in),
            self._number,
        )

        def answered(withdraw: bool | None) -> None:
            if withdraw:
                self.ask(
                    lambda: quotations.withdraw(session, number), self._withdrawn, self._refused
                )

        dialog = ConfirmDialog(
            lambda: _("Withdraw the quote {number}? It cannot be ordered afterwards.").format(
                number=number
            ),
            lambda: _("Withdraw"),
            self.host.keyboard,
        )
        self.app.push_screen(dialog, answered)

    def _withdrawn(self, _paper: Paper) -> None:
        self._news = quote_withdrawn
        self._read_again()

    def _refused(self, error: PortalError) -> None:
        """Somebody was quicker: the page shows what became of it."""
        if isinstance(error, QuoteClosed):
            self._read_again()
        else:
            self.say_error(error)

    def _read_again(self) -> None:
        portal, session, number = self.visit.portal, self.visit.signed_in, self._number
        self.ask(lambda: look(portal, session, number), self._show)
