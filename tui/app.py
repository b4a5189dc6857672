"""The portal as a full-screen app: the way between screens, and what works from everywhere."""

from __future__ import annotations

import gc
import io
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import ClassVar, TypeVar

from rich.console import Console, RenderableType
from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.screen import ModalScreen

from engine.accounts import Right, User
from engine.assembly import Portal
from engine.errors import PortalError, SessionEnded
from engine.services.access import Session
from engine.settings import LANGUAGES, Language
from tui import exits
from tui.crash import report
from tui.driver import PortalDriver
from tui.escape_digits import EscapeDigits
from tui.i18n import _, language, set_language
from tui.idle import IdleWatch
from tui.keymap import EVERYWHERE, Command, bindings
from tui.messages import sentence
from tui.screens.base import PortalScreen
from tui.screens.login import LoginScreen
from tui.session import Visit
from tui.theme import THEMES
from tui.typed_ahead import KeyOrPaste, Replay, TypedAhead
from tui.widgets.words import Relabelled, relabel_all

MISTAKE = 70
"""Exit status after a mistake of the program (EX_SOFTWARE)."""
Kind = TypeVar("Kind", bound=PortalScreen)
_remembering = Lock()
HOME_DEPTH = 3
"""Textual's own empty screen, the login, and home over it."""


