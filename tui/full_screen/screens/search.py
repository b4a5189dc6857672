"""Searching for the keycodes of a system (guide, Search for a keycode)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from engine.accounts.people import Right
from engine.errors import PortalError, SystemTransferred
from engine.services.searching import SystemRecord
from tui.full_screen.host import Host
from tui.full_screen.keymap import (
    BACK,
    CHECK,
    GUIDE,
    KEYCODE,
    LANGUAGE,
    LOG_OUT,
    NEW_ORDER,
    PASSWORD,
    Command,
)
from tui.full_screen.screens.change import choose_change
from tui.full_screen.screens.check_keycode import CheckScreen
from tui.full_screen.screens.keycode import Labelled, labelled
from tui.full_screen.screens.looking_up import look_up
from tui.full_screen.screens.placed_order import PlacedOrderScreen
from tui.full_screen.screens.result_page import WIDTH, ResultPage, ResultScreen
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.choice_list import ChooseDialog
from tui.full_screen.widgets.fields import LineInput
from tui.full_screen.widgets.order_list import OrderList
from tui.full_screen.widgets.search_form import SearchForm
from tui.full_screen.widgets.sorted_list import SortedList
from tui.full_screen.widgets.text import lines
from tui.visit.order_search import MOST, FoundOrders, SearchTerms, find_orders, find_system
from tui.wording.order_list import nothing_found, order_choices, unread_systems
from tui.wording.system_record import result_lines
from tui.wording.translation import N_, _


class SearchResult(ResultPage):
    """The keycodes of one system."""

    def __init__(self) -> None:
        super().__init__("found")
        self.record: SystemRecord | None = None
        self._company = ""

    def more_ways(self) -> Iterable[Widget]:
        """To check a keycode of this system, and to what may be done with it."""
        yield PushButton(lambda: _(CHECK.label), "screen.check", id="check-this")
        yield PushButton(lambda: _("Change …"), "screen.change", id="change-this")

    def show(self, record: SystemRecord, company: str) -> None:
        """Show what was found; with its company's name for who sees those of all."""
        self.record, self._company = record, company
        self.say_again()

    def codes(self) -> list[Labelled]:
        """The keycode that the system has now, or those of its functions."""
        record = self.record
        if record is None or not record.orders:
            return []
        unique, of_functions = record.orders[0].keycode, record.function_keycodes
        return labelled(record.system.equipment_id, unique, record.product, of_functions)

    def title(self) -> str:
        """Whose they are."""
        found = self.record.system.equipment_id if self.record else ""
        return _("Search result: {id}").format(id=found)

    def page(self) -> Content:
        """The current one, and those before it."""
        return lines(result_lines(self.record, WIDTH, self._company) if self.record else [])


