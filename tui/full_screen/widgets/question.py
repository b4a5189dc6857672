"""A question with two answers; the harmless one has the focus."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from tui.full_screen.host import KeyTiming
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.containers import Row
from tui.full_screen.widgets.deliberate_button import DeliberateButton
from tui.full_screen.widgets.dialog import Dialog
from tui.full_screen.widgets.text import Say, TranslatedText
from tui.wording.translation import _


class ConfirmDialog(Dialog[bool]):
    """True for the deed, False for leaving things as they are."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,f3", "answer(False)"),
        ("left,up", "app.focus_previous"),
        ("right,down", "app.focus_next"),
    ]

    def __init__(self, question: Say, deed: Say, keys: KeyTiming) -> None:
        super().__init__()
        self._keys = keys
        self._question = question
        self._deed = deed

    def content(self) -> Iterable[Widget]:
        """The question and its answers."""
        yield TranslatedText(self._question, classes="question")
        with Row(classes="buttons"):
            yield PushButton(lambda: _("Back"), "screen.answer(False)")
            yield DeliberateButton(self._deed, "screen.answer(True)", self._keys, id="deed")

    def action_answer(self, answer: bool) -> None:
        """Answer it."""
        self.dismiss(answer)
