"""The portal as a full-screen app, from login to logout."""

from __future__ import annotations

import gc
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType
from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.geometry import Offset
from textual.screen import ModalScreen, Screen
from textual.theme import Theme
from textual.worker import WorkerFailed

from engine.accounts.people import User
from engine.assembly import Portal
from engine.errors import SessionEnd, SessionEnded
from engine.services.access import Session
from tui.full_screen.handing_over import HandingOver
from tui.full_screen.input.cursor import cursor_of
from tui.full_screen.input.driver import PortalDriver
from tui.full_screen.input.textual_private import replaceable
from tui.full_screen.keyboard import Keyboard
from tui.full_screen.keymap import EVERYWHERE, LEAVE, Command, bindings
from tui.full_screen.language import speak
from tui.full_screen.logout import Logout
from tui.full_screen.navigation import LOGIN_DEPTH, Navigation
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.screens.login import LoginScreen
from tui.full_screen.theme import THEMES, theme_named
from tui.full_screen.widgets.text import Say
from tui.terminal.idle_watch import IdleWatch
from tui.visit.arrival import Arrival
from tui.visit.visit import Visit
from tui.wording.errors import sentence
from tui.wording.translation import _, language
from tui.wording.unfinished_orders import idle_soon


class PortalApp(HandingOver, inherit_bindings=False):
    """One operator's portal. Its keys are the `keyboard`'s, the way between its screens the
    `navigation`'s; to its screens it is their `Host`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(EVERYWHERE),
        ("ctrl+c", "how_to_leave"),
        Binding("ctrl+l", "repaint", priority=True),  # also in a dialog
    ]
    CSS_PATH: ClassVar[Path] = Path(__file__).parent / "styles" / "portal.tcss"
    ENABLE_COMMAND_PALETTE = False
    NOTIFICATION_TIMEOUT = 0

    WAY_OUT: ClassVar[Command] = LEAVE
    """What F10 does before login."""

    def __init__(
        self,
        portal: Portal,
        driver: type[Driver] = PortalDriver,
        arrival: Arrival | None = None,
    ) -> None:
        # Before all else: another one would have the style sheet parsed once more.
        self.set_reactive(App.theme, theme_named(portal.settings.theme))
        super().__init__(driver_class=driver)
        self.visit = Visit(portal, arrival)
        self.navigation = Navigation(self, self, self.WAY_OUT)
        self.logout = Logout(self, self, self.navigation, self._to_login)
        self.keyboard = Keyboard(self, self.navigation, super().on_event)
        self._idle = IdleWatch(
            portal.settings.idle_minutes * 60, self._idle_too_long, self._idle_soon
        )
        self._warned = False
        """The idle time is nearly over, and it was said: the next key takes the message away."""
        self._leaving = False
        self.mistake: Exception | None = None
        """What ended the app, when it was not the operator."""
        self.animation_level = "none"

    @property
    def available_themes(self) -> dict[str, Theme]:
        """The two looks, and none of Textual's own."""
        return {theme.name: theme for theme in THEMES}

    def get_default_screen(self) -> Screen[None]:
        """The lowest screen. Textual's own would be empty, and everything would be drawn over it
        once more."""
        return replaceable(self.first_screen())

    def on_mount(self) -> None:
        """The first screen is on its way."""
        self.call_after_refresh(gc.enable)

    def first_screen(self, why: Say | None = None) -> PortalScreen:
        """What is shown before login, and after a logout with the reason for it."""
        return LoginScreen(self, why)

    # Keys and clicks

    async def on_event(self, event: events.Event) -> None:
        """Every key and click passes here first."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._touched()
            await self.keyboard.take(event)
        elif isinstance(event, events.MouseDown | events.MouseUp):
            self._touched()
            if not (self.navigation.departing or self.navigation.is_held):
                await super().on_event(event)
        elif not isinstance(event, events.AppBlur):  # which window has the focus changes nothing
            await super().on_event(event)

    def _touched(self) -> None:
        """Somebody is there: both clocks of the idle time begin again."""
        self._idle.touch()
        self.visit.seen()
        if self._warned:
            self._warned = False
            self.navigation.top.clear_message()

    async def on_replay(self) -> None:
        """What was typed meanwhile."""
        await self.keyboard.go_on()

    def on_keys_dropped(self) -> None:
        """The driver has dropped keys that came too fast."""
        self.keyboard.say_dropped()

    @property
    def cursor_position(self) -> Offset:
        """Where Textual puts the terminal's cursor whenever it has drawn something."""
        return cursor_of(self.focused)

    @cursor_position.setter
    def cursor_position(self, place: Offset) -> None:
        """Textual's fields say where they have it: only the one with the focus counts."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a dialog only its own keys work, the language, and Ctrl+L."""
        if isinstance(self.screen, ModalScreen):
            return action in ("language", "repaint", "focus_next", "focus_previous") or None
        return super().check_action(action, parameters)

    # What the keys do: the actions of `keymap`

    def action_how_to_leave(self) -> None:
        """Ctrl+C leaves nothing half done: it only says how to leave."""
        self.say_how_to_leave()

    # What screens ask for, besides

    def how_to_leave(self) -> str:
        """The way out."""
        if self.visit.session is None:
            return _("To quit the portal, press F10 (or Esc, then 0).")
        return _("To log out, press F10 (or Esc, then 0).")

    def say_how_to_leave(self) -> None:
        """On the screen in front."""
        self.navigation.top.say(self.how_to_leave)

    # Login and logout

    def signed_in(self, login: Screen[None], session: Session, user: User) -> None:
        """Somebody has signed in on that screen: show home, in the app's own turn."""
        self.navigation.in_turn(partial(self._begin, login, session, user))

    async def _begin(self, login: Screen[None], session: Session, user: User) -> None:
        from tui.full_screen.screens.home import HomeScreen

        if login not in self.screen_stack:  # it was left meanwhile
            return
        self.visit.begin(session, user)
        if self.visit.language not in (None, language()):
            speak(self, self.visit.language)
        if self.visit.theme:
            self.theme = theme_named(self.visit.theme)
        self._idle.start()
        await self.navigation.back_to(LOGIN_DEPTH)  # the guide may have been opened meanwhile
        await self.push_screen(HomeScreen(self))
        if self.visit.change_due:
            await self.navigation.change_password()

    def action_log_out(self) -> None:
        """F10: log out, or leave the portal from the login; asks first."""
        self.logout.ask()

    async def end_session(self, ended: SessionEnded) -> None:
        """The session is over: keep the order under way, and back to the login, which says why."""
        if (order := self.visit.order) is not None:
            self._read_fields()
            self.visit.expect_again(ended)
            self.logout.depart(order.keep, lambda _kept: sentence(ended))

    async def _to_login(self, why: Say | None) -> None:
        self.navigation.departing = False
        self._idle.stop()
        self.visit.end()
        self.keyboard.forget()
        await self.navigation.begin_with(self.first_screen(why))

    def _idle_soon(self) -> None:
        """A minute before, from the idle watch's thread."""
        if self.is_running:
            self.call_from_thread(self.call_later, self._warn)

    def _warn(self) -> None:
        self._warned = True
        self.navigation.top.say(idle_soon)

    def _idle_too_long(self) -> None:
        """From the idle watch's thread."""
        if self.is_running:
            self.call_from_thread(lambda: self.call_later(self._end_idle))

    async def _end_idle(self) -> None:
        """Nobody is there any more. An answer that has to find the person gets the same time."""
        if self.navigation.is_held:
            self._idle.start()
        elif self.visit.session is not None:
            await self.end_session(SessionEnded(reason=SessionEnd.IDLE))

    # The end

    def to_end_with(self, error: Exception) -> Exception | None:
        """A mistake ends the app. While it is on its way out, screens may miss widgets that are
        gone: that is no mistake."""
        if self._leaving:
            return None
        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
            error = error.error
        self.mistake = self.mistake or error
        return error

    def exit(
        self, result: None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        """End, for whatever reason."""
        self._leaving = True
        super().exit(result, return_code, message)

    def leave_from_thread(self, status: int) -> None:
        """The terminal is going away: end. The order under way is kept already, but what was
        typed last may still be on its way to it."""
        if self.is_running:
            self.call_from_thread(self.leave_at_once, status)

    def leave_at_once(self, status: int) -> None:
        """End, with what stands in the fields in the order under way."""
        self._read_fields()
        self.exit(return_code=status)

    def _read_fields(self) -> None:
        for screen in self.navigation.screens:
            screen.leave()