class SearchScreen(ResultScreen):
    """The form, and what it found in its place: a system, or orders and the system of one."""

    TITLE_WORDS = N_("Find a keycode")
    KEYS: ClassVar[tuple[Command, ...]] = (GUIDE, NEW_ORDER, BACK, LANGUAGE, PASSWORD, LOG_OUT)
    KEYS_WITH_KEYCODE = (GUIDE, NEW_ORDER, BACK, LANGUAGE, KEYCODE, LOG_OUT)
    GUIDE_PAGE = "search"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("o", "orders", show=False)]

    def __init__(self, host: Host, equipment_id: str = "") -> None:
        """`equipment_id` is that of the system at hand where one came from."""
        self._brought = equipment_id
        self._form = SearchForm(all_companies=host.visit.may(Right.ALL_COMPANIES))
        self._orders = OrderList()
        self._result = SearchResult()
        super().__init__(host, self._result, self._form, self._orders)
        self._listed = False
        """The result is that of an order in the list."""

    def begin(self) -> None:
        """With the ID that was brought, to be typed over."""
        if self._brought:
            self._form.field.text = self._brought
            self._form.field.go_to(overtype=True)

    async def action_enter(self) -> None:
        """Enter searches, in whatever field."""
        if isinstance(self.focused, PushButton):
            await super().action_enter()
        elif self._orders.display:  # in the line to look in
            self._orders.take_focus()
        else:
            self.action_find()

    def action_find(self) -> None:
        """Search."""
        if terms := self._form.terms:
            session, searching = self.visit.signed_in, self.visit.portal.searching
            self.ask(
                lambda: find_orders(searching, session, terms),
                partial(self._list, terms),
                self._wrong,
            )
        else:
            look_up(self, self._form.field.text, self._open)

    @on(SortedList.Chosen)
    def _chosen(self, event: SortedList.Chosen) -> None:
        self._open(event.item.equipment_id, listed=event.item.number)

    @on(SortedList.Told)
    def _told(self, event: SortedList.Told) -> None:
        self.say(event.said)

    def _open(self, equipment_id: str, *, listed: str = "") -> None:
        """The system of that ID; `listed` is the number of the order that was chosen from the
        list."""

        def show(found: tuple[SystemRecord, str]) -> None:
            self._listed = bool(listed)
            self._result.show(*found)
            self.show_page(self._result)
            if found[0].orders:
                self.hint(lambda: _("O: the orders of this system"))

        def refused(error: PortalError) -> None:
            if listed and isinstance(error, SystemTransferred):  # the order is still one's own
                self.app.push_screen(PlacedOrderScreen(self.host, listed))
            elif listed:
                self.say_error(error)
            else:
                self._wrong(error)

        session, searching = self.visit.signed_in, self.visit.portal.searching
        self.ask(lambda: find_system(searching, session, equipment_id), show, refused)

    def _list(self, terms: SearchTerms, found: FoundOrders) -> None:
        if found.orders:
            self._orders.show(found)
            self.show_page(self._orders)
        else:
            self._form.say_orders(lambda: _nothing(terms, found))

    def _wrong(self, error: PortalError) -> None:
        self._form.say_error(error)

    @property
    def system_at_hand(self) -> str:
        """The one that was found."""
        record = self._result.record if self._result.display else None
        return record.system.equipment_id if record else ""

    def show_form(self, equipment_id: str = "") -> None:
        """F4: the form again, with the last ID, or that of the system at hand, to be typed over."""
        self.show_page(self._form)
        self._form.field.text = equipment_id or self._form.field.text
        self._form.field.go_to(overtype=True)

    async def action_back(self) -> None:
        """From what was found to the list or the form, and from there home."""
        if self._orders.display and self._orders.table.is_filtered:
            self._orders.table.show_all()
        elif self._result.display and self._listed:
            self.show_page(self._orders)
        elif self._form.display:
            await super().action_back()
        else:
            self.show_page(self._form)

    def action_change(self) -> None:
        """What may be done with the system: a list, of which one leads to its questions."""
        if self._result.display and self._result.record is not None:
            choose_change(self, self._result.record.system)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a line, `o` is a letter."""
        if action == "orders":
            return not (self._form.display or isinstance(self.focused, LineInput)) or None
        return super().check_action(action, parameters)

    def action_orders(self) -> None:
        """O: the page of the order under the cursor, or of one of the system that is shown."""
        if self._orders.display:
            if order := self._orders.highlighted:
                self._open_order(order.number)
        elif record := self._result.record:
            if len(record.orders) == 1:
                self._open_order(record.orders[0].number)
            elif record.orders:
                choices = lambda: order_choices(record.orders[:MOST])  # noqa: E731
                dialog = ChooseDialog(lambda: _("Which order?"), choices)
                self.app.push_screen(dialog, self._open_order)

    def _open_order(self, number: str | None) -> None:
        if number:
            self.app.push_screen(PlacedOrderScreen(self.host, number))

    def action_check(self) -> None:
        """Check a keycode of what is shown; Back leads here again."""
        shown = self._result.record if self._result.display else None
        self.app.push_screen(CheckScreen(self.host, shown.system.equipment_id if shown else ""))


def _nothing(terms: SearchTerms, found: FoundOrders) -> str:
    said = nothing_found(by_keycode=bool(terms.keycode))
    unread = unread_systems(found.unread, at_the_desk=bool(found.companies))
    return f"{said} {unread}" if unread else said
