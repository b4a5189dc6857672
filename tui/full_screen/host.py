"""What a screen may ask of the app that shows it.

A screen is given its host when it is made, and knows no more of the app than this. So screens
import nothing of what opens them, and a test can be a host.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from textual.screen import Screen

from engine.accounts.people import User
from engine.errors import SessionEnded
from engine.services.access import Session
from tui.full_screen.keymap import Command
from tui.visit.export_ways import ExportWay
from tui.visit.visit import Visit


class KeyTiming(Protocol):
    """When the keys came: a press that was meant is told from one that was pasted."""

    @property
    def gap_before(self) -> float:
        """Seconds between the key that is worked off now and the one before it; 0 for one that
        came in one go with others."""

    @property
    def count(self) -> int:
        """How many keys and pastes have come so far."""


class HostKeyboard(KeyTiming, Protocol):
    """The keys, which wait while a screen asks the engine."""

    def answered(self, *, refused: bool) -> None:
        """A screen has its answer: work off what was typed meanwhile, or drop it, since after a
        refusal it is no answer to that."""


class HostNavigation(Protocol):
    """The way to other screens."""

    def offered(self, commands: Iterable[Command]) -> list[Command]:
        """Of some commands, those that lead somewhere now."""

    async def home(self) -> None:
        """Home, or the login for a person who has not signed in."""

    async def go_to(self, screen: Screen[None]) -> None:
        """Show a screen over home, in place of the one that is there."""

    async def show_order(self, number: str) -> None:
        """An order that was just placed, over home."""

    async def show_quote(self, number: str, *, saved: bool = False) -> None:
        """A quote, over home; `saved`: it was made just now."""

    async def change_password(self) -> None:
        """To the screen where one changes one's password."""


class Host(Protocol):
    """The app, as its screens know it."""

    @property
    def visit(self) -> Visit:
        """The services, who is signed in, and the order under way."""

    @property
    def keyboard(self) -> HostKeyboard:
        """The keys."""

    @property
    def navigation(self) -> HostNavigation:
        """The way to other screens."""

    def how_to_leave(self) -> str:
        """The key that leads out, in a sentence."""

    def say_how_to_leave(self) -> None:
        """Say that on the screen."""

    def signed_in(self, login: Screen[None], session: Session, user: User) -> None:
        """Somebody has signed in on that screen: show home, unless the screen was left."""

    async def end_session(self, ended: SessionEnded) -> None:
        """The session is over: keep the order under way, and back to the login, which says why."""

    def export_ways(self) -> list[ExportWay]:
        """How the text of an order can reach the person here, the likeliest first."""

    def show_bare(self, lines: Iterable[str]) -> None:
        """Show lines on the terminal without any of the portal, until `end_bare`."""

    def end_bare(self) -> None:
        """The portal again, all of it."""

    def download(self, name: str, text: str) -> None:
        """Hand a text to the browser as a file, where that is among the ways."""

    def copy(self, text: str) -> bool:
        """Send a text to the terminal's clipboard; False where nothing may go there."""
