"""Text on the screen: the reader's language, and never markup."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from engine.safe_text import safe
from tui.full_screen.widgets.containers import Unscrolled

Say = Callable[[], str | Content]
"""Makes a text in the language of now: `lambda: _("Next")`."""


@runtime_checkable
class Relabelled(Protocol):
    """A widget that says its texts again when the language changes."""

    def relabel(self) -> None:
        """Say every text again, in the language of now."""


def relabel_all(root: Widget) -> None:
    """Say every text under a widget again."""
    for widget in root.walk_children(Widget):
        if isinstance(widget, Relabelled):
            widget.relabel()


def plain(text: str | Content) -> Content:
    """Text as it is, on one line, with nothing that a terminal or Textual could obey."""
    return text if isinstance(text, Content) else Content(safe(text))


def lines(texts: list[str]) -> Content:
    """Several lines of text as they are."""
    return Content("\n".join(safe(text) for text in texts))


class Words(Static, Unscrolled):
    """A text that follows the language."""

    def __init__(self, say: Say, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        self.text = plain(say())
        super().__init__(self.text, id=id, classes=classes, markup=False)
        self._say = say

    def relabel(self) -> None:
        """Say it again."""
        self.say(self._say)

    def say(self, say: Say) -> None:
        """Say something else from now on."""
        self._say = say
        text = plain(say())
        if text != self.text:
            self.text = text
            # A place of fixed size needs no new layout of the screen: a frame sooner, and one less.
            self.update(text, layout=self.styles.auto_dimensions)
