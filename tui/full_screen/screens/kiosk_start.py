"""The start page of a kiosk: it invites in every language at once, with the demo login on it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget

from engine.demo import load_demo
from engine.settings import LANGUAGES, Language
from tui.full_screen.host import Host
from tui.full_screen.keymap import LANGUAGE
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.screens.login import LoginScreen
from tui.full_screen.widgets.containers import Column, Row
from tui.full_screen.widgets.fields import LineInput
from tui.full_screen.widgets.head_and_foot import Head
from tui.full_screen.widgets.text import Say, TranslatedText, lines
from tui.wording.contact import visitor_fields
from tui.wording.labels import field_label
from tui.wording.tables import pairs, wrapped
from tui.wording.translation import N_, _, in_language, language, other_language

COLUMN = 37
"""Cells of one language's half of the page, on the smallest terminal."""


class StartScreen(PortalScreen):
    """Any key begins; F5 begins in the other language."""

    TITLE_WORDS = N_("Demonstration")

    def __init__(self, host: Host, begin: Callable[[Language], Awaitable[None]]) -> None:
        super().__init__(host)
        self._begin = begin

    def compose(self) -> ComposeResult:
        """No ways in the frame: there is only one."""
        with Column(id="body"):
            yield from self.body()
        yield Head(self.where, [], [])
        yield TranslatedText(self._too_small, id="too-small")

    def body(self) -> Iterable[Widget]:
        """A column a language, with what says the same side by side."""
        for block, classes in BLOCKS.items():
            with Row(classes=f"invitation {classes}"):
                for spoken in LANGUAGES:
                    yield TranslatedText(_in(spoken, block))

    async def on_key(self, event: events.Key) -> None:
        """Begin."""
        event.stop()
        await self._begin(other_language() if event.key == LANGUAGE.keys else language())


class KioskLoginScreen(LoginScreen):
    """The login with the visitor's name and password filled in: Enter is enough."""

    def begin(self) -> None:
        """Fill in what the start page shows."""
        super().begin()
        visitor = load_demo().visitor
        texts = {"company": visitor.company, "login": visitor.login, "password": visitor.password}
        for name, text in texts.items():
            self.query_one(f"#{name}", LineInput).value = text
        self.set_focus(self.query_one("#sign-in"))


def _in(spoken: Language, block: Callable[[], list[str]]) -> Say:
    return lambda: in_language(spoken, lambda: lines(block()))


def _title() -> list[str]:
    return [_("Licence server")]


def _what() -> list[str]:
    return wrapped(
        _("Order licences for a telephone system and get its keycode straight away."), COLUMN
    )


def _demonstration() -> list[str]:
    return wrapped(_("This is a demonstration: try anything you like."), COLUMN)


def _login() -> list[str]:
    return pairs(visitor_fields(), COLUMN)


def _system() -> list[str]:
    row = (field_label("equipment_id"), load_demo().system[0].equipment_id)
    return [_("Try ordering for this system:"), *pairs([row], COLUMN)]


def _how_to_begin() -> list[str]:
    return wrapped(_("Press any key to begin, F5 for the other language."), COLUMN)


BLOCKS = {
    _title: "-name",
    _what: "",
    _demonstration: "",
    _login: "",
    _system: "",
    _how_to_begin: "-how-to-begin",
}
"""What it says, from top to bottom, each with its look."""
