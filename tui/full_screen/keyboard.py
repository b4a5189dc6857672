"""The app as far as its keys go: every key in its turn, and what works from everywhere."""

from __future__ import annotations

from threading import Lock
from typing import ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.theme import Theme

from engine.assembly import Portal
from engine.errors import PortalError
from engine.services.access import Session
from engine.settings import Language
from tui.full_screen.input.cursor import cursor_of
from tui.full_screen.input.driver import PortalDriver
from tui.full_screen.input.escape_digits import EscapeDigits
from tui.full_screen.input.key_parser import LONGEST_PASTE
from tui.full_screen.input.key_reader import KeyReader
from tui.full_screen.input.typed_ahead import THROUGH, KeyOrPaste, Replay, TypedAhead
from tui.full_screen.input.writer import ChangesWriter
from tui.full_screen.keymap import EVERYWHERE, LANGUAGE, bindings
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.theme import THEMES
from tui.full_screen.widgets.text import Relabelled, relabel_all
from tui.terminal.idle_watch import IdleWatch
from tui.visit.visit import Visit
from tui.wording.translation import _, language, other_language, set_language

_remembering = Lock()


class KeyedApp(App[None], inherit_bindings=False):
    """Keys, language, look."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(EVERYWHERE),
        ("ctrl+c", "how_to_leave"),
        Binding("ctrl+l", "repaint", priority=True),  # also in a dialog
    ]
    ENABLE_COMMAND_PALETTE = False
    NOTIFICATION_TIMEOUT = 0

    COPIES: ClassVar[bool] = True
    """Whether a keycode may go to the clipboard."""

    def __init__(self, portal: Portal, driver: type[Driver] = PortalDriver) -> None:
        # Before all else: another one would have the style sheet parsed once more.
        self.set_reactive(App.theme, f"portal-{portal.settings.theme}")
        super().__init__(driver_class=driver)
        self.visit = Visit(portal)
        self.departing = False
        """Somebody is being logged out: what he still types goes nowhere."""
        self.ways_to_go = 0
        """Ways between screens that are begun, or wait for their turn."""
        self._escape = EscapeDigits()
        self._typed = TypedAhead(self, self._work_off, self._going_through, self.say_dropped)
        self._pressed_at = 0.0
        self.gap_before = 0.0
        """Seconds between the key that is worked off now and the one before it; 0 for one that
        came in one go with others."""
        self.keys = 0
        """How many keys and pastes have come so far."""
        self._idle = IdleWatch(portal.settings.idle_minutes * 60, self._idle_too_long)
        self.animation_level = "none"

    @property
    def available_themes(self) -> dict[str, Theme]:
        """The two looks, and none of Textual's own."""
        return {theme.name: theme for theme in THEMES}

    @property
    def cursor_position(self) -> Offset:
        """Where Textual puts the terminal's cursor whenever it has drawn something."""
        return cursor_of(self.focused)

    @cursor_position.setter
    def cursor_position(self, place: Offset) -> None:
        """Textual's fields say where they have it: only the one with the focus counts."""

    def _idle_too_long(self) -> None:
        """From the idle watch's thread."""

    async def on_event(self, event: events.Event) -> None:
        """Every key passes here first: it ends the idle time, waits for its turn, and after an
        Esc a digit is a function key."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._touched()
            self.keys += 1
            if isinstance(event, events.Paste) and len(event.text) > LONGEST_PASTE:
                self._portal_screen().say(_paste_too_long, error=True)
            if not self.departing:
                await self._typed.add(event)
        elif isinstance(event, events.MouseDown | events.MouseUp):
            self._touched()
            if not (self.departing or self.is_held):
                await super().on_event(event)
        elif not isinstance(event, events.AppBlur):  # which window has the focus changes nothing
            await super().on_event(event)

    def _touched(self) -> None:
        """Somebody is there: both clocks of the idle time begin again."""
        self._idle.touch()
        self.visit.seen()

    async def _work_off(self, event: KeyOrPaste) -> None:
        if isinstance(event, events.Key):
            together = event in KeyReader.together
            self.gap_before = 0.0 if together else event.time - self._pressed_at
            self._pressed_at = event.time
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

    def on_keys_dropped(self) -> None:
        """They never came here."""
        self.say_dropped()

    def say_dropped(self) -> None:
        """More keys came than anybody types."""
        self._portal_screen().say(_too_many_keys, error=True)

    def _going_through(self) -> frozenset[str] | None:
        """The keys that do not wait for their turn now; None: nothing has to wait."""
        if self.is_held:
            return frozenset({LANGUAGE.keys})
        screens = [screen for screen in self.screen_stack if isinstance(screen, PortalScreen)]
        if self.ways_to_go or any(screen.delivering for screen in screens):
            return THROUGH
        return THROUGH if isinstance(self.screen, PortalScreen) and self.screen.asking else None

    @property
    def is_held(self) -> bool:
        """An answer is on its way that has to find the person: nothing leads away from it."""
        return any(s.held for s in self.screen_stack if isinstance(s, PortalScreen))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a dialog only its own keys work, the language, and Ctrl+L."""
        if isinstance(self.screen, ModalScreen):
            return action in ("language", "repaint", "focus_next", "focus_previous") or None
        return super().check_action(action, parameters)

    def action_how_to_leave(self) -> None:
        """Ctrl+C leaves nothing half done: it only says how to leave."""
        self._portal_screen().say(self.how_to_leave)

    def how_to_leave(self) -> str:
        """The way out."""
        if self.visit.session is None:
            return _("To quit the portal, press F10 (or Esc, then 0).")
        return _("To log out, press F10 (or Esc, then 0).")

    def action_repaint(self) -> None:
        """Ctrl+L: all of the screen again; another program may have written over it."""
        if isinstance(self._driver, ChangesWriter):  # Textual has no public name for it
            self._driver.forget()
        self.refresh()

    def action_language(self) -> None:
        """F5: the other language, at once, with nothing typed lost."""
        self.use_language(other_language())
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

    def _portal_screen(self) -> PortalScreen:
        for screen in reversed(self.screen_stack):
            if isinstance(screen, PortalScreen):
                return screen
        raise LookupError("the login screen is always there")


def _paste_too_long() -> str:
    return _("What was pasted is too long: only its beginning was taken.")


def _too_many_keys() -> str:
    return _("Too many keys in one go: some were ignored.")


def _remember_language(portal: Portal, session: Session) -> None:
    try:
        with _remembering:  # the language of now is the last one written, however fast F5 comes
            portal.signing_in.remember_language(session, language())
    except PortalError:
        return  # a preference: not worth a word to somebody in the middle of an order
