"""What a screen of Textual costs at the least: the floor that the portal is measured against.

python -m tests.bench.bare hello|input
"""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.widgets import Input, Static


class Hello(App[None]):
    """One word."""

    def compose(self) -> ComposeResult:
        """It."""
        yield Static("hello")


class BareInput(App[None]):
    """One field as it comes."""

    def compose(self) -> ComposeResult:
        """It."""
        field = Input()
        field.cursor_blink = False
        yield field


if __name__ == "__main__":
    (Hello if sys.argv[1] == "hello" else BareInput)().run()
