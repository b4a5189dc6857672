"""The frame of every screen: head with tabs and menu, foot with links, message and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.app import ComposeResult

from tui.full_screen.keymap import ABOUT, CONTACT, Command
from tui.full_screen.widgets.buttons import Link
from tui.full_screen.widgets.containers import Column, Row
from tui.full_screen.widgets.text import Say, Words
from tui.wording.translation import _

PRODUCT = "Keycode Portal"
LINE = 78
"""Cells of the status line on the smallest terminal."""


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
            yield Words(lambda: PRODUCT, id="product")
            yield Words(self._where, id="where")
            yield from self._links
        with Row(id="tab-line"):
            yield from self._tabs


class Foot(Column):
    """The message of now, copyright and links, and the keys that work here."""

    def __init__(self, home: Link, keys: Callable[[], Iterable[Command]]) -> None:
        super().__init__()
        self._home = home
        self._keys = keys

    def compose(self) -> ComposeResult:
        """Three lines."""
        yield Words(lambda: "", id="status")
        with Row(id="link-line"):
            yield Words(lambda: _("© 2026 Keycode Portal · MIT licence"), id="copyright")
            yield self._home
            yield Link(lambda: _(CONTACT.label), CONTACT.action)
            yield Link(lambda: _(ABOUT.label), ABOUT.action)
        yield Words(self._legend, id="legend")

    def say(self, say: Say, *, error: bool = False) -> None:
        """Put a message on the status line. A long one takes the line of the links too."""
        status = self.query_one("#status", Words)
        status.set_class(error, "-error")
        status.say(say)
        self.set_class(status.text.cell_length > LINE, "-long")

    @property
    def says_error(self) -> bool:
        """What stands there is an error."""
        return self.query_one("#status", Words).has_class("-error")

    def name_keys(self) -> None:
        """Name the keys that work now."""
        self.query_one("#legend", Words).relabel()

    def _legend(self) -> str:
        return "  ".join(f"{command.shown} {_(command.short)}" for command in self._keys())
