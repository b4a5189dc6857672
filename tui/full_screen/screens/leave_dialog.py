"""Logout: asks first, and whether to keep an order under way (guide, Logout)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from tui.full_screen.host import Host
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.containers import Row
from tui.full_screen.widgets.deliberate_button import DeliberateButton
from tui.full_screen.widgets.dialog import Dialog
from tui.full_screen.widgets.text import TranslatedText
from tui.wording.translation import _


class Leaving(Enum):
    """What to do."""

    QUIT = "quit"
    KEEP = "keep"
    DROP = "drop"


class LeaveDialog(Dialog[Leaving | None]):
    """From the login: leave the portal. Otherwise: log out, with the order kept or dropped."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,f3", "dismiss(None)"),
        ("left,up", "app.focus_previous"),
        ("right,down", "app.focus_next"),
    ]

    def __init__(self, host: Host) -> None:
        super().__init__()
        self._keys = host.keyboard
        self._signed_in = host.visit.session is not None
        self._draft = host.visit.draft

    def content(self) -> Iterable[Widget]:
        """The question and its answers; staying has the focus."""
        yield TranslatedText(self._question, classes="question")
        with Row(classes="buttons"):
            yield PushButton(lambda: _("Stay"), "screen.dismiss(None)", id="stay")
            if not self._signed_in:
                yield PushButton(lambda: _("Quit"), "screen.answer('QUIT')", id="quit")
            elif self._draft is None:
                yield PushButton(lambda: _("Log out"), "screen.answer('KEEP')", id="keep")
            else:
                yield PushButton(
                    lambda: _("Keep it and log out"), "screen.answer('KEEP')", id="keep"
                )
                yield DeliberateButton(
                    lambda: _("Discard it and log out"),
                    "screen.answer('DROP')",
                    self._keys,
                    id="drop",
                )

    def _question(self) -> str:
        if not self._signed_in:
            return _("Quit the portal?")
        if self._draft is None:
            return _("Log out?")
        return _("An order for {id} is in progress. Keep it for later?").format(
            id=self._draft.equipment_id
        )

    def action_answer(self, answer: str) -> None:
        """Answer it."""
        self.dismiss(Leaving[answer])
