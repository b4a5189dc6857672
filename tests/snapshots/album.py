"""Pictures of screens, compared with those that somebody has looked at and kept.

    KEYCODE_PORTAL_NEW_PICTURES=1 python -m pytest tests/snapshots

takes new ones: look at each before it is committed (a browser shows them).
"""

from __future__ import annotations

import os
import re
from html import unescape
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widget import Widget
from textual.widgets import Static

from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.widgets.drawn_cells import DrawnCells
from tui.wording.tables import cells

FOLDER = Path(__file__).parent / "pictures"
NEW_PICTURES = "KEYCODE_PORTAL_NEW_PICTURES"
USUAL = (80, 24)
CELL, FIRST_LINE, LINE = 12.2, 20.0, 24.4
"""Of the pictures that Textual makes: the width of a cell, where the first line is, and how far the
next one."""


class Album:
    """Takes pictures in one language, and remembers what is wrong with them. In windows of other
    sizes than the usual one they are texts: colours are the same there."""

    def __init__(self, language: str, size: tuple[int, int] = USUAL) -> None:
        self._text_alone = size != USUAL
        self._folder = FOLDER / language
        if self._text_alone:
            self._folder /= f"{size[0]}x{size[1]}"
        self.wrong: list[str] = []

    async def take(self, pilot: Pilot[Any], name: str) -> None:
        """Compare the screen, when it has settled, with the picture of that name."""
        await settled(pilot)
        self.wrong += [f"{name}: cut off: {text}" for text in cut_off(pilot.app.screen)]
        picture = re.sub(r"terminal-\d+", "terminal", pilot.app.export_screenshot(title=name))
        path = self._folder / f"{name}.svg"
        if self._text_alone:
            picture, path = text_of(picture), path.with_suffix(".txt")
        if NEW_PICTURES in os.environ:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(picture, encoding="utf-8")
        elif not path.exists():
            self.wrong.append(f"{name}: no picture to compare with: {path}")
        elif picture != path.read_text(encoding="utf-8"):
            found = path.with_suffix(f".found{path.suffix}")
            found.write_text(picture, encoding="utf-8")
            self.wrong.append(f"{name}: not as in {path}; see {found}")


def text_of(picture: str) -> str:
    """The lines of a picture."""
    lines: dict[float, str] = {}
    for x, y, words in re.findall(
        r'<text[^>]*? x="([\d.]+)" y="([\d.]+)"[^>]*>(.*?)</text>', picture
    ):
        before = lines.get(float(y), "")
        text = unescape(re.sub("<[^>]+>", "", words)).replace("\xa0", " ")
        lines[float(y)] = f"{before:<{round(float(x) / CELL)}}{text}"
    rows = [round((y - FIRST_LINE) / LINE) for y in lines]
    by_row = dict(zip(rows, lines.values(), strict=True))
    return "".join(f"{by_row.get(row, '').rstrip()}\n" for row in range(max(rows, default=0) + 1))


async def settled(pilot: Pilot[Any]) -> None:
    """Until the engine has answered and everything is drawn."""
    while True:
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        screens = [s for s in pilot.app.screen_stack if isinstance(s, PortalScreen)]
        if not any(s.asking or s.delivering or not s.opened for s in screens):
            break
    await pilot.pause()


def cut_off(screen: Screen[Any]) -> list[str]:
    """The texts that are not whole on the screen: too long for their place, or outside of what
    holds them. What scrolls may be longer than its place."""
    texts = [
        str(widget.content)
        for widget in screen.walk_children(Static)
        if widget.display and is_shown(widget) and str(widget.content) and not is_whole(widget)
    ]
    drawn = [
        cell
        for widget in screen.walk_children(Widget)
        if isinstance(widget, DrawnCells) and widget.display and is_shown(widget)
        for line in widget.lines()
        for cell in line
    ]
    return texts + [cell.text for cell in drawn if cells(cell.text) > cell.width]


def is_shown(widget: Widget) -> bool:
    return all(node.display for node in ancestors(widget))


def ancestors(widget: Widget) -> list[Widget]:
    return [node for node in widget.ancestors if isinstance(node, Widget)]


def is_whole(widget: Static) -> bool:
    size, screen = widget.content_size, widget.screen.size
    if size.width == 0 or widget.get_content_height(screen, screen, size.width) > size.height:
        return False
    for node in ancestors(widget):
        if node.allow_vertical_scroll or isinstance(node, ScrollView):
            return True
        if not node.region.contains_region(widget.region):
            return False
    return True
