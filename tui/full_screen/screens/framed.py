"""The frame of every full screen: head and foot, the message line, a window that is too small."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from engine.errors import PortalError
from tui.full_screen.host import Host
from tui.full_screen.keymap import HOME, Command
from tui.full_screen.screens.head_links import tab_line, title_links
from tui.full_screen.widgets.buttons import Link
from tui.full_screen.widgets.containers import Column, NoScrollbars
from tui.full_screen.widgets.fields import LineInput
from tui.full_screen.widgets.head_and_foot import Foot, Head
from tui.full_screen.widgets.small_window import is_too_small, too_small
from tui.full_screen.widgets.text import Say, TranslatedText, lines, relabel_all
from tui.terminal.window import DESIGNED_FOR, WITH_PANES
from tui.wording.errors import sentence
from tui.wording.stored_text import clipped
from tui.wording.translation import _


class FramedScreen(Screen[None], NoScrollbars):
    """A full screen inside the frame. `body` makes what is between head and foot."""

    # A change of focus repaints two widgets, not the whole screen: a quarter of the bytes.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    TITLE_WORDS: ClassVar[str] = ""
    """Where the user is; an N_() text. See `where`."""
    TAB: ClassVar[str] = "licences"
    """The tab that is marked: `home`, `licences` or neither."""
    KEYS: ClassVar[tuple[Command, ...]] = ()
    """The keys named in the foot, as far as they lead somewhere for this user; see `keys`."""

    def __init__(self, host: Host) -> None:
        super().__init__()
        self.host = host
        self.visit = host.visit
        self._was_in_front = False
        self._focused_before: Widget | None = None
        self._said: Say = lambda: ""

    @property
    def keys(self) -> tuple[Command, ...]:
        """The keys named in the foot now."""
        return self.KEYS

    def compose(self) -> ComposeResult:
        """The body first: Tab starts in it, and goes to the menu last."""
        with Column(id="body"):
            yield from self.body()
        yield Head(self.where, title_links(self.visit), tab_line(self.visit, self.TAB))
        yield Foot(
            Link(lambda: _(HOME.label), HOME.action),
            lambda: self.host.navigation.offered(self.keys),
        )
        yield TranslatedText(self._too_small, id="too-small")

    def body(self) -> Iterable[Widget]:
        """The widgets of this screen."""
        return ()

    def where(self) -> str:
        """Where the user is, for the head."""
        return _(self.TITLE_WORDS)

    @on(events.ScreenResume)
    def _is_new(self, event: events.ScreenResume) -> None:
        """A new screen has its styles: Textual would work them all out once more."""
        if not self._was_in_front:
            event.refresh_styles = False
        self._was_in_front = True

    def on_screen_resume(self) -> None:
        """What leads somewhere may have changed while another screen was in front."""
        self.name_keys()

    def name_keys(self) -> None:
        """Name in the foot, where there is one, the keys that work now."""
        for foot in self.query(Foot):
            foot.name_keys()

    def relabel(self) -> None:
        """Say every text again in the current language; what was typed stays."""
        relabel_all(self)

    # The message line

    def say(self, say: Say, *, error: bool = False) -> None:
        """Put a message above the keys; it stays until the next one."""
        self._said = (lambda: f"! {say()}") if error else say
        for foot in self.query(Foot):  # a kiosk's start page has none
            foot.say(self._said, error=error)
        if self.has_class("-too-small"):
            self.query_one("#too-small", TranslatedText).relabel()

    def hint(self, say: Say) -> None:
        """Put there what is good to know, as far as there is room for it."""
        self._said = say
        self.query_one(Foot).say(say, hint=True)

    def say_error(self, error: PortalError) -> None:
        """Put the sentence of an error there."""
        self.say(lambda: sentence(error, self.visit.portal.catalogue), error=True)

    def clear_message(self) -> None:
        """Clear the message line."""
        self.say(lambda: "")

    @on(LineInput.NotPlaced)
    def _pasted_in_part(self, event: LineInput.NotPlaced) -> None:
        """Say that not all of what was pasted is there, when what came of it has been said."""
        rest = "" if event.line.password else clipped(" / ".join(event.lines))

        def said() -> str:
            if rest:
                return _("Not pasted, no field left: {text}").format(text=rest)
            return _("What was pasted is too long; its end is missing.")

        if event.lines or event.cut:
            self.call_after_refresh(self.say, said, error=True)

    # Size

    def on_resize(self, event: events.Resize) -> None:
        """Say what is needed when the terminal is too small; nothing typed is lost, and the
        cursor comes back to where it was: what is not displayed cannot have it meanwhile."""
        small = is_too_small(*event.size)
        if small and not self.has_class("-too-small"):
            self._focused_before = self.focused
        elif self.has_class("-too-small") and not small:
            self.call_after_refresh(self._focus_again)
        self.set_class(small, "-too-small")
        self.set_class(event.size.width >= WITH_PANES, "-wide")
        self.set_class(event.size.height < DESIGNED_FOR[1], "-low")
        self.set_class(event.size.height < DESIGNED_FOR[1] - 1, "-lowest")
        self.query_one("#too-small", TranslatedText).relabel()
        for foot in self.query(Foot):
            foot.relabel()

    def _focus_again(self) -> None:
        if self._focused_before in self.focus_chain:  # an answer may have led elsewhere meanwhile
            # As if the window had been away: what was typed is not selected, to be typed over.
            self.set_focus(self._focused_before, from_app_focus=True)

    def _too_small(self) -> Content:
        """What was said last, where one is, what is needed, and the way out."""
        if not self.is_mounted:
            return lines([])
        texts = [str(self._said()), self.where(), too_small(*self.size)]
        return lines([text for text in (*texts, self.host.how_to_leave()) if text])
