"""What every screen of the portal has: the frame, the message line, and asking the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from engine.accounts import Right
from engine.errors import PasswordChangeDue, PortalError, SessionEnded
from tui.i18n import N_, _
from tui.keymap import (
    HOME,
    LANGUAGE,
    LEGAL,
    LOG_OUT,
    MENU,
    NEW_ORDER,
    ON_SCREENS,
    PASSWORD,
    SEARCH,
    Command,
    bindings,
)
from tui.messages import sentence
from tui.session import Visit
from tui.widgets.buttons import Link
from tui.widgets.fields import LineInput
from tui.widgets.frame import Foot, Head
from tui.widgets.words import Say, Words, relabel_all

if TYPE_CHECKING:
    from tui.app import PortalApp

Answer = TypeVar("Answer")
LEAST_SIZE = (80, 24)
WORKING_AFTER, WAITING_AFTER = 0.3, 3.0
"""Seconds until the message line says that something is under way, and that it takes long."""


class Answered(Message):
    """The engine has answered: what to do with it, on the event loop."""

    def __init__(self, deliver: Callable[[], None]) -> None:
        self.deliver = deliver
        super().__init__()


class PortalScreen(Screen[None], inherit_bindings=False):
    """A full screen inside the frame. `body` makes what is between head and foot."""

    BINDINGS = [
        *bindings(ON_SCREENS),
        ("tab,down", "app.focus_next"),
        ("shift+tab,up", "app.focus_previous"),
    ]
    # A change of focus repaints two widgets, not the whole screen: a quarter of the bytes.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    TITLE_WORDS: ClassVar[str] = ""
    """Where the user is; an N_() text."""
    TAB: ClassVar[str] = "licences"
    KEYS: ClassVar[tuple[Command, ...]] = ()
    """Those named in the foot, most useful first."""
    GUIDE_PAGE: ClassVar[str] = "introduction"
    """The section of the user guide that F1 opens."""

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self.visit = visit
        self._asking = False
        self._patience: list[Timer] = []

    @property
    def portal_app(self) -> PortalApp:
        """The app, by its own type."""
        return cast("PortalApp", self.app)

    # The frame

    def compose(self) -> ComposeResult:
        """The body first: Tab starts in it, and goes to the menu last."""
        with Vertical(id="body"):
            yield from self.body()
        yield Head(lambda: _(self.TITLE_WORDS), self._links(), self._tabs())
        yield Foot(Link(lambda: _(HOME.label), HOME.action), self.KEYS)
        yield Words(self._too_small, id="too-small")

    def body(self) -> Iterable[Widget]:
        """The widgets of this screen."""
        return ()

    def _links(self) -> list[Link]:
        links = [Link(lambda: _(LEGAL.label), LEGAL.action)]
        links.append(Link(_other_language, LANGUAGE.action))
        if self.visit.session is not None:
            login = self.visit.session.login
            links.append(
                Link(lambda: _("Logout ({login})").format(login=login), LOG_OUT.action, id="logout")
            )
        return links

    def _tabs(self) -> list[Link]:
        if self.visit.session is None:
            return []
        first = NEW_ORDER if self.visit.may(Right.ORDER) else SEARCH
        tabs = [
            Link(lambda: _("HOME"), HOME.action, classes="tab"),
            Link(lambda: _("LICENCES"), first.action, classes="tab"),
        ]
        tabs[0 if self.TAB == "home" else 1].add_class("-here")
        menu = [NEW_ORDER, SEARCH, PASSWORD, MENU]
        return tabs + [Link(partial(_command_label, c), c.action) for c in menu]

    def relabel(self) -> None:
        """Say every text again in the language of now; what was typed stays."""
        relabel_all(self)

    # The message line

    def say(self, say: Say, *, error: bool = False) -> None:
        """Put a message on the line above the keys; it stays until the next one."""
        status = self.query_one("#status", Words)
        status.set_class(error, "-error")
        if error:
            status.say(lambda: f"! {say()}")
        else:
            status.say(say)

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
        then: Callable[[Answer], None],
        refused: Callable[[PortalError], None] | None = None,
    ) -> None:
        """Ask a service in a thread and deliver its answer, or its refusal, on the event loop.

        One question at a time: a second press of a key while the first waits does nothing.
        """
        if self._asking:
            return
        self._asking = True
        self._patience = [
            self.set_timer(WORKING_AFTER, lambda: self.say(lambda: _("Working…"))),
            self.set_timer(WAITING_AFTER, lambda: self.say(_still_waiting)),
        ]
        self._ask(cast("Callable[[], object]", question), then, refused or self.say_error)

    @work(thread=True, group="engine")
    def _ask(
        self,
        question: Callable[[], object],
        then: Callable[..., None],
        refused: Callable[[PortalError], None],
    ) -> None:
        try:
            answer = question()
        except PortalError as error:
            self.post_message(Answered(partial(self._refuse, error, refused)))
        else:
            self.post_message(Answered(partial(self._answer, answer, then)))

    @on(Answered)
    def _deliver(self, event: Answered) -> None:
        event.stop()
        self._asking = False
        for timer in self._patience:
            timer.stop()
        event.deliver()

    def _answer(self, answer: object, then: Callable[..., None]) -> None:
        self.hush()
        then(answer)

    def _refuse(self, error: PortalError, refused: Callable[[PortalError], None]) -> None:
        if isinstance(error, SessionEnded):
            self.portal_app.end_session(error)
        elif isinstance(error, PasswordChangeDue):
            self.portal_app.action_password()
        else:
            self.hush()
            refused(error)

    # Keys

    def action_back(self) -> None:
        """F3, Esc: home, from most screens."""
        self.portal_app.action_home()

    def on_input_submitted(self, event: LineInput.Submitted) -> None:
        """Enter in a field: the next field, or on the last one the screen's main action."""
        event.stop()
        fields = [line for line in self.query(LineInput) if line.focusable]
        if fields and event.input is fields[-1]:
            self.main_action()
        else:
            self.focus_next(LineInput)

    def main_action(self) -> None:
        """What Enter in the last field does."""

    # Size

    def on_resize(self, event: events.Resize) -> None:
        """Say what is needed when the terminal is too small; nothing typed is lost."""
        width, height = event.size
        self.set_class(width < LEAST_SIZE[0] or height < LEAST_SIZE[1], "-too-small")
        self.query_one("#too-small", Words).relabel()

    def _too_small(self) -> str:
        width, height = self.size if self.is_mounted else LEAST_SIZE
        text = _("The portal needs {w} × {h} characters; this window has {x} × {y}.")
        return text.format(w=LEAST_SIZE[0], h=LEAST_SIZE[1], x=width, y=height)


def _other_language() -> str:
    """The name of the language that F5 changes to, in that language."""
    return _(N_("Français"))


def _command_label(command: Command) -> str:
    return f"{command.shown} {_(command.label)}" if command is MENU else _(command.label)


def _still_waiting() -> str:
    return _("Still waiting: somebody else is writing to the same place. Nothing is lost.")


