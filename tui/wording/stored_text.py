"""Text that was stored, made fit to be shown: every command and every screen shows it this way.

Markup is no question here: a command prints plain text, and a widget gets `Content`, never
markup. What is taken out is what the terminal itself would obey.
"""

from __future__ import annotations

from engine.safe_text import clean
from tui.wording.tables import cut


def shown(text: str) -> str:
    """One line of stored or typed text without anything that a terminal obeys."""
    return clean(text)


def clipped(text: str, most: int = 40) -> str:
    """`shown`, in at most so many cells: to quote in a message what somebody typed."""
    return cut(shown(text[: most * 4]), most)
