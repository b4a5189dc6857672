"""Texts that a container draws itself, around the controls that it holds."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content

from engine.safe_text import safe
from tui.full_screen.widgets.containers import NoScrollbars
from tui.wording.tables import cells, cut_to

NOTE, ERROR = "$secondary", "bold $error"
"""Styles of what stands beside a control."""


class Cell(NamedTuple):
    """A text in so many cells of a line, and the style it is drawn in."""

    text: str
    width: int
    style: str = ""
    right: bool = False

    def content(self) -> Content:
        """As wide as it has to be: on one line, and nothing that a terminal would obey. A blank
        has no style: it is the same as one that is on the screen already."""
        text = cut_to(safe(self.text), self.width) if self.width > 0 else ""
        blanks = " " * (self.width - cells(text))
        styled = Content.styled(text, self.style)
        return Content.assemble(blanks, styled) if self.right else Content.assemble(styled, blanks)


class DrawnCells(NoScrollbars):
    """Put behind a Textual container. A widget for each text would have to be styled, laid out
    and drawn on its own: that takes longer than all the rest."""

    def lines(self) -> list[list[Cell]]:
        """What is drawn, from top to bottom; empty cells where the controls are."""
        return []

    def render(self) -> Content:
        """All lines."""
        return Content("\n").join(
            Content.assemble(*(cell.content() for cell in line)).rstrip() for line in self.lines()
        )

    def relabel(self) -> None:
        """In the current language."""
        self.refresh()
