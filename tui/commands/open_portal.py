"""Opening the portal: in full screen where there is a terminal that can show it, else in lines."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from io import TextIOWrapper
from typing import TYPE_CHECKING

from engine.assembly import Portal, open_demo, open_installation
from tui.commands.installation import WrongUse, settings_of
from tui.terminal.entrance import import_asyncio_without_tls
from tui.terminal.output import note
from tui.visit.arrival import Arrival
from tui.wording.translation import _

if TYPE_CHECKING:
    from argparse import Namespace


def open_portal(arguments: Namespace, arrival: Arrival | None = None) -> int:
    """The portal on a store. Raises `WrongUse` when nobody can answer."""
    return _show(
        lambda: open_installation(settings_of(arguments)), plain=arguments.plain, arrival=arrival
    )


def open_demo_portal(arguments: Namespace) -> int:
    """The portal on demonstration data in memory."""
    return _show(lambda: open_demo(settings_of(arguments)), plain=arguments.plain)


def open_kiosk(arguments: Namespace) -> int:
    """The demonstration as a kiosk, which writes no files. Raises `WrongUse` without a screen."""
    sys.dont_write_bytecode = True
    if arguments.plain or not can_show_screens():
        raise WrongUse(_("A kiosk needs a terminal that shows a full screen."))
    settings = settings_of(arguments)
    open_it = partial(open_demo, settings, files=False)
    open_it().close()  # what is wrong with the installation is said now, and once
    _speak_utf8()
    from tui.terminal.supervisor import GAVE_UP, keep_going

    status = keep_going(lambda: _kiosk_session(open_it))
    if status == GAVE_UP:
        note(_("The kiosk stopped after repeated errors."))
    return status


def _kiosk_session(open_it: Callable[[], Portal]) -> int:
    import_asyncio_without_tls()
    from tui.full_screen.kiosk import run_kiosk

    return run_kiosk(open_it)


def _show(open_it: Callable[[], Portal], *, plain: bool, arrival: Arrival | None = None) -> int:
    arrival = arrival or Arrival()
    if plain or not can_show_screens():
        return _converse(open_it, arrival)
    portal = open_it()
    _speak_utf8()
    import_asyncio_without_tls()
    try:
        from tui.full_screen.running import run_portal

        return run_portal(portal, arrival)
    finally:
        portal.close()


def _converse(open_it: Callable[[], Portal], arrival: Arrival) -> int:
    """Plain mode. Raises `WrongUse` when the input is at its end before a line has come."""
    from tui.plain.running import NothingRead, input_is_over, run_plain

    if input_is_over(sys.stdin):
        raise WrongUse(_nobody_answers())
    portal = open_it()
    try:
        return run_plain(portal, arrival)
    except NothingRead:
        raise WrongUse(_nobody_answers()) from None
    finally:
        portal.close()


def can_show_screens() -> bool:
    """Whether a person can see a full screen and type: elsewhere it would wait for ever."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return all(stream is not None and stream.isatty() for stream in streams) and os.environ.get(
        "TERM", "dumb"
    ) not in {"", "dumb", "unknown"}


def _nobody_answers() -> str:
    return _(
        "The portal asks questions, and there is nobody here to answer: the input is at its end.\n"
        "Everything has a command, too: see `keycode-portal --help`, or try\n"
        "`keycode-portal demo --order`."
    )


def _speak_utf8() -> None:
    """In a locale such as ISO-8859-1 the escapes of a full screen would be written wrongly."""
    for stream in (sys.__stdin__, sys.__stdout__, sys.__stderr__):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
