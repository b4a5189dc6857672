"""Step 1: the Equipment ID (guide, Order Process (1/4))."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.containers import Vertical

from engine.errors import PortalError
from engine.orders import Draft
from engine.services.ordering import ItemChoice
from engine.systems import System
from tui.i18n import _
from tui.labels import field_label
from tui.messages import sentence
from tui.order_texts import what_is_dropped
from tui.session import Visit
from tui.widgets.confirm import ConfirmDialog
from tui.widgets.fields import Field, LineInput
from tui.widgets.words import Words

if TYPE_CHECKING:
    from tui.screens.order.screen import OrderScreen

LONGEST = 60


class Found(NamedTuple):
    """The system of an ID, and what can be ordered for it."""

    system: System
    choices: tuple[ItemChoice, ...]


class IdStep(Vertical):
    """One field, and what is wrong with it."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(id="step-1")
        self._visit = visit
        self._field = Field(
            lambda: field_label("equipment_id"), LineInput(id="equipment-id", max_length=LONGEST)
        )

    def compose(self) -> ComposeResult:
        """The field, how an ID looks, and its error below, where there is room for a sentence."""
        yield Words(lambda: _("Order a keycode"), classes="title")
        yield Words(
            lambda: _("13 hexadecimal digits, for example 03FFFF0302AD4; spaces do not matter."),
            classes="subtitle",
        )
        yield self._field
        yield Words(lambda: "", id="id-error", classes="error paragraph")

    @property
    def order_screen(self) -> OrderScreen:
        """The screen of this step."""
        return cast("OrderScreen", self.screen)

    def find(self, text: str | None = None, then: int = 2) -> None:
        """Look for the system of what was typed, or of `text`, and open its order at `then`."""
        if text is not None:
            self._field.line.value = text
        typed, visit, ordering = self._field.line.value, self._visit, self._visit.portal.ordering

        def look() -> Found:
            system = ordering.find_system(visit.signed_in, typed)
            return Found(system, ordering.choices(system))

        async def found(answer: Found) -> None:
            await self._found(answer, then)

        self.order_screen.ask(look, found, self._say_error)

    async def _found(self, found: Found, then: int) -> None:
        draft, new = self._visit.draft, self._visit.portal.ordering.new_draft(found.system)
        if draft is None:
            await self.order_screen.open(found, new, then)
        elif draft.equipment_id == found.system.equipment_id:
            await self.order_screen.open(found, draft, then)
        elif not draft.quantities:
            await self.order_screen.open(found, _with_reference(new, draft), then)
        else:
            self._ask_to_drop(found, draft, _with_reference(new, draft))

    def _ask_to_drop(self, found: Found, old: Draft, new: Draft) -> None:
        """Another ID after items were chosen: say what it drops."""

        async def answered(drop: bool | None) -> None:
            if drop:
                await self.order_screen.open(found, new, 2)
            else:
                self._field.line.value = old.equipment_id
                self.focus_first()

        dialog = ConfirmDialog(lambda: what_is_dropped(old, new), lambda: _("Drop and go on"))
        self.app.push_screen(dialog, answered)

    def _say_error(self, error: PortalError) -> None:
        """Put what is wrong below the field, and the cursor at the wrong character."""
        self.query_one("#id-error", Words).say(lambda: f"! {sentence(error)}")
        if position := error.data.get("position", 0):
            self._field.line.cursor_position = position - 1
        self.focus_first()

    def on_input_changed(self) -> None:
        """The error was about what stood there before."""
        self.query_one("#id-error", Words).say(lambda: "")

    def focus_first(self) -> None:
        """Go to the field."""
        self.screen.set_focus(self._field.line)


def _with_reference(new: Draft, old: Draft) -> Draft:
    return replace(new, reference=old.reference, licensee=old.licensee, address=old.address)
