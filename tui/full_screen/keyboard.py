"""Every key in its turn, and as what it is meant."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual import events
from textual.app import App

from tui.full_screen.input.escape_digits import EscapeDigits
from tui.full_screen.input.key_parser import LONGEST_PASTE
from tui.full_screen.input.key_reader import KeyReader
from tui.full_screen.input.typed_ahead import KeyOrPaste, Replay, TypedAhead
from tui.full_screen.navigation import Navigation
from tui.wording.translation import _


class Keyboard:
    """The keys on their way to the widget that has the focus: what is typed ahead waits, and
    after an Esc a digit is a function key."""

    def __init__(
        self,
        app: App[None],
        navigation: Navigation,
        deliver: Callable[[KeyOrPaste], Awaitable[None]],
    ) -> None:
        """`deliver` gives a key to whatever has the focus by then."""
        self._app = app
        self._navigation = navigation
        self._deliver = deliver
        self._escape = EscapeDigits()
        self._typed = TypedAhead(
            app,
            self._work_off,
            navigation.keys_let_through,
            self.say_dropped,
            KeyReader.flooded,
        )
        self._pressed_at = 0.0
        self.gap_before = 0.0
        """See `KeyTiming`."""
        self.count = 0
        """See `KeyTiming`."""

    async def take(self, event: KeyOrPaste) -> None:
        """A key or a paste has come."""
        self.count += 1
        if isinstance(event, events.Paste) and len(event.text) > LONGEST_PASTE:
            self._navigation.top.say(_paste_too_long, error=True)
        if not self._navigation.departing:
            await self._typed.add(event)

    async def _work_off(self, event: KeyOrPaste) -> None:
        if isinstance(event, events.Key):
            together = event in KeyReader.together
            self.gap_before = 0.0 if together else event.time - self._pressed_at
            self._pressed_at = event.time
            if command := self._escape.command(event.key, event.time):
                await self._navigation.run(command)
                return
        await self._deliver(event)

    async def go_on(self) -> None:
        """Work off what was typed meanwhile."""
        await self._typed.go_on()

    def answered(self, *, refused: bool) -> None:
        """A screen has its answer. After a refusal, what was typed ahead is no answer to it."""
        if refused:
            self.forget()
        self._app.post_message(Replay())

    def forget(self) -> None:
        """What waits was meant for something that is gone."""
        self._typed.drop()

    def say_dropped(self) -> None:
        """More keys came than anybody types."""
        self._navigation.top.say(_too_many_keys, error=True)


def _paste_too_long() -> str:
    return _("What was pasted is too long: only its beginning was taken.")


def _too_many_keys() -> str:
    return _("Too many keys in one go: some were ignored.")
