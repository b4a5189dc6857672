"""An order that was placed, to be looked at again: from Home, and from what a search has found."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget

from engine.accounts.people import Right
from engine.errors import NotCorrectable
from engine.licences.order import Order, OrderKind
from engine.services.searching import SystemRecord
from tui.full_screen.host import Host
from tui.full_screen.keymap import BACK, GUIDE, KEYCODE, LANGUAGE, LOG_OUT, NEW_ORDER
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.screens.exporting import offer_export
from tui.full_screen.screens.keycode import Labelled, labelled, show_keycode
from tui.full_screen.screens.result_page import ResultPage
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.text import lines
from tui.visit.changes import Correction, may_correct
from tui.visit.export_ways import exported_order
from tui.visit.handing_on import Proof, is_unproved
from tui.visit.requests import asking_for_correction
from tui.wording.deliverables import deliverables_text
from tui.wording.order import keycode_of_order, page_of_order
from tui.wording.translation import N_, _


class OrderResult(ResultPage):
    """The page of an order."""

    def __init__(
        self, *, may_order: bool, may_correct: bool, may_prove: bool, may_ask: bool = False
    ) -> None:
        super().__init__("order")
        self._may_order = may_order
        self._may_correct = may_correct
        self._may_prove = may_prove
        self._may_ask = may_ask
        self._found: tuple[SystemRecord, Order] | None = None

    def more_ways(self) -> Iterable[Widget]:
        """To a file, and to an order like it."""
        yield PushButton(lambda: _("Export .txt file"), "screen.export", id="export")
        if self._may_order:
            yield PushButton(lambda: _("Order again"), "screen.again", id="again")

    def rare_ways(self) -> Iterable[Widget]:
        """What few may do."""
        if self._may_prove:
            yield PushButton(lambda: _("Give proof …"), "screen.prove", id="prove")
        if self._may_correct:
            yield PushButton(lambda: _("Correct …"), "screen.correct", id="correct")
        if self._may_ask:
            yield PushButton(
                lambda: _("Ask for a correction …"), "screen.ask_to_correct", id="ask-to-correct"
            )

    def show(self, record: SystemRecord, order: Order) -> None:
        """Show an order of a system."""
        self._found = (record, order)
        self.say_again()
        for way in self.query("#again, #correct, #ask-to-correct"):
            way.display = _has_items(order)
        for way in self.query("#prove"):
            way.display = is_unproved(order)
        for row in self.query("#order-rare-ways"):
            row.display = any(way.display for way in row.children)

    @property
    def may_be_repeated(self) -> bool:
        """Whether another order may be like it."""
        return self._may_order and self.order is not None and _has_items(self.order)

    @property
    def order(self) -> Order | None:
        """The order that is shown."""
        return self._found[1] if self._found else None

    def codes(self) -> list[Labelled]:
        """The keycode that it delivered, or those of its functions."""
        if self._found is None:
            return []
        record, order = self._found
        return labelled(order.equipment_id, order.keycode, record.product, order.function_keycodes)

    def title(self) -> str:
        """Which order, and whether its keycode still counts."""
        return keycode_of_order(*self._found) if self._found else ""

    def page(self) -> Content:
        """All there is to say of it."""
        if self._found is None:
            return lines([])
        return lines(page_of_order(*self._found))

    def text(self) -> str:
        """The deliverables, as they are exported."""
        assert self._found is not None, "asked for only when an order is shown"
        record, order = self._found
        return deliverables_text(order, record.product, record.system.model)


class PlacedOrderScreen(PortalScreen):
    """Lies over the screen that opened it."""

    TITLE_WORDS = N_("Order")
    KEYS = (GUIDE, NEW_ORDER, BACK, LANGUAGE, KEYCODE, LOG_OUT)
    GUIDE_PAGE = "order-page"

    def __init__(self, host: Host, number: str) -> None:
        super().__init__(host)
        self._number = number
        self._result = OrderResult(
            may_order=self.visit.may(Right.ORDER),
            may_correct=self.visit.may(Right.CORRECT),
            may_ask=self.visit.may(Right.ORDER) and not self.visit.may(Right.CORRECT),
            may_prove=self.visit.may(Right.MOVE),
        )

    def body(self) -> Iterable[Widget]:
        """The page alone."""
        yield self._result

    def begin(self) -> None:
        """Read the order, as it is now."""
        session, searching = self.visit.signed_in, self.visit.portal.searching
        number = self._number
        self.ask(lambda: searching.order(session, number), self._show)

    def _show(self, found: tuple[SystemRecord, Order]) -> None:
        self._result.show(*found)
        self._result.take_focus()
        if self._result.may_be_repeated:
            self.hint(lambda: _("Enter: order the same again"))

    @property
    def system_at_hand(self) -> str:
        """That of the order."""
        return self._result.order.equipment_id if self._result.order else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter does something on the page, too."""
        return True if action == "enter" else super().check_action(action, parameters)

    async def action_enter(self) -> None:
        """Presses a button; on the page, orders the same again."""
        if isinstance(self.focused, PushButton):
            await super().action_enter()
        elif self._result.may_be_repeated:
            await self.action_again()

    async def action_back(self) -> None:
        """To where one came from."""
        self.app.pop_screen()

    def action_keycode(self) -> None:
        """F9: the keycode of this order, for telephone and camera."""
        show_keycode(self, self._result.codes())

    def action_export(self) -> None:
        """Export .txt file: the deliverables, in the language that is spoken now."""
        if (order := self._result.order) is not None:
            offer_export(self, exported_order(self.visit, order, self._result.text()))

    async def action_again(self) -> None:
        """An order like this one, for this system or another."""
        from tui.full_screen.screens.order.screen import OrderScreen

        if (order := self._result.order) is not None:
            await self.host.navigation.go_to(OrderScreen(self.host, again=order))

    def action_prove(self) -> None:
        """The return note of a move that was made without."""
        from tui.full_screen.screens.change import ChangeScreen

        if (order := self._result.order) is not None and is_unproved(order):
            change = Proof(self.visit.portal, self.visit.signed_in, order)
            self.app.push_screen(ChangeScreen(self.host, change))

    def action_correct(self) -> None:
        """The licence desk: down to the quantities that were meant."""
        from tui.full_screen.screens.change import ChangeScreen

        order, visit = self._result.order, self.visit
        if order is None:
            return
        if may_correct(visit.signed_in, order):
            change = Correction(visit.portal, visit.signed_in, order)
            self.app.push_screen(ChangeScreen(self.host, change))
        else:
            self.say_error(NotCorrectable(number=order.number))

    def action_ask_to_correct(self) -> None:
        """An operator asks the licence desk for it."""
        from tui.full_screen.screens.requests import ask_about

        order, visit = self._result.order, self.visit
        if order is not None:
            ask_about(self, asking_for_correction(visit.portal, visit.signed_in, order))


def _has_items(order: Order) -> bool:
    """It is about items; and those of an earlier company are not shown."""
    return order.kind is OrderKind.ORDER and bool(order.lines)
