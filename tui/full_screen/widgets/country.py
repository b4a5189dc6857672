"""A country, chosen from a list in the reader's language and kept as its ISO code."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.message import Message

from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.choice_list import ChooseDialog
from tui.wording.formats import country_list, country_name
from tui.wording.labels import field_label
from tui.wording.translation import _


class CountryField(PushButton):
    """Shows the country; Enter, Space or a letter opens the list."""

    IS_FIELD: ClassVar[bool] = True

    class Changed(Message):
        """A country was chosen."""

    def __init__(self) -> None:
        self._code = ""
        super().__init__(self._shown, "", id="address-country")

    @property
    def code(self) -> str:
        """ISO 3166-1 alpha-2, or empty."""
        return self._code

    @code.setter
    def code(self, code: str) -> None:
        self._code = code
        self.relabel()

    def _shown(self) -> str:
        return f"{(country_name(self._code) or _('(none)'))[:28]} …"

    async def action_press(self) -> None:
        """Open the list."""
        self._choose("")

    async def on_key(self, event: events.Key) -> None:
        """A letter opens the list and begins to look for it."""
        if event.character and event.character.isalpha():
            event.stop()
            event.prevent_default()
            self._choose(event.character)

    def _choose(self, typed: str) -> None:
        dialog = ChooseDialog(lambda: field_label("address.country"), _choices, typed, country_list)
        self.app.push_screen(dialog, self._chosen)

    def _chosen(self, code: str | None) -> None:
        if code is not None:
            self.code = code
            self.post_message(self.Changed())


def _choices() -> list[tuple[str, str]]:
    return [("", _("(none)")), *country_list()]
