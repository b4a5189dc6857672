"""Opening the portal in full screen, if there is a terminal that can show it."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from io import TextIOWrapper

from engine.assembly import Portal, open_demo, open_installation
from tui.commands.common import WrongUse, settings_of
from tui.i18n import _


def open_portal(arguments: Namespace) -> int:
    """The portal on a store. Raises `WrongUse` without a terminal."""
    return _show(lambda: open_installation(settings_of(arguments)))


def open_demo_portal(arguments: Namespace) -> int:
    """The portal on demonstration data in memory."""
    return _show(lambda: open_demo(settings_of(arguments)))


def _show(open_it: Callable[[], Portal]) -> int:
    require_terminal()
    portal = open_it()
    _speak_utf8()
    try:
        from tui.app import run_portal

        return run_portal(portal)
    finally:
        portal.close()


def require_terminal() -> None:
    """Raise `WrongUse` unless a person can see and type: without a terminal a full screen would
    wait for ever."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if all(stream is not None and stream.isatty() for stream in streams) and os.environ.get(
        "TERM", "dumb"
    ) not in {"", "dumb", "unknown"}:
        return
    raise WrongUse(
        _(
            "The full screen needs a terminal, and there is none here.\n"
            "Everything has a command, too: see `keycode-portal --help`, or try\n"
            "`keycode-portal demo --order`."
        )
    )


def _speak_utf8() -> None:
    """In a locale such as ISO-8859-1 the escapes of a full screen would be written wrongly."""
    for stream in (sys.__stdin__, sys.__stdout__, sys.__stderr__):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
