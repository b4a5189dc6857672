"""A button for what cannot be undone: a press counts only when somebody meant it."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, cast

from textual import events

from tui.full_screen.widgets.buttons import PushButton

if TYPE_CHECKING:
    from tui.full_screen.app import PortalApp

SETTLE_SECONDS = 0.4
"""So long after it came into view or focus, keys typed ahead are not taken as an answer."""
BURST_SECONDS = 0.05
"""A key that comes so soon after another one, or before one, was pasted, not pressed."""


class DeliberateButton(PushButton):
    """Ignores Enter and Space that were typed ahead or came with a paste."""

    _focused_at = 0.0

    def on_focus(self) -> None:
        """The time to settle begins."""
        self._focused_at = time.monotonic()

    async def action_press(self) -> None:
        """Only a key that stands alone presses."""
        app = cast("PortalApp", self.app)
        settled = time.monotonic() - self._focused_at > SETTLE_SECONDS
        if settled and app.gap_before > BURST_SECONDS:
            self.set_timer(BURST_SECONDS, partial(self._press_unless_followed, app.keys))

    async def _press_unless_followed(self, keys: int) -> None:
        if self.has_focus and cast("PortalApp", self.app).keys == keys:
            await super().action_press()

    async def on_click(self, event: events.Click) -> None:
        """A click is deliberate."""
        event.stop()
        await super().action_press()
