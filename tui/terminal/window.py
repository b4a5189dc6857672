"""The size of a window: what the portal is made for, and what it believes.

Whatever is at the other end may report any size. A screen takes memory and bytes for each of its
characters, so the size is cut to what a window on a wall of monitors may have.
"""

from __future__ import annotations

DESIGNED_FOR = (80, 24)
"""Columns and rows."""
LEAST = (80, 22)
"""A line or two may be another program's: the status line of tmux or screen."""
WITH_PANES = 110
"""Columns from which on there is a second pane, with what one would otherwise page for."""
SMALLEST, LARGEST = (20, 5), (500, 200)
"""Where there is no room for a word, text cannot be broken into lines."""


def possible_size(columns: int, rows: int) -> tuple[int, int]:
    """A size that a window can have, from the one that was reported."""
    return (
        max(SMALLEST[0], min(columns, LARGEST[0])),
        max(SMALLEST[1], min(rows, LARGEST[1])),
    )
