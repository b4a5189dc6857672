"""Keys in their order, however fast they come.

Textual hands a key to the widget that has the focus *now*. Typed ahead, pasted or sent by a
macro, keys would reach the wrong field: what a key does (move the focus, open a dialog) it does
only after it has travelled from the field through what contains it up to the app, and a new
screen comes only after the engine has answered. So:

- after a key that is not text, the next one waits until that way has been gone;
- keys that are typed while a screen asks the engine wait for its answer; after a refusal they
  are dropped, since they were no answer to it;
- only so many wait: what comes then is dropped, and that is said. A key that leads out, pressed
  after others that still wait, takes their place.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from threading import Event

from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump

from tui.full_screen.input.key_reader import WAYS_OUT
from tui.full_screen.widgets.fields import LineInput

THROUGH = frozenset({"escape", "ctrl+c", "f1", "f3", "f5", "f10"})
"""Not held by a question: they help, or lead out of the wait."""
PAUSE_SECONDS = 0.3
"""… unless they came right behind other keys that wait, as a part of what was typed ahead."""
MANY = 50
MOST = 500
"""Keys that may wait: more than an order has, and worked off within seconds."""
TEXT_IN_ONE_GO = 64
"""Characters that are given to a field before it has to be done with them."""
SETTLE_SECONDS = 3.0
SETTLE_ROUNDS = 3
"""A key may become an action, and that a message: each goes the whole way."""
KeyOrPaste = events.Key | events.Paste


class Replay(Message):
    """Work off the keys that wait."""


class TypedAhead:
    """The keys that wait for their turn."""

    def __init__(
        self,
        app: App[None],
        work_off: Callable[[KeyOrPaste], Awaitable[None]],
        going_through: Callable[[], frozenset[str] | None],
        say_dropped: Callable[[], None],
        flooded: Event,
    ) -> None:
        self._app = app
        self._work_off = work_off
        self._going_through = going_through
        self._say_dropped = say_dropped
        self._flooded = flooded
        """Set while some are dropped: from when too many wait until none does."""
        self._texts = 0
        self._waiting: deque[KeyOrPaste] = deque()
        self._under_way: events.Key | events.Paste | None = None
        """The last key, while what it does may not be done."""
        self._settling: asyncio.Task[None] | None = None

    async def add(self, event: KeyOrPaste) -> None:
        """A key has come."""
        if self._leads_out_of_many(event):
            self.drop()
            self._say_dropped()
        elif len(self._waiting) >= MOST:
            if not self._flooded.is_set():
                self._say_dropped()
            self._flooded.set()
            return
        self._waiting.append(event)
        await self.go_on()

    def _leads_out_of_many(self, event: KeyOrPaste) -> bool:
        if not isinstance(event, events.Key) or event.key not in WAYS_OUT:
            return False
        if len(self._waiting) < MANY or self._going_through() is not None:
            return len(self._waiting) >= MOST
        return self._flooded.is_set() or event.time - self._waiting[-1].time > PAUSE_SECONDS

    def drop(self) -> None:
        """Forget them."""
        self._waiting.clear()
        self._flooded.clear()

    async def go_on(self) -> None:
        """Work off what can be worked off now."""
        while self._settling is None and (event := self._next()) is not None:
            if self._under_way and not (self._is_text(event) and self._is_text(self._under_way)):
                self._waiting.appendleft(event)
                self._settle()
                return
            self._texts = self._texts + 1 if self._is_text(event) else TEXT_IN_ONE_GO
            await self._work_off(event)
            self._under_way = event
            if self._texts >= TEXT_IN_ONE_GO:
                self._settle()
        if self._flooded.is_set() and not self._waiting and self._settling is None:
            self._flooded.clear()
            self._say_dropped()

    def _next(self) -> KeyOrPaste | None:
        through = self._going_through()
        if through is None:
            return self._waiting.popleft() if self._waiting else None
        before = 0.0
        for event in self._waiting:
            leads_out = isinstance(event, events.Key) and event.key in through
            if leads_out and event.time - before > PAUSE_SECONDS:
                self._waiting.remove(event)
                return event
            before = event.time
        return None

    def _is_text(self, event: KeyOrPaste) -> bool:
        return (
            isinstance(event, events.Key)
            and event.is_printable
            and isinstance(self._app.focused, LineInput)
        )

    def _settle(self) -> None:
        self._texts = 0
        self._settling = asyncio.create_task(self._settle_and_go_on())

    async def _settle_and_go_on(self) -> None:
        try:
            await settle(self._app)
        finally:
            self._settling = self._under_way = None
            self._app.post_message(Replay())


async def settle(app: App[None]) -> None:
    """Wait until every key given so far has had its effect, on whatever has the focus by then."""
    try:
        async with asyncio.timeout(SETTLE_SECONDS):
            rounds = 0
            while rounds < SETTLE_ROUNDS:
                before = (app.screen, app.focused)
                for node in (app.focused or app.screen).ancestors_with_self:
                    await _worked_off(node)
                rounds = rounds + 1 if (app.screen, app.focused) == before else 0
    except TimeoutError:
        return  # something is stuck; better a key in a wrong field than no key at all


async def _worked_off(pump: MessagePump) -> None:
    """Everything that was posted to it so far."""
    done = asyncio.Event()
    if pump.call_later(done.set):
        await done.wait()
