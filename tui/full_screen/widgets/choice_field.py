"""One of a few, chosen from a list in the reader's language and kept as its code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.message import Message

from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.choice_list import ChooseDialog
from tui.full_screen.widgets.text import Say
from tui.wording.translation import _

LONGEST = 28
"""Most characters that are shown of a choice."""


class ChoiceField(PushButton):
    """Shows what is chosen; Enter, Space or a letter opens the list."""

    IS_FIELD: ClassVar[bool] = True

    class Changed(Message):
        """Another one was chosen."""

    def __init__(
        self,
        label: Say,
        codes: Sequence[str],
        name_of: Callable[[str], str],
        value: str,
        *,
        id: str,  # noqa: A002
    ) -> None:
        self._label = label
        self._codes = tuple(codes)
        self._name_of = name_of
        self.code = value
        super().__init__(self._shown, "", id=id)

    def _shown(self) -> str:
        return f"{(self._name_of(self.code) if self.code else _('(none)'))[:LONGEST]} …"

    async def action_press(self) -> None:
        """Open the list."""
        self._choose("")

    async def on_key(self, event: events.Key) -> None:
        """A letter or a digit opens the list and begins to look for it; for Space, Textual asks the
        button itself, too."""
        if event.character and event.character.isalnum():
            event.stop()
            event.prevent_default()
            self._choose(event.character)

    def _choose(self, typed: str) -> None:
        self.app.push_screen(ChooseDialog(self._label, self._choices, typed), self._chosen)

    def _choices(self) -> list[tuple[str, str]]:
        return [(code, self._name_of(code)) for code in self._codes]

    def _chosen(self, code: str | None) -> None:
        if code is not None:
            self.code = code
            self.relabel()
            self.post_message(self.Changed())
