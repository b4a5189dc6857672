"""`Export .txt file`: the text of an order or a quote, in the way that this terminal can take."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from tui.full_screen.host import Host
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.widgets.choice_list import ChooseDialog
from tui.full_screen.widgets.dialog import Dialog
from tui.full_screen.widgets.text import TranslatedText
from tui.terminal.clipboard import said_of_copy
from tui.visit.export_ways import Exported, ExportWay, fetched_by
from tui.wording.exports import fetch_with, said_of_way
from tui.wording.translation import _


def offer_export(screen: PortalScreen, exported: Exported) -> None:
    """Ask how, where there are several ways, and do it."""
    offered = screen.host.export_ways()

    def take(chosen: str | None) -> None:
        if chosen is not None:
            _take(screen, exported, ExportWay(chosen))

    if len(offered) == 1:
        take(offered[0])
    else:
        choices = lambda: [(way.value, said_of_way(way)) for way in offered]  # noqa: E731
        screen.app.push_screen(ChooseDialog(lambda: _("Export"), choices), take)


def _take(screen: PortalScreen, exported: Exported, way: ExportWay) -> None:
    """The service is asked on every way: the right may have been taken away meanwhile."""
    text = exported.text
    if way is ExportWay.FOLDER:
        screen.ask(
            exported.to_folder,
            lambda path: screen.say(lambda: _("Exported: {path}").format(path=path)),
        )
        return

    def hand_over(name: str) -> None:
        match way:
            case ExportWay.BARE:
                screen.app.push_screen(BareText(screen.host, text))
            case ExportWay.COPY:
                if screen.host.copy(text):
                    screen.say(lambda: said_of_copy(os.environ))
            case ExportWay.DOWNLOAD:
                screen.host.download(name, text)
                screen.say(lambda: _("Sent to your browser: {name}").format(name=name))
            case _:
                command = fetched_by(screen.visit, exported.number, exported.command) or ""
                screen.say(lambda: fetch_with(command))

    screen.ask(exported.hand_over, hand_over)


class BareText(Dialog[None]):
    """Stands over the screen while the terminal shows a text without any of the portal. Whatever
    ends it (Enter, a logout, the end of the program) brings the portal's screen back."""

    BINDINGS: ClassVar[list[BindingType]] = [("enter,escape,f3", "dismiss(None)")]

    def __init__(self, host: Host, text: str) -> None:
        super().__init__()
        self._host = host
        self._text = text

    def content(self) -> Iterable[Widget]:
        """What a terminal that is no terminal would show."""
        yield TranslatedText(_back, classes="heading")

    def on_mount(self) -> None:
        """The text, and how to come back."""
        self._host.show_bare([*self._text.splitlines(), "", _back()])

    def on_unmount(self) -> None:
        """The portal again, all of it."""
        self._host.end_bare()


def _back() -> str:
    return _("Press Enter to go back.")
