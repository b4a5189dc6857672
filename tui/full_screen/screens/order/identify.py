"""Step 1: the Equipment ID (guide, Order Process (1/4))."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from textual.app import ComposeResult

from engine.licences.order import Draft
from engine.licences.quote import ItemChoice
from engine.licences.system import System
from tui.full_screen.screens.order.step import ID, ITEMS, OrderStep
from tui.full_screen.widgets.equipment_id import EquipmentIdField
from tui.full_screen.widgets.question import ConfirmDialog
from tui.full_screen.widgets.text import Words
from tui.wording.order import what_is_dropped
from tui.wording.translation import _


class Found(NamedTuple):
    """The system of an ID, and what can be ordered for it."""

    system: System
    choices: tuple[ItemChoice, ...]


class IdStep(OrderStep):
    """One field, and what is wrong with it."""

    NUMBER = ID
    GUIDE_PAGE = "order-id"

    def __init__(self) -> None:
        super().__init__()
        self._field = EquipmentIdField()

    def compose(self) -> ComposeResult:
        """Title and field."""
        yield Words(lambda: _("Order a keycode"), classes="title")
        yield self._field

    def go_on(self) -> None:
        """Look for the system of what was typed."""
        self.find()

    def find(
        self,
        text: str | None = None,
        then: int = ITEMS,
        and_then: Callable[[], None] = lambda: None,
    ) -> None:
        """Look for the system of what was typed, or of `text`, and open its order at `then`;
        what is to be said when it is open, `and_then` says."""
        if text is not None:
            self._field.text = text
        typed, visit = self._field.text, self.order_screen.visit
        ordering = visit.portal.ordering

        def look() -> Found:
            system = ordering.find_system(visit.signed_in, typed)
            return Found(system, ordering.choices(system))

        async def found(answer: Found) -> None:
            await self._found(answer, then)
            and_then()

        self.order_screen.ask(look, found, self._field.say_error)

    async def _found(self, found: Found, then: int) -> None:
        visit = self.order_screen.visit
        old = visit.draft
        if old is not None and old.equipment_id == found.system.equipment_id:
            await self.order_screen.open(found, old, then)
            return
        new = visit.portal.ordering.new_draft(found.system, old)
        if old is not None and old.quantities:
            self._ask_to_drop(found, old, new)
        else:
            await self.order_screen.open(found, new, then)

    def _ask_to_drop(self, found: Found, old: Draft, new: Draft) -> None:
        """Another ID after items were chosen: say what it drops."""

        async def answered(drop: bool | None) -> None:
            if drop:
                await self.order_screen.open(found, new, ITEMS)
            else:
                self._field.text = old.equipment_id
                self.focus_first()

        dialog = ConfirmDialog(lambda: what_is_dropped(old, new), lambda: _("Discard and continue"))
        self.app.push_screen(dialog, answered)

    def focus_first(self) -> None:
        """Go to the field."""
        self._field.go_to()
