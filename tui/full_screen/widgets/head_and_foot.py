"""The frame of every screen: head with tabs and menu, foot with links, message and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.app import ComposeResult
from textual.content import Content

from tui.full_screen.keymap import ABOUT, CONTACT, Command
from tui.full_screen.widgets.buttons import Link
from tui.full_screen.widgets.containers import Column, Row
from tui.full_screen.widgets.text import Say, TranslatedText, lines, plain
from tui.terminal.window import DESIGNED_FOR
from tui.wording.tables import cut_to, wrapped
from tui.wording.translation import _

PRODUCT = "Keycode Portal"
MARGINS = 2
"""Cells beside a text."""


class Head(Column):
    """Product, where you are, and the ways from here."""

    def __init__(self, where: Say, links: list[Link], tabs: list[Link]) -> None:
        super().__init__()
        self._where = where
        self._links = links
        self._tabs = tabs

    def compose(self) -> ComposeResult:
        """Two lines."""
        with Row(id="title-line"):
            yield TranslatedText(lambda: PRODUCT, id="product")
            yield TranslatedText(self._where, id="where")
            yield from self._links
        with Row(id="tab-line"):
            yield from self._tabs


class Foot(Column):
    """The current message, copyright and links, and the keys that work here. Of a long message the
    last line is beside the links, in place of the copyright; only one that is longer still takes
    a line of the screen."""

    def __init__(self, home: Link, keys: Callable[[], Iterable[Command]]) -> None:
        super().__init__()
        contact = Link(lambda: _(CONTACT.label), CONTACT.action)
        self._links = (home, contact, Link(lambda: _(ABOUT.label), ABOUT.action))
        self._keys = keys
        self._message: Say = lambda: ""
        self._is_hint = self._is_error = False

    def compose(self) -> ComposeResult:
        """Three lines."""
        yield TranslatedText(self._above_links, id="status")
        with Row(id="link-line"):
            yield TranslatedText(self._beside_links, id="copyright")
            yield from self._links
        yield TranslatedText(self._legend, id="legend")

    def say(self, say: Say, *, error: bool = False, hint: bool = False) -> None:
        """Put a message there, or a hint, which is cut to the room that there is."""
        self._message, self._is_hint, self._is_error = say, hint, error
        self.relabel()

    def relabel(self) -> None:
        """In the current language, and as it fits the window."""
        above = self._above()
        classes = {
            "-error": self._is_error,
            "-says": bool(above),
            "-long": len(above) > 1,
            "-beside": len(above) < len(self._lines()),
        }
        # In one go: with each change the foot and all in it are styled once more.
        self.set_classes(name for name, there in classes.items() if there)
        for words in self.query("#status, #copyright").results(TranslatedText):
            words.relabel()

    def on_resize(self) -> None:
        """There is another width to fill."""
        self.relabel()

    @property
    def message(self) -> str:
        """The current message."""
        return str(plain(self._message()))

    @property
    def says_error(self) -> bool:
        """What is said is an error."""
        return self._is_error

    def name_keys(self) -> None:
        """Name the keys that work now; a screen may come back before its foot is complete."""
        for legend in self.query("#legend").results(TranslatedText):
            legend.relabel()

    def _lines(self) -> list[str]:
        found = wrapped(self.message, self._width)
        if self._is_hint and len(found) > 1:
            found = [found[0], cut_to(" ".join(found[1:]), self._room)]
        if len(found) > 1:
            found = [*found[:-1], *wrapped(found[-1], self._room)]
        return found if found[0] else []

    def _above(self) -> list[str]:
        """What does not go beside the links; where there is no line of links, all of it."""
        found = self._lines()
        if not self.screen.has_class("-low"):
            return found[:-1] or found
        if not self._is_hint:
            return found
        return [] if self.screen.has_class("-lowest") else [cut_to(" ".join(found), self._width)]

    def _above_links(self) -> Content:
        return lines(self._above() if self.is_mounted else [])

    def _beside_links(self) -> str:
        found = self._lines() if self.is_mounted else []
        return found[-1] if len(found) > 1 else _("© 2026 Keycode Portal · MIT licence")

    @property
    def _width(self) -> int:
        return (self.size.width or DESIGNED_FOR[0]) - MARGINS

    @property
    def _room(self) -> int:
        """Cells beside the links."""
        return self._width - sum(link.text.cell_length + MARGINS for link in self._links)

    def _legend(self) -> str:
        return "  ".join(f"{command.shown} {_(command.short)}" for command in self._keys())
