"""Copying keycodes to the terminal's clipboard (OSC 52), which is an offer and no promise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from engine.orders import Order
from tui.i18n import _

if TYPE_CHECKING:
    from tui.screens.base import PortalScreen


def keycodes_of(order: Order) -> list[str]:
    """The keycodes that an order delivered."""
    codes = [code.keycode for code in order.function_keycodes]
    return [order.keycode, *codes] if order.keycode else codes


def copy_keycodes(screen: PortalScreen, codes: Iterable[str]) -> None:
    """Send keycodes, one a line. Many terminals take them, some do not and say nothing: the
    screen shows them all the same, to be read and selected, and the message says what to do."""
    screen.app.copy_to_clipboard("\n".join(codes))
    screen.say(
        lambda: _("Sent to the clipboard of your terminal. If it is not there, select it above.")
    )
