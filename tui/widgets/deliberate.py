"""A button for what cannot be undone: a press counts only when somebody meant it."""

from __future__ import annotations

import time

from textual import events

from tui.widgets.buttons import PushButton

SETTLE_SECONDS = 0.4
"""So long after it came into view or focus, keys typed ahead are not taken as an answer."""
BURST_SECONDS = 0.05
"""A key that comes so soon after another one was pasted, not pressed."""


class DeliberateButton(PushButton):
    """Ignores Enter and Space that were typed ahead or came with a paste."""

    _focused_at = 0.0
    _key_at = 0.0

    def on_focus(self) -> None:
        """The time to settle begins."""
        self._focused_at = time.monotonic()

    def on_key(self, event: events.Key) -> None:
        """Only a key that stands alone presses."""
        now = time.monotonic()
        alone = now - self._key_at > BURST_SECONDS and now - self._focused_at > SETTLE_SECONDS
        self._key_at = now
        if event.key in ("enter", "space") and not alone:
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """A paste is never an answer."""
        event.stop()
