"""The step header: where in the order one is, told by text."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from tui.full_screen.widgets.containers import NoScrollbars
from tui.wording.translation import N_, _

STEPS = (N_("ID"), N_("Items to order"), N_("Customer reference"), N_("Validation"))


class StepHeader(Static, NoScrollbars):
    """`1 ID   [2 Items to order]   3 Customer reference   4 Validation`."""

    current: reactive[int] = reactive(1, layout=False)

    def render(self) -> Content:
        """The current step in brackets and bold."""
        parts: list[Content] = []
        for number, step in enumerate(STEPS, start=1):
            text = f"{number} {_(step)}"
            if number == self.current:
                parts.append(Content.styled(f"[{text}]", "bold reverse"))
            else:
                parts.append(Content(f" {text} "))
        return Content("  ").join(parts)

    def relabel(self) -> None:
        """In the current language."""
        self.refresh()
