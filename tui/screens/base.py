"""What every screen of the portal has: the frame, the message line, and asking the engine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from inspect import isawaitable
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from engine.errors import PasswordChangeDue, PortalError, SessionEnded
from tui.i18n import _
from tui.keymap import HOME, ON_SCREENS, Command, bindings
from tui.messages import sentence
from tui.screens.head_links import tab_line, title_links
from tui.session import Visit
from tui.widgets.buttons import Link, PushButton, TickBox
from tui.widgets.fields import LineInput, is_field
from tui.widgets.frame import Foot, Head
from tui.widgets.unscrolled import Column
from tui.widgets.words import Say, Words, relabel_all

if TYPE_CHECKING:
    from tui.app import PortalApp

Answer = TypeVar("Answer")
LEAST_SIZE = (80, 24)
WORKING_AFTER, WAITING_AFTER = 0.3, 3.0
"""Seconds until the message line says that something is under way, and that it takes long."""


class Answered(Message):
    """The engine has answered: what to do with it, on the event loop."""

    def __init__(self, deliver: Callable[[], Awaitable[None] | None], *, refused: bool) -> None:
        self.deliver = deliver
        self.refused = refused
        super().__init__()


class PortalScreen(Screen[None], inherit_bindings=False):
    """A full screen inside the frame. `body` makes what is between head and foot."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(ON_SCREENS),
        Binding("tab", "app.focus_next", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("enter", "enter", show=False, priority=True),
    ]
    # A change of focus repaints two widgets, not the whole screen: a quarter of the bytes.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    TITLE_WORDS: ClassVar[str] = ""
    """Where the user is; an N_() text. See `where`."""
    TAB: ClassVar[str] = "licences"
    """The tab that is marked: `home`, `licences` or neither."""
    KEYS: ClassVar[tuple[Command, ...]] = ()
    """The keys named in the foot, as far as they lead somewhere for this user; see `keys`."""
    GUIDE_PAGE: ClassVar[str] = "introduction"
    """The section of the user guide that F1 opens; see `guide_page`."""

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self.visit = visit
        self.asking = False
        """A question to the engine is under way."""
        self.delivering = False
        """Its answer is being worked off: fields and focus are not yet what they will be."""
        self._patience: list[Timer] = []
        self._focused_before: Widget | None = None

    @property
    def keys(self) -> tuple[Command, ...]:
        """The keys named in the foot now."""
        return self.KEYS

    @property
    def guide_page(self) -> str:
        """The section of the user guide that F1 opens now."""
        return self.GUIDE_PAGE

    @property
    def portal_app(self) -> PortalApp:
        """The app, by its own type."""
        return cast("PortalApp", self.app)

    # The frame

    def compose(self) -> ComposeResult:
        """The body first: Tab starts in it, and goes to the menu last."""
        with Column(id="body"):
            yield from self.body()
        yield Head(self.where, title_links(self.visit), tab_line(self.visit, self.TAB))
        yield Foot(
            Link(lambda: _(HOME.label), HOME.action), lambda: self.portal_app.offered(self.keys)
        )
        yield Words(self._too_small, id="too-small")

    def body(self) -> Iterable[Widget]:
        """The widgets of this screen."""
        return ()

    def where(self) -> str:
        """Where the user is, for the head."""
        return _(self.TITLE_WORDS)

    def on_screen_resume(self) -> None:
        """What leads somewhere may have changed while another screen was in front."""
        self.name_keys()

    def name_keys(self) -> None:
        """Name in the foot, where there is one, the keys that work now."""
        for foot in self.query(Foot):
            foot.name_keys()

    def relabel(self) -> None:
        """Say every text again in the language of now; what was typed stays."""
        relabel_all(self)

    # The message line

    def say(self, say: Say, *, error: bool = False) -> None:
        """Put a message on the line above the keys; it stays until the next one."""
        self.query_one(Foot).say((lambda: f"! {say()}") if error else say, error=error)

    def say_error(self, error: PortalError) -> None:
        """Put the sentence of an error there."""
        self.say(lambda: sentence(error, self.visit.portal.catalogue), error=True)

    def hush(self) -> None:
        """Clear the message line."""
        self.say(lambda: "")

    # Asking the engine, off the event loop

    def ask(
        self,
        question: Callable[[], Answer],
        then: Callable[[Answer], Awaitable[None] | None],
        refused: Callable[[PortalError], Awaitable[None] | None] | None = None,
    ) -> None:
        """Ask a service in a thread and deliver its answer, or its refusal, on the event loop.

        One question at a time: a second press of a key while the first waits does nothing.
        """
        if self.asking:
            return
        self.asking = True
        self._patience = [
            self.set_timer(WORKING_AFTER, lambda: self.say(lambda: _("Working…"))),
            self.set_timer(WAITING_AFTER, lambda: self.say(_still_waiting)),
        ]
        self._ask(cast("Callable[[], object]", question), then, refused or self.say_error)

    @work(thread=True, group="engine")
    def _ask(
        self,
        question: Callable[[], object],
        then: Callable[..., Awaitable[None] | None],
        refused: Callable[[PortalError], Awaitable[None] | None],
    ) -> None:
        try:
            answer = question()
        except PortalError as error:
            self.post_message(Answered(partial(self._refuse, error, refused), refused=True))
        else:
            self.post_message(Answered(partial(then, answer), refused=False))

    @on(Answered)
    async def _deliver(self, event: Answered) -> None:
        event.stop()
        for timer in self._patience:
            timer.stop()
        self.hush()
        self.asking, self.delivering = False, True
        try:
            result = event.deliver()
            if isawaitable(result):
                await result
        finally:
            self.delivering = False
        self.portal_app.answered(refused=event.refused)

    async def _refuse(
        self, error: PortalError, refused: Callable[[PortalError], Awaitable[None] | None]
    ) -> None:
        if isinstance(error, SessionEnded):
            await self.portal_app.end_session(error)
        elif isinstance(error, PasswordChangeDue):
            await self.portal_app.action_password()
        elif isawaitable(result := refused(error)):
            await result

    # Keys

    async def action_back(self) -> None:
        """F3, Esc: home, from most screens."""
        await self.portal_app.action_home()

    def leave(self) -> None:
        """The screen is about to go: whatever must not be lost is kept here."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter, Up and Down are the frame's only in fields and on buttons; elsewhere (a list, a
        page that scrolls) they are the widget's own."""
        if action == "enter":
            return isinstance(self.focused, LineInput | PushButton | TickBox) or None
        if action == "move":
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
            self.say(lambda: _("The space bar ticks and unticks it."))
            return
        fields = [widget for widget in self.focus_chain if is_field(widget)]
        after = fields[fields.index(self.focused) + 1 :] if self.focused in fields else []
        if after:
            self.set_focus(after[0])
        else:
            self.main_action()

    def main_action(self) -> None:
        """What Enter in the last field does."""

    # Size

    def on_resize(self, event: events.Resize) -> None:
        """Say what is needed when the terminal is too small; nothing typed is lost, and the
        cursor comes back to where it was: what is not displayed cannot have it meanwhile."""
        width, height = event.size
        small = width < LEAST_SIZE[0] or height < LEAST_SIZE[1]
        if small and not self.has_class("-too-small"):
            self._focused_before = self.focused
        elif self.has_class("-too-small") and not small:
            self.call_after_refresh(self._focus_again)
        self.set_class(small, "-too-small")
        self.query_one("#too-small", Words).relabel()

    def _focus_again(self) -> None:
        if self._focused_before in self.focus_chain:  # an answer may have led elsewhere meanwhile
            self.set_focus(self._focused_before)

    def _too_small(self) -> str:
        width, height = self.size if self.is_mounted else LEAST_SIZE
        text = _("The portal needs {w} × {h} characters; this window has {x} × {y}.")
        return text.format(w=LEAST_SIZE[0], h=LEAST_SIZE[1], x=width, y=height)


def _still_waiting() -> str:
    return _("Still waiting: somebody else is writing to the same place. Nothing is lost.")
