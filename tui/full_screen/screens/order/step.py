"""What the steps of an order have in common; they change places on one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from tui.full_screen.widgets.containers import Column

if TYPE_CHECKING:
    from tui.full_screen.screens.order.screen import OrderScreen

ID, ITEMS, REFERENCE, VALIDATION, DELIVERABLES = range(1, 6)


class OrderStep(Column):
    """One of the steps. What it asks and where it leads, it asks of its screen."""

    NUMBER: ClassVar[int]
    GUIDE_PAGE: ClassVar[str]
    """The section of the user guide that F1 opens."""

    def __init__(self, classes: str | None = None) -> None:
        super().__init__(id=f"step-{self.NUMBER}", classes=classes)

    @property
    def order_screen(self) -> OrderScreen:
        """The screen of this step."""
        return cast("OrderScreen", self.screen)

    def focus_first(self) -> None:
        """Go to where this step begins."""

    def go_on(self) -> None:
        """Lead to the next step, when this one is right."""
