"""The orders that a search has found, to choose one of."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from engine.licences.order import Order
from engine.safe_text import folded
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.containers import Page, Row
from tui.full_screen.widgets.sorted_list import Sort, SortedList
from tui.full_screen.widgets.text import TranslatedText, relabel_all
from tui.visit.order_search import FoundOrders
from tui.wording.order_list import order_rows, unread_systems
from tui.wording.translation import N_, _, ngettext


class OrderList(Page):
    """A row an order; Enter chooses."""

    def __init__(self) -> None:
        super().__init__(id="search-orders")
        self._found: FoundOrders | None = None
        sorts = (
            Sort[Order](N_("by licensee"), lambda order: folded(order.licensee)),
            Sort[Order](N_("by reference"), lambda order: folded(order.reference)),
            Sort[Order](N_("by system"), lambda order: order.equipment_id),
            Sort[Order](N_("by amount"), lambda order: order.total, last_first=True),
        )
        self.table = SortedList(self._rows, sorts, id="orders")

    def compose(self) -> ComposeResult:
        """How many, the way back, the list."""
        yield TranslatedText(self._title, classes="title")
        yield TranslatedText(self._unread, id="orders-unread", classes="error")
        with Row(id="orders-ways"):
            yield PushButton(lambda: _("[Back]"), "screen.back", id="orders-back")
            yield TranslatedText(
                lambda: _("Enter: open the system · O: the order · S: sort · /: look for rows"),
                id="orders-hint",
            )
        yield self.table

    def show(self, found: FoundOrders) -> None:
        """Show what was found, from the latest on."""
        self._found = found
        self.table.show_all()
        self.table.show(found.orders)
        self.table.to_first()
        self.query_one("#orders-unread").display = bool(found.unread)
        relabel_all(self)

    def take_focus(self) -> None:
        """To the list."""
        self.table.take_focus()

    @property
    def highlighted(self) -> Order | None:
        """The order under the cursor."""
        return self.table.highlighted

    def relabel(self) -> None:
        """Dates and headings are in the reader's language."""
        self.table.relabel()

    def _rows(self, orders: Sequence[Order], width: int) -> list[str]:
        companies = self._found.companies if self._found else {}
        return order_rows(orders, companies, width)

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
