"""One line for several items, over the items."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from engine.licences.quick_entry import MOST_CHARACTERS
from tui.full_screen.widgets.dialog import Dialog
from tui.full_screen.widgets.fields import LineInput
from tui.full_screen.widgets.text import TranslatedText, relabel_all
from tui.wording.quick_entry import how_to_enter
from tui.wording.translation import _


class QuickEntryDialog(Dialog[str | None]):
    """Answers what was typed or pasted, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,f3", "dismiss(None)")]

    def content(self) -> Iterable[Widget]:
        """Title, line, what it takes, keys."""
        yield TranslatedText(lambda: _("Quick entry"), classes="heading")
        yield LineInput(id="quick-line", max_length=MOST_CHARACTERS, joined=True)
        yield TranslatedText(how_to_enter, classes="question")
        yield TranslatedText(lambda: _("Enter: take · Esc: cancel"))

    def relabel(self) -> None:
        """F5 works here too."""
        relabel_all(self)

    @on(LineInput.Submitted)
    def _take(self, event: LineInput.Submitted) -> None:
        event.stop()
        self.dismiss(event.value)
