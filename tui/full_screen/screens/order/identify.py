"""Step 1: the Equipment ID (guide, Order Process (1/4))."""

from __future__ import annotations

from textual.app import ComposeResult

from engine.errors import PortalError, SystemUnknown
from tui.full_screen.screens.order.step import OrderStep
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.containers import Row
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
        with Row(id="unknown-ways", classes="buttons"):
            yield PushButton(
                lambda: _("Ask the licence desk to add it …"), "screen.ask_desk", id="ask-desk"
            )

    def on_mount(self) -> None:
        """Nothing is unknown yet."""
        self._offer_to_ask(offered=False)

    @property
    def text(self) -> str:
        """What was typed."""
        return self._field.text

    @text.setter
    def text(self, text: str) -> None:
        self._field.text = text

    def say_error(self, error: PortalError) -> None:
        """Say what is wrong with it; one that nobody knows can be asked for."""
        self._field.say_error(error)
        self._offer_to_ask(offered=isinstance(error, SystemUnknown))

    def on_input_changed(self) -> None:
        """That was about what stood there before."""
        self._offer_to_ask(offered=False)

    def _offer_to_ask(self, *, offered: bool) -> None:
        self.query_one("#unknown-ways").display = offered

    def focus_first(self, *, overtype: bool = False) -> None:
        """Go to the field, whose text may be there to be typed over."""
        self._field.go_to(overtype=overtype)
