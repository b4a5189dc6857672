"""A keycode for people: in groups of four, spelled for the telephone, and for a camera."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import partial
from typing import ClassVar, NamedTuple

from textual import on
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from engine.catalogue.product import Product
from engine.keycode.codec import grouped
from engine.licences.order import FunctionKeycode
from tui.full_screen.host import Host
from tui.full_screen.keymap import BACK, GUIDE, KEYCODE, LANGUAGE, LOG_OUT, Command
from tui.full_screen.qr_code import qr_code
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.widgets.buttons import TickBox
from tui.full_screen.widgets.choice_list import ChooseDialog
from tui.full_screen.widgets.containers import Column, Row
from tui.full_screen.widgets.text import TranslatedText
from tui.terminal.clipboard import said_of_copy
from tui.terminal.encoding import speaks_utf8
from tui.wording.deliverables import function_name
from tui.wording.spelling import spelled
from tui.wording.translation import N_, _


class Labelled(NamedTuple):
    """A keycode, and what it is the keycode of."""

    of: Callable[[], str]
    """An Equipment ID, with the function for a Nexspan, in the current language."""
    keycode: str


def labelled(
    equipment_id: str,
    keycode: str | None,
    product: Product,
    function_keycodes: Iterable[FunctionKeycode],
) -> list[Labelled]:
    """The unique keycode, or those of the functions, of one system."""
    if keycode:
        return [Labelled(lambda: equipment_id, keycode)]
    return [
        Labelled(partial(_function_of, equipment_id, product, code.function), code.keycode)
        for code in function_keycodes
    ]


def _function_of(equipment_id: str, product: Product, function: str) -> str:
    return f"{equipment_id}  {function_name(product, function)}"


def show_keycode(screen: PortalScreen, codes: list[Labelled]) -> None:
    """F9: show and copy a keycode, over the screen that asks; of several, first choose one."""

    def show(keycode: str | None) -> None:
        for code in codes:
            if code.keycode == keycode:
                screen.app.push_screen(KeycodeScreen(screen.host, code))
                return

    if len(codes) == 1:
        show(codes[0].keycode)
    elif codes:
        choices = lambda: [(code.keycode, code.of()) for code in codes]  # noqa: E731
        screen.app.push_screen(ChooseDialog(lambda: _("Which keycode?"), choices), show)


class KeycodeScreen(PortalScreen):
    """Read back group by group: Space marks a group as heard, Up and Down go between them."""

    TITLE_WORDS = N_("Keycode")
    KEYS: ClassVar[tuple[Command, ...]] = (GUIDE, BACK, LANGUAGE, KEYCODE, LOG_OUT)
    GUIDE_PAGE = "keycode"

    def __init__(self, host: Host, code: Labelled) -> None:
        super().__init__(host)
        self._code = code
        self._groups = grouped(code.keycode).split(" ")

    def body(self) -> Iterable[Widget]:
        """The code on the left for a camera; on the right to be selected and to be read out."""
        with Row(id="keycode-page"):
            if speaks_utf8(os.environ):
                yield Static(id="qr", markup=False)
            else:
                yield TranslatedText(_no_qr_code, id="no-qr")
            with Column(id="read-back"):
                yield TranslatedText(self._code.of, classes="heading")
                yield TranslatedText(lambda: self._code.keycode, id="the-keycode")
                yield TranslatedText(self._heard, id="heard")
                with VerticalScroll(id="groups", can_focus=False):
                    for group in self._groups:
                        yield TickBox(value=False, say=partial(_spoken, group), classes="group")

    def begin(self) -> None:
        """The picture is drawn once; the first group is where reading begins."""
        for picture in self.query("#qr").results(Static):
            picture.update(qr_code(self._code.keycode))
        self.set_focus(self.query(TickBox).first())
        self.action_keycode()

    def action_keycode(self) -> None:
        """F9: copy it (again)."""
        if self.host.copy(self._code.keycode):
            self.say(lambda: said_of_copy(os.environ))
        else:
            self.say(lambda: _("Copying is off on a kiosk: read the keycode on the screen."))

    async def action_back(self) -> None:
        """Back to where it was asked for."""
        self.app.pop_screen()

    @on(TickBox.Changed)
    def _marked(self, event: TickBox.Changed) -> None:
        """On to the next group, so that Space alone leads through all of them."""
        self.query_one("#heard", TranslatedText).relabel()
        boxes = list(self.query(TickBox))
        after = boxes[boxes.index(event.box) + 1 :]
        if event.box.value and after:
            self.set_focus(after[0])

    def _heard(self) -> str:
        count = sum(box.value for box in self.query(TickBox)) if self.is_mounted else 0
        return _("Space marks a group as read back: {count} of {all}").format(
            count=count, all=len(self._groups)
        )


def _spoken(group: str) -> str:
    return f"{group:<4} {' '.join(spelled(group))}"


def _no_qr_code() -> str:
    return _("No QR code: the locale of this terminal is not UTF-8, so it may not show the blocks.")
