"""What lies over a screen until it is answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widget import Widget

from tui.full_screen.widgets.containers import Column
from tui.full_screen.widgets.small_window import is_too_small, too_small
from tui.full_screen.widgets.text import TranslatedText
from tui.terminal.window import LEAST

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A box of `content`. In a window that is too small it says so, takes all of it, and can
    still be answered."""

    def compose(self) -> ComposeResult:
        """The box."""
        with Column(classes="dialog"):
            yield TranslatedText(self._too_small, classes="too-small")
            yield from self.content()

    def content(self) -> Iterable[Widget]:
        """The widgets in the box."""
        return ()

    def on_resize(self, event: events.Resize) -> None:
        """Textual calls the one of a subclass too."""
        self.set_class(is_too_small(*event.size), "-too-small")
        self.query_one(".too-small", TranslatedText).relabel()

    def _too_small(self) -> str:
        return too_small(*(self.size if self.is_mounted else LEAST))
