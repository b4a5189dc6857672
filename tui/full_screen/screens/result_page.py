"""What was found about a system, in place of the form that asked for it."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from tui.full_screen.keymap import KEYCODE
from tui.full_screen.screens.keycode import Labelled
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.containers import Column, Row
from tui.full_screen.widgets.text import TranslatedText
from tui.wording.translation import _

WIDTH = 76
"""Cells of a line, on the smallest terminal."""


class ResultPage(Column):
    """A title, the ways on, and a page that scrolls. `kind` is a part of its parts' ids."""

    def __init__(self, kind: str) -> None:
        super().__init__(id=f"{kind}-result")
        self._kind = kind

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield TranslatedText(self.title, classes="title")
        with Row(id=f"{self._kind}-ways"):
            yield PushButton(lambda: _("[Back]"), "screen.back", id="back")
            yield PushButton(lambda: _(KEYCODE.label), KEYCODE.action, id="show-keycode")
            yield from self.more_ways()
        with VerticalScroll(id=f"{self._kind}-page"):
            yield TranslatedText(self.page, id=f"{self._kind}-text")

    def more_ways(self) -> Iterable[Widget]:
        """Besides back and to the keycode."""
        return ()

    def title(self) -> str:
        """What it is about."""
        raise NotImplementedError

    def page(self) -> Content:
        """All there is to say."""
        raise NotImplementedError

    def codes(self) -> list[Labelled]:
        """The keycodes that can be shown and copied."""
        raise NotImplementedError

    def say_again(self) -> None:
        """Something else was found: show it from its first line."""
        for words in self.query(TranslatedText):
            words.relabel()
        self.query_one("#show-keycode").display = bool(self.codes())
        self.query_one(f"#{self._kind}-page").scroll_home(animate=False)

    def take_focus(self) -> None:
        """To the page."""
        self.screen.set_focus(self.query_one(f"#{self._kind}-page"))