class PortalApp(App[None], inherit_bindings=False):
    """One operator's portal, from login to logout."""

    CSS_PATH: ClassVar[Path] = Path(__file__).parent / "styles" / "portal.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(EVERYWHERE),
        ("ctrl+c", "how_to_leave"),
    ]
    ENABLE_COMMAND_PALETTE = False
    NOTIFICATION_TIMEOUT = 0

    def __init__(self, portal: Portal) -> None:
        super().__init__(driver_class=PortalDriver)
        self.visit = Visit(portal)
        self._escape = EscapeDigits()
        self._typed = TypedAhead(self, self._work_off, self._asking)
        self._key_at = 0.0
        self.key_gap = 0.0
        """Seconds between the key that is worked off now and the one before it."""
        self.keys = 0
        """How many keys and pastes have come so far."""
        self._idle = IdleWatch(portal.settings.idle_minutes * 60, self._idle_too_long)
        self.animation_level = "none"
        self._leaving = False
        self.mistake: Exception | None = None
        """What ended the app, when it was not the operator."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = f"portal-{portal.settings.theme}"

    def on_mount(self) -> None:
        """Begin at the login."""
        self.push_screen(LoginScreen(self.visit))
        self.call_after_refresh(gc.enable)

    def _handle_exception(self, error: Exception) -> None:
        # Textual publishes no hook for this. It would print every local variable of the frames,
        # a password among them, to a console that is silenced in `run_portal`. While the app is
        # on its way out, screens may miss widgets that are gone: that is no mistake.
        if self._leaving:
            return
        self.mistake = self.mistake or error
        super()._handle_exception(error)

    def exit(
        self, result: None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        """End, for whatever reason."""
        self._leaving = True
        super().exit(result, return_code, message)

    # Keys that mean something everywhere

    async def on_event(self, event: events.Event) -> None:
        """Every key passes here first: it ends the idle time, waits for its turn, and after an
        Esc a digit is a function key."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._idle.touch()
            self.keys += 1
            await self._typed.add(event)
        else:
            await super().on_event(event)

    async def _work_off(self, event: KeyOrPaste) -> None:
        if isinstance(event, events.Key):
            self.key_gap, self._key_at = event.time - self._key_at, event.time
            if command := self._escape.command(event.key, event.time):
                await self.run_action(command.action, default_namespace=self.screen)
                return
        await super().on_event(event)

    async def on_replay(self) -> None:
        """What was typed meanwhile."""
        await self._typed.go_on()

    def answered(self, *, refused: bool) -> None:
        """A screen says so. After a refusal, what was typed ahead is no answer to it."""
        if refused:
            self._typed.drop()
        self.post_message(Replay())

    def _asking(self) -> bool:
        screens = [screen for screen in self.screen_stack if isinstance(screen, PortalScreen)]
        if any(screen.delivering for screen in screens):
            return True
        return isinstance(self.screen, PortalScreen) and self.screen.asking

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a dialog only its own keys work, and the language."""
        if isinstance(self.screen, ModalScreen):
            return action in ("language", "focus_next", "focus_previous") or None
        return super().check_action(action, parameters)

    def action_how_to_leave(self) -> None:
        """Ctrl+C leaves nothing half done: it only says how to leave."""
        screen = self._portal_screen()
        if self.visit.session is None:
            screen.say(lambda: _("To leave the portal press F10 (or Esc and 0)."))
        else:
            screen.say(lambda: _("To log out press F10 (or Esc and 0)."))

    def action_language(self) -> None:
        """F5: the other language, at once, with nothing typed lost."""
        self.use_language("en" if language() == "fr" else "fr")
        visit = self.visit
        if visit.session is not None:
            session = visit.session
            self.run_worker(lambda: _remember_language(visit.portal, session), thread=True)

    def use_language(self, chosen: Language) -> None:
        """Say everything again in that language."""
        set_language(chosen)
        for screen in self.screen_stack:
            if isinstance(screen, Relabelled):
                screen.relabel()
            else:
                relabel_all(screen)

    # The way between screens

    async def action_home(self) -> None:
        """Home, or the login for whoever has not signed in."""
        if self.visit.change_due:
            self._say_change_due()
        else:
            await self._back_to(HOME_DEPTH if self.visit.session else HOME_DEPTH - 1)

    async def go_to(self, screen: PortalScreen) -> None:
        """Show a screen over home, in place of the one that is there."""
        await self._back_to(HOME_DEPTH)
        await self.push_screen(screen)

    async def _return_to(self, kind: type[Kind]) -> Kind | None:
        """The open screen of that kind, with what lay over it closed; None when there is none."""
        for depth, screen in enumerate(self.screen_stack, start=1):
            if isinstance(screen, kind):
                await self._back_to(depth)
                return screen
        return None

    async def _back_to(self, depth: int) -> None:
        while len(self.screen_stack) > depth:
            screen = self.screen
            if isinstance(screen, PortalScreen):
                screen.leave()
            # Not awaited: a click comes from the screen itself, which would wait for its own end.
            self.pop_screen()

    async def action_new_order(self) -> None:
        """F2: the order under way, or a new one."""
        if self._signed_in(Right.ORDER):
            from tui.screens.order.screen import OrderScreen

            screen = await self._return_to(OrderScreen)
            if screen is None or screen.finished:
                await self.go_to(OrderScreen(self.visit))

    async def action_search(self) -> None:
        """F4."""
        if self._signed_in(Right.SEARCH):
            from tui.screens.search import SearchScreen

            if screen := await self._return_to(SearchScreen):
                screen.again()
            else:
                await self.go_to(SearchScreen(self.visit))

    async def action_password(self) -> None:
        """F6."""
        if self._signed_in(None):
            from tui.screens.password import PasswordScreen

            if not await self._return_to(PasswordScreen):
                await self.go_to(PasswordScreen(self.visit))

    async def action_guide(self) -> None:
        """F1: the user guide at the page of this screen."""
        await self._read("guide", self._portal_screen().guide_page)

    async def action_legal(self) -> None:
        """The legal page."""
        await self._read("legal", "legal")

    async def action_about(self) -> None:
        """What this program is."""
        await self._read("legal", "about")

    async def action_contact(self) -> None:
        """Whom to ask."""
        await self._read("contact", "")

    async def _read(self, document: str, page: str) -> None:
        from tui.screens.reading import ReadingScreen

        if isinstance(self.screen, ReadingScreen):
            self.screen.open(document, page)
        else:
            await self.push_screen(ReadingScreen(self.visit, document, page))

    def action_menu(self) -> None:
        """Ctrl+P: everything that can be done, for terminals that lose function keys."""
        from tui.screens.menu import MenuScreen

        self.push_screen(MenuScreen(self.menu()), self._run_command)

    def menu(self) -> list[Command]:
        """What the menu offers now."""
        from tui import keymap

        offered = [keymap.HOME, *EVERYWHERE[:-1], keymap.LEGAL, keymap.CONTACT, keymap.ABOUT]
        closed: tuple[Command, ...] = ()
        if self.visit.session is None:
            closed = (keymap.NEW_ORDER, keymap.SEARCH, keymap.PASSWORD)
        elif self.visit.change_due:
            closed = (keymap.HOME, keymap.NEW_ORDER, keymap.SEARCH)
        elif not self.visit.may(Right.ORDER):
            closed = (keymap.NEW_ORDER,)
        return [command for command in offered if command not in closed]

    async def _run_command(self, command: Command | None) -> None:
        if command is not None:
            await self.run_action(command.action, default_namespace=self.screen)

    # Coming and going

    async def begin(self, session: Session, user: User) -> None:
        """Somebody has signed in."""
        from tui.screens.home import HomeScreen

        self.visit.begin(session, user)
        for chosen in LANGUAGES:
            if chosen == user.language != language():
                self.use_language(chosen)
        self._idle.start()
        await self.push_screen(HomeScreen(self.visit))
        if self.visit.change_due:
            await self.action_password()

    def action_log_out(self) -> None:
        """F10: log out, or leave the portal from the login; asks first."""
        from tui.screens.leaving import LeaveDialog

        if isinstance(self.screen, LeaveDialog):
            return
        self.push_screen(LeaveDialog(self.visit), self._leave)

    async def _leave(self, answer: object) -> None:
        from tui.screens.leaving import Leaving

        if answer is Leaving.QUIT:
            self.exit(return_code=0)
        elif answer is Leaving.KEEP:
            await self._finish(keep=True)
        elif answer is Leaving.DROP:
            await self._finish(keep=False)

    async def _finish(self, *, keep: bool) -> None:
        visit = self.visit
        if keep and not visit.keep_draft():
            self._portal_screen().say(
                lambda: _("The order could not be kept for later: the store refused."), error=True
            )
            return
        if visit.session is not None:
            session = visit.session
            if not keep:
                visit.portal.ordering.forget(session)
            visit.portal.signing_in.sign_out(session)
        await self._to_login(lambda: _("You are logged out."))

    async def end_session(self, ended: SessionEnded) -> None:
        """The session is over: keep the order under way, and back to the login, which says why."""
        self.visit.keep_draft()
        await self._to_login(lambda: sentence(ended))

    async def _to_login(self, why: Callable[[], str]) -> None:
        self._idle.stop()
        self.visit.end()
        self._typed.drop()
        await self._back_to(HOME_DEPTH - 2)
        await self.push_screen(LoginScreen(self.visit, why))

    def _idle_too_long(self) -> None:
        """From the idle watch's thread."""
        if self.is_running:
            self.call_from_thread(lambda: self.call_later(self._end_idle))

    def leave_from_thread(self, status: int) -> None:
        """The terminal is going away: end, with the order under way kept already."""
        if self.is_running:
            self.call_from_thread(self.exit, return_code=status)

    async def _end_idle(self) -> None:
        if self.visit.session is not None:
            await self.end_session(SessionEnded(reason="idle"))

    def _signed_in(self, right: Right | None) -> bool:
        if self.visit.session is None:
            self._portal_screen().say(lambda: _("Log in first."), error=True)
            return False
        if right is not None and self.visit.change_due:
            self._say_change_due()
            return False
        if right is not None and not self.visit.may(right):
            self._portal_screen().say(
                lambda: _("Your role does not allow this; ask the licence desk."), error=True
            )
            return False
        return True

    def _say_change_due(self) -> None:
        self._portal_screen().say(
            lambda: _("First choose a password of your own, or log out with F10."), error=True
        )

    def _portal_screen(self) -> PortalScreen:
        for screen in reversed(self.screen_stack):
            if isinstance(screen, PortalScreen):
                return screen
        raise LookupError("the login screen is always there")


def _remember_language(portal: Portal, session: Session) -> None:
    try:
        with _remembering:  # the language of now is the last one written, however fast F5 comes
            portal.signing_in.remember_language(session, language())
    except PortalError:
        return  # a preference: not worth a word to somebody in the middle of an order


def run_portal(portal: Portal) -> int:
    """Open the portal in this terminal; the exit status.

    0 when the operator left, 70 after a mistake of the program, 128 and the number of a signal.
    """
    gc.disable()  # until the first frame: a tenth of the time to it
    app = PortalApp(portal)
    app.error_console = Console(file=io.StringIO())
    exits.watch(app.leave_from_thread, app.visit.keep_draft)
    app.run()
    exits.finished()
    if app.mistake is not None:
        report(app.mistake)
        return MISTAKE
    return app.return_code or 0
