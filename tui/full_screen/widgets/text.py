"""Text on the screen: the reader's language, and never markup."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from textual.content import Content
from textual.css.styles import RulesMap
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions
from textual.widget import Widget
from textual.widgets import Static

from engine.safe_text import safe
from tui.full_screen.widgets.containers import NoScrollbars
from tui.wording.tables import fitted

Say = Callable[[], str | Content]
"""Makes a text in the current language: `lambda: _("Next")`."""


@runtime_checkable
class Relabelled(Protocol):
    """A widget that says its texts again when the language changes."""

    def relabel(self) -> None:
        """Say every text again, in the current language."""


def relabel_all(root: Widget) -> None:
    """Say every text under a widget again."""
    for widget in root.walk_children(Widget):
        if isinstance(widget, Relabelled):
            widget.relabel()


def plain(text: str | Content) -> Content:
    """Text as it is, on one line, with nothing that a terminal or Textual could obey."""
    return text if isinstance(text, Content) else Text(safe(text))


def lines(texts: list[str]) -> Content:
    """Several lines of text as they are."""
    return Text("\n".join(safe(text) for text in texts))


class Text(Content):
    """Text that is broken at its spaces, never at a no-break space. Textual breaks there as well:
    in French a line would begin with `?`, `»` or `€`."""

    def broken(self, width: int) -> Content:
        """Its lines on a screen of that width."""
        lines = (part for line in self.plain.split("\n") for part in fitted(line, width))
        return Content("\n".join(lines))

    def get_height(self, rules: RulesMap, width: int) -> int:
        """How many lines it takes."""
        return self.broken(width).get_height(rules, width)

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Its lines, drawn."""
        return self.broken(width).render_strips(width, height, style, options)


class TranslatedText(Static, NoScrollbars):
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

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is selected is looked for in the lines that are shown."""
        if not isinstance(self.text, Text):
            return super().get_selection(selection)
        return selection.extract(self.text.broken(self.content_size.width).plain), "\n"
