"""The menu (Ctrl+P): everything that can be done, and what the screen at hand offers besides, with
its keys. Typing a part of a name looks for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType

from engine.safe_text import folded
from tui.full_screen.keymap import Command
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.widgets.buttons import Link, PushButton
from tui.full_screen.widgets.choice_list import ChooseDialog
from tui.full_screen.widgets.deliberate_button import DeliberateButton
from tui.wording.translation import _

Entry = Command | PushButton
"""What works from anywhere; and a button of the screen at hand."""


class MenuScreen(ChooseDialog):
    """Answers the key of an entry, or None; see `entry`."""

    BINDINGS: ClassVar[list[BindingType]] = [("ctrl+p", "dismiss(None)")]

    def __init__(self, commands: Iterable[Command], screen: PortalScreen) -> None:
        self._entries: list[Entry] = list(dict.fromkeys(commands))
        actions = {entry.action for entry in self._entries if isinstance(entry, Command)}
        self._entries += [
            button
            for button in screen.query(PushButton)
            if _is_offered(button) and button.press_action not in actions
        ]
        super().__init__(lambda: _("Menu"), self._all, find=self._found)

    def entry(self, key: str) -> Entry:
        """What that key stands for."""
        return self._entries[int(key)]

    def _all(self) -> list[tuple[str, str]]:
        return [(str(place), _line(entry)) for place, entry in enumerate(self._entries)]

    def _found(self, typed: str) -> list[tuple[str, str]]:
        """Those that have what was typed, the ones that begin with it first."""
        wanted = folded(typed)
        names = [(key, line, folded(_name(self.entry(key)))) for key, line in self._all()]
        found = [each for each in names if wanted in each[2]]
        found.sort(key=lambda each: not each[2].startswith(wanted))
        return [(key, line) for key, line, _name_of in found]


def _is_offered(button: PushButton) -> bool:
    """Not what is pressed with care, what holds a value, or stands in the head and the foot."""
    if isinstance(button, DeliberateButton | Link) or button.IS_FIELD:
        return False
    return all(each.display for each in button.ancestors_with_self)


def _name(entry: Entry) -> str:
    return _(entry.label) if isinstance(entry, Command) else str(entry.text).strip(" []")


def _line(entry: Entry) -> str:
    shown = entry.shown if isinstance(entry, Command) else ""
    return f"{shown:<6} {_name(entry)}"
