"""Keys in their order, however fast they come.

Textual hands a key to the widget that has the focus *now*. Typed ahead, pasted or sent by a
macro, keys would reach the wrong field: the focus moves only after the key before them has been
worked off, and a new screen comes only after the engine has answered. So:

- keys that are typed while a screen asks the engine are held, and worked off when it has
  answered; after a refusal they are dropped, since they were no answer to it;
- before a key that does something (Enter, Tab, a function key), the field gets the time to take
  what was typed before it.
"""

from __future__ import annotations

import asyncio
from collections import deque

from textual import events
from textual.message import Message
from textual.widget import Widget

THROUGH = frozenset({"escape", "ctrl+c", "f1", "f3", "f5", "f10"})
"""Never held: they help, or lead out of a wait."""
SETTLE_SECONDS = 0.5


class Replay(Message):
    """Work off the keys that were held."""


class TypedAhead:
    """The keys that wait."""

    def __init__(self) -> None:
        self._held: deque[events.Key | events.Paste] = deque()
        self.replaying = False

    def holds(self, event: events.Key | events.Paste, *, asking: bool) -> bool:
        """Take a key that came too early; False: work it off now."""
        if not (asking or self._held) or getattr(event, "key", "") in THROUGH:
            return False
        self._held.append(event)
        return True

    def next(self) -> events.Key | events.Paste | None:
        """The oldest one, or None."""
        return self._held.popleft() if self._held else None

    def drop(self) -> None:
        """Forget them."""
        self._held.clear()


async def settle(widget: Widget | None) -> None:
    """Wait until a widget has taken the keys that it was given so far."""
    if widget is None or not widget.is_attached:
        return
    done = asyncio.Event()
    if not widget.call_later(done.set):
        return
    try:
        async with asyncio.timeout(SETTLE_SECONDS):
            await done.wait()
    except TimeoutError:
        return  # a widget that is going away: what it would have taken is gone with it
