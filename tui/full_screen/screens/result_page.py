"""What was found about a system, in place of the form that asked for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from tui.full_screen.host import Host
from tui.full_screen.keymap import KEYCODE, Command
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.screens.keycode import Labelled, show_keycode
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.containers import Page, Row, Switcher
from tui.full_screen.widgets.text import TranslatedText
from tui.wording.translation import _

WIDTH = 76
"""Cells of a line, on the smallest terminal."""


class ResultPage(Page):
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
        if rare := list(self.rare_ways()):
            with Row(id=f"{self._kind}-rare-ways"):
                yield from rare
        with VerticalScroll(id=f"{self._kind}-page"):
            yield TranslatedText(self.page, id=f"{self._kind}-text")

    def more_ways(self) -> Iterable[Widget]:
        """Besides back and to the keycode."""
        return ()

    def rare_ways(self) -> Iterable[Widget]:
        """In a row of their own: with them the first one would be wider than 80 columns."""
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


class ResultScreen(PortalScreen):
    """A form, and in its place what it has found: a screen of its own would take longer to come."""

    KEYS_WITH_KEYCODE: ClassVar[tuple[Command, ...]]
    """The keys named in the foot where there is a keycode to show."""

    def __init__(self, host: Host, result: ResultPage, form: Page, *others: Page) -> None:
        super().__init__(host)
        self._result_page = result
        self._pages = (form, *others, result)

    def body(self) -> Iterable[Widget]:
        """The pages, which change places; the form comes first."""
        with Switcher(initial=self._pages[0].id):
            yield from self._pages

    @property
    def keys(self) -> tuple[Command, ...]:
        """Where there is a keycode, the key to show it."""
        return self.KEYS_WITH_KEYCODE if self._codes() else self.KEYS

    def action_keycode(self) -> None:
        """F9: show and copy the keycode that counts now."""
        show_keycode(self, self._codes())

    def show_page(self, page: Page) -> None:
        """Show it in place of the one that is shown."""
        self.query_one(Switcher).current = page.id
        self.name_keys()
        self.clear_message()
        page.take_focus()

    def _codes(self) -> list[Labelled]:
        return self._result_page.codes() if self._result_page.display else []
