"""The menu (Ctrl+P): everything that can be done here, with its key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.full_screen.keymap import Command
from tui.full_screen.widgets.dialog import Dialog
from tui.full_screen.widgets.text import TranslatedText, plain, relabel_all
from tui.wording.translation import _


class MenuScreen(Dialog[Command | None]):
    """Answers the command that was chosen, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,f3,ctrl+p", "dismiss(None)")]

    def __init__(self, commands: list[Command]) -> None:
        super().__init__()
        self._commands = commands

    def content(self) -> Iterable[Widget]:
        """The list."""
        yield TranslatedText(lambda: _("Menu"), classes="heading")
        yield OptionList(
            *(Option(_line(command)) for command in self._commands),
            markup=False,
        )
        yield TranslatedText(lambda: _("Enter: choose · Esc: close"))

    def relabel(self) -> None:
        """F5 works here too."""
        relabel_all(self)
        options = self.query_one(OptionList)
        for index, command in enumerate(self._commands):
            options.replace_option_prompt_at_index(index, _line(command))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._commands[event.option_index])


def _line(command: Command) -> Content:
    return plain(f"{command.shown:<6} {_(command.label)}")
