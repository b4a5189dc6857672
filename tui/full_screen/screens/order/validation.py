"""Step 4: licence notice, what is ordered, before and after (guide, Order Process (4/4))."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from tui.full_screen.screens.order.step import OrderStep
from tui.full_screen.widgets.text import lines
from tui.visit.order_steps import VALIDATION, Review
from tui.wording.order import validation_page


class ValidationStep(OrderStep):
    """Everything about the order on one page that scrolls."""

    NUMBER = VALIDATION
    GUIDE_PAGE = "order-validation"

    def __init__(self) -> None:
        super().__init__()
        self.shown: Review | None = None
        """What stands on the page, and what the button places."""

    def compose(self) -> ComposeResult:
        """The page."""
        with VerticalScroll(id="validation-page"):
            yield Static(id="validation-text", markup=False)

    def show(self, review: Review) -> None:
        """Show an order as it would be."""
        self.shown = review
        self.relabel()
        page = self.query_one("#validation-page", VerticalScroll)
        page.scroll_home(animate=False)
        self.screen.set_focus(page)

    def relabel(self) -> None:
        """Say the page again."""
        if self.shown is not None:
            page = validation_page(*self.shown)
            self.query_one("#validation-text", Static).update(lines(page))
