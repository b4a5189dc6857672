"""A text on the bare terminal, outside the full screen: what the terminal itself keeps of it can be
scrolled, selected and logged."""

from __future__ import annotations

import os
import sys

from tui.terminal.encoding import encoding_of, written
from tui.wording.translation import _


def show_alone(text: str) -> None:
    """Print it, and wait for Enter, or for the end of the input. What was typed before it was there
    is no answer to it."""
    import termios

    out, encoding = sys.__stdout__, encoding_of(os.environ, "utf-8")
    if out is None:
        return
    back = _("Press Enter to go back.")
    out.write(written(f"\n{text.rstrip()}\n\n{back} ", encoding))
    out.flush()
    try:
        termios.tcflush(0, termios.TCIFLUSH)
        while data := os.read(0, 1):
            if data in b"\r\n":
                break
    except OSError:  # the terminal is gone; whoever reads next notices
        return
    out.write("\n")
    out.flush()
