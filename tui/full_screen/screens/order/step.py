"""What the steps of an order have in common; they change places on one screen."""

from __future__ import annotations

from typing import ClassVar

from textual.message import Message

from tui.full_screen.widgets.containers import Column


class OrderStep(Column):
    """One of the steps. It shows, and says what was typed; where that leads, the screen knows."""

    NUMBER: ClassVar[int]
    GUIDE_PAGE: ClassVar[str]
    """The section of the user guide that F1 opens."""

    class Changed(Message):
        """Something was chosen or typed."""

    class Completed(Message):
        """The last field is filled in."""

    def __init__(self, classes: str | None = None) -> None:
        super().__init__(id=f"step-{self.NUMBER}", classes=classes)

    def focus_first(self) -> None:
        """Go to where this step begins."""
