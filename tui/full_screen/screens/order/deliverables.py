"""Deliverables: the new keycode, and everything that the guide shows of the order."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from engine.catalogue.product import Product
from engine.keycode.codec import grouped
from engine.licences.order import Order
from engine.licences.system import System
from tui.full_screen.keymap import KEYCODE
from tui.full_screen.screens.keycode import Labelled, labelled
from tui.full_screen.screens.order.step import OrderStep
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.containers import Row
from tui.full_screen.widgets.text import TranslatedText, lines
from tui.visit.order_steps import DELIVERABLES
from tui.wording.deliverables import deliverables_text
from tui.wording.translation import _

_TITLE_LINES = 2
"""The name of the portal stands above the text in a file, and in the head of a screen."""


class DeliverablesStep(OrderStep):
    """The page, with export and copy below it."""

    NUMBER = DELIVERABLES
    GUIDE_PAGE = "order-deliverables"

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Order, Product, System, bool] | None = None

    def compose(self) -> ComposeResult:
        """What came of it, the page, the buttons."""
        yield TranslatedText(self._outcome, id="outcome", classes="heading")
        yield TranslatedText(self._keycode, id="new-keycode")
        with VerticalScroll(id="deliverables-page"):
            yield Static(id="deliverables-text", markup=False)
        with Row(classes="buttons"):
            yield PushButton(lambda: _("Export .txt file"), "screen.export", id="export")
            yield PushButton(lambda: _(KEYCODE.label), KEYCODE.action, id="show-keycode")
            yield PushButton(lambda: _("New order"), "screen.another", id="another")

    def show(self, order: Order, product: Product, system: System, *, already: bool) -> None:
        """Show an order that was placed, now or (`already`) by an earlier confirmation."""
        self._shown = (order, product, system, already)
        self.relabel()
        page = self.query_one("#deliverables-page", VerticalScroll)
        page.scroll_home(animate=False)
        self.screen.set_focus(page)

    def relabel(self) -> None:
        """Say the page again."""
        if self._shown is not None:
            self.query_one("#outcome", TranslatedText).relabel()
            self.query_one("#new-keycode", TranslatedText).relabel()
            page = self.text().rstrip().split("\n")[_TITLE_LINES:]
            self.query_one("#deliverables-text", Static).update(lines(page))

    def codes(self) -> list[Labelled]:
        """The keycode, or those of the functions, to be shown and copied."""
        if self._shown is None:
            return []
        order, product = self._shown[:2]
        return labelled(order.equipment_id, order.keycode, product, order.function_keycodes)

    @property
    def order(self) -> Order | None:
        """The order that is shown."""
        return self._shown[0] if self._shown else None

    def text(self) -> str:
        """All there is to say, in the current language, as it is exported."""
        assert self._shown is not None, "asked for only when an order is shown"
        order, product, system, _already = self._shown
        return deliverables_text(order, product, system.model)

    def _keycode(self) -> str:
        """At once, before anybody has to scroll."""
        code = self._shown[0].keycode if self._shown else None
        return _("Your new keycode: {code}").format(code=grouped(code)) if code else ""

    def _outcome(self) -> str:
        if self._shown is None:
            return ""
        order, already = self._shown[0], self._shown[3]
        if already:
            return _("This order was placed already: {number}").format(number=order.number)
        return _("The order is placed: {number}").format(number=order.number)
