"""Where an Equipment ID is typed."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets.input import Selection

from engine.errors import EquipmentIdMalformed, PortalError
from tui.full_screen.widgets.containers import Column
from tui.full_screen.widgets.fields import Field, LineInput
from tui.full_screen.widgets.text import TranslatedText
from tui.wording.errors import sentence
from tui.wording.known_systems import how_to_name_a_system
from tui.wording.labels import field_label

LONGEST = 60


class EquipmentIdField(Column):
    """The field, how an ID looks, and its error below, where there is room for a sentence."""

    def __init__(self) -> None:
        super().__init__()
        line = LineInput(id="equipment-id", max_length=LONGEST, joined=True, overtype=True)
        self._field = Field(lambda: field_label("equipment_id"), line)

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield TranslatedText(
            how_to_name_a_system,
            classes="subtitle",
        )
        yield self._field
        yield TranslatedText(lambda: "", id="id-error", classes="error paragraph")

    @property
    def text(self) -> str:
        """What was typed."""
        return self._field.line.value

    @text.setter
    def text(self, text: str) -> None:
        self._field.line.value = text

    def say_error(self, error: PortalError) -> None:
        """Put what is wrong below the field, and the cursor at the wrong character: what is typed
        next replaces it."""
        self.query_one("#id-error", TranslatedText).say(lambda: f"! {sentence(error)}")
        if isinstance(error, EquipmentIdMalformed) and error.position:
            self._field.line.selection = Selection(error.position, error.position - 1)
        self.go_to()

    def on_input_changed(self) -> None:
        """The error was about what stood there before."""
        self.query_one("#id-error", TranslatedText).say(lambda: "")

    def go_to(self, *, overtype: bool = False) -> None:
        """Put the cursor there; with `overtype`, what is typed next replaces what is there."""
        self.screen.set_focus(self._field.line)
        if overtype:
            self._field.line.select_all()
