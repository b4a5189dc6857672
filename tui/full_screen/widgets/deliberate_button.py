"""A button for what cannot be undone: a press counts only when somebody meant it."""

from __future__ import annotations

import time
from functools import partial

from textual import events

from tui.full_screen.host import KeyTiming
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.text import Say

SETTLE_SECONDS = 0.4
"""So long after it came into view or focus, keys typed ahead are not taken as an answer."""
BURST_SECONDS = 0.05
"""A key that comes so soon after another one, or before one, was pasted, not pressed."""


class DeliberateButton(PushButton):
    """Ignores Enter and Space that were typed ahead or came with a paste."""

    def __init__(self, say: Say, action: str, keys: KeyTiming, *, id: str) -> None:  # noqa: A002
        super().__init__(say, action, id=id)
        self._keys = keys
        self._focused_at = 0.0

    def on_focus(self) -> None:
        """The time to settle begins."""
        self._focused_at = time.monotonic()

    async def action_press(self) -> None:
        """Only a key that stands alone presses."""
        settled = time.monotonic() - self._focused_at > SETTLE_SECONDS
        if settled and self._keys.gap_before > BURST_SECONDS:
            self.set_timer(BURST_SECONDS, partial(self._press_unless_followed, self._keys.count))

    async def _press_unless_followed(self, count: int) -> None:
        if self.has_focus and self._keys.count == count:
            await super().action_press()

    async def on_click(self, event: events.Click) -> None:
        """A click is deliberate; without this, Textual would ask the button below, too."""
        event.stop()
        event.prevent_default()
        await super().action_press()
