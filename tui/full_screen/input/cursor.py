"""Where the terminal's own cursor belongs: screen readers, braille lines and magnifiers follow it.

Textual moves it in a field that is typed into, and leaves it there when the focus goes on.
"""

from __future__ import annotations

from textual.geometry import Offset
from textual.widget import Widget
from textual.widgets import Input, OptionList

from tui.full_screen.widgets.buttons import TickBox
from tui.wording.tables import cells

NOWHERE = Offset(0, 0)


def cursor_of(focused: Widget | None) -> Offset:
    """The cell of the screen: in a field where one types, at the mark of a box, at the row of a
    list, at the first letter of a button."""
    if focused is None or not focused.content_region.area:
        return NOWHERE
    return focused.content_region.offset + _within(focused) - focused.scroll_offset


def _within(focused: Widget) -> Offset:
    if isinstance(focused, Input):
        before = focused.value[: focused.cursor_position]
        return Offset(len(before) if focused.password else cells(before), 0)
    if isinstance(focused, OptionList):
        return Offset(0, focused.highlighted or 0)
    if isinstance(focused, TickBox):
        return Offset(1, 0)
    return focused.scroll_offset
