"""Keys in their order, however fast they come.

Textual hands a key to the widget that has the focus *now*. Typed ahead, pasted or sent by a
macro, keys would reach the wrong field: the focus moves only after the key before them has been
worked off, and a new screen comes only after the engine has answered. So:

- keys that are typed while a screen asks the engine are held, and worked off when it has
  answered; after a refusal they are dropped, since they were no answer to it;
- before and after a key that does something (Enter, Tab, a function key), the field and its
  screen get the time to do it.
"""

from __future__ import annotations

import asyncio
from collections import deque

from textual import events
from textual.app import App
from textual.message import Message
from textual.widget import Widget

THROUGH = frozenset({"escape", "ctrl+c", "f1", "f3", "f5", "f10"})
"""Never held: they help, or lead out of a wait."""
SETTLE_SECONDS = 0.5


def goes_through(event: events.Key | events.Paste) -> bool:
    """Whether it is never held."""
    return isinstance(event, events.Key) and event.key in THROUGH


class Replay(Message):
    """Work off the keys that were held."""


class TypedAhead:
    """The keys that wait."""

    def __init__(self) -> None:
        self._held: deque[events.Key | events.Paste] = deque()

    def holds(self, event: events.Key | events.Paste, *, asking: bool) -> bool:
        """Take a key that came too early; False: work it off now."""
        if not (asking or self._held) or goes_through(event):
            return False
        self._held.append(event)
        return True

    def put_back(self, event: events.Key | events.Paste) -> None:
        """It was its turn, but a question was asked meanwhile."""
        self._held.appendleft(event)

    def next(self) -> events.Key | events.Paste | None:
        """The oldest one, or None."""
        return self._held.popleft() if self._held else None

    def drop(self) -> None:
        """Forget them."""
        self._held.clear()


async def settle(app: App[None]) -> None:
    """Wait until every key given so far has had its effect.

    What a key does travels: from the field through what contains it to the screen, and perhaps on
    to another screen or field. So follow it, until the focus no longer moves.
    """
    try:
        async with asyncio.timeout(SETTLE_SECONDS):
            while True:
                before = (app.screen, app.focused)
                await _worked_off(app)
                if (app.screen, app.focused) == before:
                    return
    except TimeoutError:
        return  # something is stuck; better a key in a wrong field than no key at all


async def _worked_off(app: App[None]) -> None:
    for node in (app.focused or app.screen).ancestors_with_self:
        done = asyncio.Event()
        if isinstance(node, Widget) and node.call_later(done.set):
            await done.wait()
