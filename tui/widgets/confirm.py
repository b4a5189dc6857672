"""A question with two answers; the harmless one has the focus."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen

from tui.i18n import _
from tui.widgets.buttons import PushButton
from tui.widgets.deliberate import DeliberateButton
from tui.widgets.unscrolled import Column, Row
from tui.widgets.words import Say, Words


class ConfirmDialog(ModalScreen[bool]):
    """True for the deed, False for leaving things as they are."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,f3", "answer(False)"),
        ("left,up", "app.focus_previous"),
        ("right,down", "app.focus_next"),
    ]

    def __init__(self, question: Say, deed: Say) -> None:
        super().__init__()
        self._question = question
        self._deed = deed

    def compose(self) -> ComposeResult:
        """The question and its answers."""
        with Column(classes="dialog"):
            yield Words(self._question, classes="question")
            with Row(classes="buttons"):
                yield PushButton(lambda: _("Back"), "screen.answer(False)")
                yield DeliberateButton(self._deed, "screen.answer(True)", id="deed")

    def action_answer(self, answer: bool) -> None:
        """Answer it."""
        self.dismiss(answer)
