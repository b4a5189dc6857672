"""The orders that a search has found, to choose one of."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from engine.licences.order import Order
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.containers import Page, Row
from tui.full_screen.widgets.text import TranslatedText, plain, relabel_all
from tui.visit.order_search import FoundOrders
from tui.wording.order_list import order_rows, unread_systems
from tui.wording.translation import _, ngettext

WIDTH = 76
"""Of a row: the rest is for the scroll bar."""


class OrderList(Page):
    """A row an order; Enter chooses."""

    def __init__(self) -> None:
        super().__init__(id="search-orders")
        self._found: FoundOrders | None = None

    def compose(self) -> ComposeResult:
        """How many, the way back, the list."""
        yield TranslatedText(self._title, classes="title")
        yield TranslatedText(self._unread, id="orders-unread", classes="error")
        with Row(id="orders-ways"):
            yield PushButton(lambda: _("[Back]"), "screen.back", id="orders-back")
            yield TranslatedText(
                lambda: _("Up/Down · Enter: open the system · O: the order"), id="orders-hint"
            )
        yield TranslatedText(lambda: self._rows()[0], id="orders-head", classes="heading")
        yield OptionList(id="orders", markup=False)

    def show(self, found: FoundOrders) -> None:
        """Show what was found, from the latest on."""
        self._found = found
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(plain(row)) for row in self._rows()[1:]])
        options.highlighted = 0
        self.query_one("#orders-unread").display = bool(found.unread)
        relabel_all(self)

    def take_focus(self) -> None:
        """To the list."""
        self.screen.set_focus(self.query_one(OptionList))

    def chosen(self, index: int) -> Order:
        """The order of a row."""
        assert self._found is not None, "there are rows only when something was found"
        return self._found.orders[index]

    @property
    def highlighted(self) -> Order | None:
        """The order under the cursor."""
        at = self.query_one(OptionList).highlighted
        return None if at is None or self._found is None else self._found.orders[at]

    def relabel(self) -> None:
        """Dates and headings are in the reader's language."""
        for index, row in enumerate(self._rows()[1:]):
            self.query_one(OptionList).replace_option_prompt_at_index(index, plain(row))

    def _rows(self) -> list[str]:
        if self._found is None:
            return [""]
        return order_rows(self._found.orders, self._found.companies, WIDTH)

    def _unread(self) -> str:
        if self._found is None or not self._found.unread:
            return ""
        at_the_desk = bool(self._found.companies)
        return f"! {unread_systems(self._found.unread, at_the_desk=at_the_desk)}"

    def _title(self) -> str:
        if self._found is None:
            return ""
        count = len(self._found.orders)
        if self._found.more:
            text = _("Only the latest {count} orders are shown: narrow the search.")
            return text.format(count=count)
        return ngettext("{count} order found.", "{count} orders found.", count).format(count=count)
