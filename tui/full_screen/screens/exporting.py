"""Handing the deliverables to whoever ordered: over SSH nobody can fetch a file of the server's."""

from __future__ import annotations

import os
from collections.abc import Callable

from engine.licences.order import Order
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.widgets.choice_list import ChooseDialog
from tui.terminal.clipboard import said_of_copy
from tui.wording.translation import _

BARE, COPY, FILE = "bare", "copy", "file"


def offer_export(screen: PortalScreen, order: Order, text: Callable[[], str]) -> None:
    """Ask how: what this terminal can take, and over SSH the command that fetches it. Where
    there is only one way, go it."""
    ways = [FILE, *([BARE] if screen.host.can_show_bare else []), COPY]
    over_ssh = "SSH_CONNECTION" in os.environ
    if over_ssh:
        ways.sort(key=[BARE, COPY, FILE].index)
        screen.hint(lambda: _how_to_fetch(order))

    def go(way: str | None) -> None:
        if way == BARE:
            screen.host.show_bare(text())
        elif way == COPY:
            screen.host.copy(text())
            screen.say(lambda: said_of_copy(os.environ))
        elif way == FILE:
            _write(screen, order, text())

    if not screen.host.can_copy:
        go(FILE)
        return
    names = lambda: [(way, _name_of(way)) for way in ways]  # noqa: E731
    screen.app.push_screen(ChooseDialog(lambda: _("Export"), names), go)


def _write(screen: PortalScreen, order: Order, text: str) -> None:
    session, exporting = screen.visit.signed_in, screen.visit.portal.exporting

    def written(path: str) -> None:
        screen.say(lambda: _("Exported: {path}").format(path=path))

    screen.ask(lambda: exporting.export(session, order, text), written)


def _name_of(way: str) -> str:
    return {
        BARE: _("Show the text alone"),
        COPY: _("Copy the whole text"),
        FILE: _("Write a .txt file"),
    }[way]


def _how_to_fetch(order: Order) -> str:
    return _("From your own machine: ssh … export {number}").format(number=order.number)
