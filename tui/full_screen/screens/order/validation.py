"""Step 4: licence notice, what is ordered, before and after (guide, Order Process (4/4))."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from engine.licences.order import Draft, Order
from engine.licences.quote import Quote
from tui.full_screen.screens.order.step import VALIDATION, OrderStep
from tui.full_screen.widgets.text import lines
from tui.wording.order import validation_page
from tui.wording.translation import _


class ValidationStep(OrderStep):
    """Everything about the order on one page that scrolls."""

    NUMBER = VALIDATION
    GUIDE_PAGE = "order-validation"

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Draft, Quote, Order | None] | None = None

    def compose(self) -> ComposeResult:
        """The page."""
        with VerticalScroll(id="validation-page"):
            yield Static(id="validation-text", markup=False)

    def show(self, draft: Draft, quote: Quote, earlier: Order | None) -> None:
        """Show an order as it would be; `earlier` has the same reference."""
        self._shown = (draft, quote, earlier)
        self.relabel()
        page = self.query_one("#validation-page", VerticalScroll)
        page.scroll_home(animate=False)
        self.screen.set_focus(page)

    def go_on(self) -> None:
        """Nothing is ordered but by the button."""
        self.order_screen.say(lambda: _("To place the order, choose “YES, I confirm this order”."))
        self.screen.set_focus(self.screen.query_one("#confirm"))

    def relabel(self) -> None:
        """Say the page again."""
        if self._shown is not None:
            draft, quote, earlier = self._shown
            page = validation_page(draft, quote, earlier)
            self.query_one("#validation-text", Static).update(lines(page))
