"""What is never scrolled."""

from __future__ import annotations

from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import ContentSwitcher


class NoScrollbars(Widget):
    """Put behind a Textual class: the style comes with the first one. A widget that learns its
    size tells Textual to lay out the screen once more, for the scrollbars that it might have:
    then all is drawn twice, and twice as much goes over a slow line."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False, repaint=False)


class Row(Horizontal, NoScrollbars):
    """Widgets side by side."""


class Column(Vertical, NoScrollbars):
    """Widgets one below the other."""


class Page(Column):
    """One of several that a `Switcher` shows, by its id."""

    def take_focus(self) -> None:
        """Put the focus where one goes on: the page has come in front."""
        raise NotImplementedError


class Switcher(ContentSwitcher, NoScrollbars):
    """Shows one of several widgets."""
