"""A question with two answers; the harmless one has the focus."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen

from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.containers import Column, Row
from tui.full_screen.widgets.deliberate_button import DeliberateButton
from tui.full_screen.widgets.text import Say, Words
from tui.wording.translation import _


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
