"""What every screen of the portal has inside its frame: keys, and asking the engine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from inspect import isawaitable
from typing import ClassVar, TypeVar, cast

from textual import on, work
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.timer import Timer

from engine.errors import PasswordChangeDue, PortalError, SessionEnded
from tui.full_screen.host import Host
from tui.full_screen.keymap import ON_SCREENS, bindings
from tui.full_screen.screens.framed import FramedScreen
from tui.full_screen.widgets.buttons import PushButton, TickBox
from tui.full_screen.widgets.fields import LineInput, is_field
from tui.wording.translation import _

Answer = TypeVar("Answer")
WORKING_AFTER, WAITING_AFTER = 0.3, 3.0
"""Seconds until the message line says that something is under way, and that it takes long."""


class Answered(Message):
    """The engine has answered: what to do with it, on the event loop, and where the visit was
    when it was asked."""

    def __init__(
        self, deliver: Callable[[], Awaitable[None] | None], asked_at: object, *, refused: bool
    ) -> None:
        self.deliver = deliver
        self.asked_at = asked_at
        self.refused = refused
        super().__init__()


class PortalScreen(FramedScreen, inherit_bindings=False):
    """A framed screen with the keys that all have, which may ask the engine."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(ON_SCREENS),
        Binding("tab", "app.focus_next", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("enter", "enter", show=False, priority=True),
    ]
    GUIDE_PAGE: ClassVar[str] = "introduction"
    """The section of the user guide that F1 opens; see `guide_page`."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.opened = False
        """It has the focus where it begins; until then keys wait."""
        self.asking = False
        """A question to the engine is under way."""
        self.held = False
        """… whose answer has to find the person: nothing leads away from it."""
        self.delivering = False
        """Its answer is being worked off: fields and focus are not yet what they will be."""
        self._patience: list[Timer] = []

    def on_mount(self) -> None:
        """What was typed before the screen was there has waited. One that was left before it was
        there has nothing in it, and begins nothing."""
        if self.is_open:
            self.begin()
        self.opened = True
        self.host.keyboard.answered(refused=False)

    def begin(self) -> None:
        """What a screen does first, with all its widgets there."""

    @property
    def guide_page(self) -> str:
        """The section of the user guide that F1 opens now."""
        return self.GUIDE_PAGE

    @property
    def system_at_hand(self) -> str:
        """The Equipment ID of the system that is looked at, which F2 and F4 take along, or ""."""
        return ""

    @property
    def is_open(self) -> bool:
        """It is there, even if another screen lies over it: nothing is done by one that is not, nor
        while the portal ends and takes its screens apart."""
        return self.app.is_running and self in self.app.screen_stack

    # Asking the engine, off the event loop

    def moment(self) -> object:
        """Where the visit is, for this screen: an answer that comes when this is no
        longer so is about something else, and is dropped."""
        return id(self.visit.order)

    def ask(
        self,
        question: Callable[[], Answer],
        then: Callable[[Answer], Awaitable[None] | None],
        refused: Callable[[PortalError], Awaitable[None] | None] | None = None,
        *,
        hold: bool = False,
    ) -> None:
        """Ask a service in a thread and deliver its answer, or its refusal, on the event loop.

        `question` is given session and order as values: by the time it is asked, somebody else
        may be here. One question at a time: a second press of a key while the first waits does
        nothing; with `hold`, no key does.
        """
        if self.asking:
            return
        self.asking, self.held = True, hold
        self._patience = [
            self.set_timer(WORKING_AFTER, lambda: self.say(lambda: _("Working…"))),
            self.set_timer(WAITING_AFTER, lambda: self.say(_still_waiting)),
        ]
        asked = cast("Callable[[], object]", question)
        self._ask(asked, then, refused or self.say_error, None if hold else self.moment())

    @work(thread=True, group="engine")
    def _ask(
        self,
        question: Callable[[], object],
        then: Callable[..., Awaitable[None] | None],
        refused: Callable[[PortalError], Awaitable[None] | None],
        asked_at: object,
    ) -> None:
        try:
            answer = question()
        except PortalError as error:
            deliver: Callable[[], Awaitable[None] | None] = partial(self._refuse, error, refused)
            self.post_message(Answered(deliver, asked_at, refused=True))
        else:
            self.post_message(Answered(partial(then, answer), asked_at, refused=False))

    @on(Answered)
    async def _deliver(self, event: Answered) -> None:
        event.stop()
        for timer in self._patience:
            timer.stop()
        if not self.is_open:  # a click, or a key that leads out of the wait
            self.host.keyboard.answered(refused=False)
            return
        self.clear_message()
        # What was typed while nothing led away was meant to lead away: the answer is seen first.
        drop = event.refused or self.held
        self.asking, self.held, self.delivering = False, False, True
        try:
            if event.asked_at not in (None, self.moment()):
                return
            result = event.deliver()
            if isawaitable(result):
                await result
        finally:
            self.delivering = False
            self.host.keyboard.answered(refused=drop)

    async def _refuse(
        self, error: PortalError, refused: Callable[[PortalError], Awaitable[None] | None]
    ) -> None:
        if isinstance(error, SessionEnded):
            await self.host.end_session(error)
        elif isinstance(error, PasswordChangeDue):
            await self.host.navigation.change_password()
        elif isawaitable(result := refused(error)):
            await result

    # Keys

    async def action_back(self) -> None:
        """F3, Esc: home, from most screens."""
        await self.host.navigation.home()

    def leave(self) -> None:
        """The screen is about to go: whatever must not be lost is kept here."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter, Up and Down are the frame's only in fields and on buttons; elsewhere (a list, a
        page that scrolls) they are the widget's own."""
        if action in {"enter", "move"}:
            return isinstance(self.focused, LineInput | PushButton | TickBox) or None
        return super().check_action(action, parameters)

    def action_move(self, by: int) -> None:
        """Up and Down: the field before or after."""
        if by > 0:
            self.focus_next()
        else:
            self.focus_previous()

    async def action_enter(self) -> None:
        """Enter: presses a button; in a field, goes to the next one, and on the last one does
        the screen's main action."""
        if isinstance(self.focused, PushButton):
            await self.focused.action_press()
            return
        if isinstance(self.focused, TickBox):
            self.say(lambda: _("The space bar ticks or unticks the box."))
            return
        fields = [widget for widget in self.focus_chain if is_field(widget)]
        after = fields[fields.index(self.focused) + 1 :] if self.focused in fields else []
        if after:
            self.set_focus(after[0])
        else:
            self.main_action()

    def main_action(self) -> None:
        """What Enter in the last field does."""


def _still_waiting() -> str:
    return _("Still waiting: somebody else may be saving. Nothing is lost.")
