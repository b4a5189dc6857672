"""A window that is too small, in words."""

from __future__ import annotations

from tui.terminal.window import LEAST
from tui.wording.translation import _


def is_too_small(columns: int, rows: int) -> bool:
    """Whether a screen would be cut off."""
    return columns < LEAST[0] or rows < LEAST[1]


def too_small(columns: int, rows: int) -> str:
    """What is needed, and what there is."""
    text = _("The portal needs {w} × {h} characters; this window has {x} × {y}.")
    text = text.replace(" × ", "\u00a0×\u00a0")  # a size is not broken over two lines
    return text.format(w=LEAST[0], h=LEAST[1], x=columns, y=rows)
