"""Copying a keycode to the terminal's clipboard (OSC 52), which is an offer and no promise.

tmux and GNU screen keep what is meant for the terminal around them, unless it is wrapped in a
sequence of theirs. Each may be set not to pass it on, and a terminal may ignore it: none of them
says so. So what was tried is said, and the keycode stays on the screen to be selected.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from tui.wording.translation import N_, _

OSC_52 = "\x1b]52;"
"""How a text for the clipboard begins."""


class Around(StrEnum):
    """What stands between the portal and the terminal."""

    NOTHING = ""
    TMUX = "tmux"
    SCREEN = "screen"


_SAID = {
    Around.NOTHING: N_(
        "Sent to the clipboard of your terminal. If it is not there, select it above."
    ),
    Around.TMUX: N_(
        "Sent to the clipboard through tmux, which passes it on with set-clipboard on or"
        " allow-passthrough on. If it is not there, select it above."
    ),
    Around.SCREEN: N_(
        "Sent to the clipboard of your terminal through GNU screen, which may not pass it on."
        " If it is not there, select it above."
    ),
}


def around(environment: Mapping[str, str]) -> Around:
    """By its own variable, or through SSH, which does not bring that along, by its kind of
    terminal. `screen` may be either: tmux takes the plain text then."""
    kind = environment.get("TERM", "")
    if environment.get("TMUX") or kind.startswith("tmux"):
        return Around.TMUX
    if environment.get("STY") or kind.startswith("screen"):
        return Around.SCREEN
    return Around.NOTHING


def passed_on(sequence: str, environment: Mapping[str, str]) -> str:
    """An OSC 52 sequence as it has to be written: as it is, which tmux may take itself, and
    wrapped for the terminal around tmux or screen."""
    between = around(environment)
    if between is Around.TMUX:
        doubled = sequence.replace("\x1b", "\x1b\x1b")
        return f"{sequence}\x1bPtmux;{doubled}\x1b\\"
    if between is Around.SCREEN:
        return f"{sequence}\x1bP{sequence}\x1b\\"
    return sequence


def said_of_copy(environment: Mapping[str, str]) -> str:
    """What to say when a keycode has been sent there."""
    return _(_SAID[around(environment)])
