"""Step 1: the Equipment ID (guide, Order Process (1/4))."""

from __future__ import annotations

from textual.app import ComposeResult

from engine.errors import PortalError
from tui.full_screen.screens.order.step import OrderStep
from tui.full_screen.widgets.equipment_id import EquipmentIdField
from tui.full_screen.widgets.text import TranslatedText
from tui.visit.order_steps import ID
from tui.wording.translation import _


class IdStep(OrderStep):
    """One field, and what is wrong with it."""

    NUMBER = ID
    GUIDE_PAGE = "order-id"

    def __init__(self) -> None:
        super().__init__()
        self._field = EquipmentIdField()

    def compose(self) -> ComposeResult:
        """Title and field."""
        yield TranslatedText(lambda: _("Order a keycode"), classes="title")
        yield self._field

    @property
    def text(self) -> str:
        """What was typed."""
        return self._field.text

    @text.setter
    def text(self, text: str) -> None:
        self._field.text = text

    def say_error(self, error: PortalError) -> None:
        """Say what is wrong with it."""
        self._field.say_error(error)

    def focus_first(self, *, overtype: bool = False) -> None:
        """Go to the field, whose text may be there to be typed over."""
        self._field.go_to(overtype=overtype)
