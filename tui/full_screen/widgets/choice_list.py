"""Choosing one of many by typing a part of its name; accents and case do not count."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from engine.safe_text import folded
from tui.full_screen.widgets.dialog import Dialog
from tui.full_screen.widgets.fields import LineInput
from tui.full_screen.widgets.text import Say, TranslatedText, plain, relabel_all
from tui.wording.translation import _

Choices = Callable[[], list[tuple[str, str]]]
"""Makes the choices in the current language: keys and what is shown for them."""
Find = Callable[[str], list[tuple[str, str]]]
"""The choices that fit what was typed, the likeliest first."""


class ChooseDialog(Dialog[str | None]):
    """A list with a line to look in it. Answers the key of the choice, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,f3", "dismiss(None)"),
        ("down", "move(1)"),
        ("up", "move(-1)"),
        ("pagedown", "move(10)"),
        ("pageup", "move(-10)"),
    ]

    def __init__(
        self, title: Say, choices: Choices, typed: str = "", find: Find | None = None
    ) -> None:
        """Without a `find` of their own, choices are found by a part of what is shown."""
        super().__init__()
        self._title = title
        self._choices = choices
        self._find = find or self._containing
        self._typed = typed

    def content(self) -> Iterable[Widget]:
        """Title, line, list, keys."""
        yield TranslatedText(self._title, classes="heading")
        yield LineInput(self._typed, max_length=40)
        yield OptionList(markup=False)
        yield TranslatedText(lambda: _("Type to search · Up/Down · Enter: choose · Esc: cancel"))

    def on_mount(self) -> None:
        """Begin in the line."""
        options = self.query_one(OptionList)
        options.can_focus = False
        line = self.query_one(LineInput)
        line.focus()
        line.cursor_position = len(self._typed)
        self._fill(self._typed)

    @on(LineInput.Changed)
    def _look(self, event: LineInput.Changed) -> None:
        self._fill(event.value)

    def relabel(self) -> None:
        """F5 works here too."""
        relabel_all(self)
        self._fill(self.query_one(LineInput).value)

    def _fill(self, typed: str) -> None:
        found = self._find(typed) if typed.strip() else self._choices()
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(plain(name), id=f"choice-{key}") for key, name in found])
        options.highlighted = 0 if found else None

    def _containing(self, typed: str) -> list[tuple[str, str]]:
        wanted = folded(typed)
        found = [c for c in self._choices() if wanted in folded(c[1])]
        return sorted(found, key=lambda c: not folded(c[1]).startswith(wanted))

    def action_move(self, by: int) -> None:
        """Up and down in the list, from the line."""
        options = self.query_one(OptionList)
        if options.option_count:
            row = (options.highlighted or 0) + by
            options.highlighted = max(0, min(options.option_count - 1, row))

    @on(LineInput.Submitted)
    def _take(self) -> None:
        option = self.query_one(OptionList).highlighted_option
        if option is not None and option.id is not None:
            self.dismiss(option.id.removeprefix("choice-"))

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss((event.option.id or "").removeprefix("choice-"))
