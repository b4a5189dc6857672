"""A keycode for people: in groups of four, spelled for the telephone, and for a camera."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from engine.keycode.codec import grouped
from tui.clipboard import copy_keycodes
from tui.i18n import N_, _
from tui.keymap import BACK, KEYCODE, LANGUAGE, LOG_OUT, Command
from tui.screens.base import PortalScreen
from tui.session import Visit
from tui.telephone import spelled
from tui.widgets.buttons import TickBox
from tui.widgets.words import Words


class KeycodeScreen(PortalScreen):
    """Read back group by group: Space marks a group as heard, Up and Down go between them."""

    TITLE_WORDS = N_("Keycode")
    KEYS: ClassVar[tuple[Command, ...]] = (BACK, KEYCODE, LANGUAGE, LOG_OUT)
    GUIDE_PAGE = "keycode"

    def __init__(self, visit: Visit, keycode: str, of: str) -> None:
        """`of` says what it is the keycode of: an Equipment ID, with a function for a Nexspan."""
        super().__init__(visit)
        self._keycode = keycode
        self._of = of

    def body(self) -> Iterable[Widget]:
        """The code on the left for a camera, the groups on the right for the telephone."""
        yield Words(lambda: f"{self._of}  {grouped(self._keycode)}", classes="heading")
        with Horizontal(id="keycode-page"):
            yield Static(id="qr", markup=False)
            with Vertical(id="read-back"):
                yield Words(lambda: _("Read back, Space marks what was heard"), classes="subtitle")
                with VerticalScroll(id="groups", can_focus=False):
                    for group in grouped(self._keycode).split(" "):
                        yield TickBox(value=False, say=partial(_spoken, group), classes="group")

    def on_mount(self) -> None:
        """The picture is drawn once; the first group is where reading begins."""
        from tui.qr import qr_code

        self.query_one("#qr", Static).update(qr_code(self._keycode))
        self.set_focus(self.query(TickBox).first())
        self.action_keycode()

    def action_keycode(self) -> None:
        """F9: copy it (again)."""
        copy_keycodes(self, [self._keycode])

    async def action_back(self) -> None:
        """Back to where it was asked for."""
        await self.app.pop_screen()


def _spoken(group: str) -> str:
    return f"{group:<4}  {' '.join(spelled(group))}"
