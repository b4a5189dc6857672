"""The text of an order on its way to the person, on a real terminal: bare, and to the clipboard;
through SSH nobody is offered a folder of the server that he cannot look into."""

from __future__ import annotations

import re
import signal
from base64 import b64decode

import pytest

from tests.support.guide import SYSTEM
from tests.support.installation import Installation
from tests.support.operator import Operator
from tests.support.terminal import Terminal

NUMBER = f"{SYSTEM}-0002"
BY_SSH = {"SSH_CONNECTION": "192.0.2.7 50022 192.0.2.1 22"}
LEFT, ENTERED = b"\x1b[?1049l", b"\x1b[?1049h"
MOUSE_OFF, MOUSE_ON = b"\x1b[?1003l", b"\x1b[?1003h"
COPIED = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07")


def ordered(terminal: Terminal) -> Operator:
    """The guide's order, and what there is of ways to its text."""
    operator = Operator(terminal)
    operator.logs_in()
    operator.goes_to_validation()
    operator.confirms()
    terminal.press("tab", "enter")
    operator.sees("Show the text alone", "Copy the whole text")
    return operator


def test_bare_it_stands_where_the_terminal_keeps_it(installation: Installation) -> None:
    with installation.open(**BY_SSH) as terminal:
        operator = ordered(terminal)
        assert "Write a .txt file" not in terminal.text
        before = len(terminal.output)
        terminal.press("enter")
        operator.sees("Press Enter to go back.")
        shown = bytes(terminal.output[before:])
        text = installation.done("export", NUMBER).out
        assert text.replace("\n", "\r\n").encode() in shown.partition(LEFT)[2]
        assert shown.index(MOUSE_OFF) < shown.index(LEFT)
        bare = len(terminal.output)
        terminal.press("x", "f5", "f5", "ctrl+l")  # nothing of the portal is drawn meanwhile
        terminal.resize(90, 30)
        terminal.watch(0.2)
        assert len(terminal.output) == bare
        terminal.press("enter")
        operator.sees("The order is placed: {number}")
        terminal.wait_for("F10", lambda: len(terminal.text.splitlines()) == 30)
        back = bytes(terminal.output[bare:])
        assert back.index(ENTERED) < back.index(MOUSE_ON)
        terminal.resize(80, 24)
        operator.logs_out()
        assert operator.leaves() == 0
        assert terminal.terminal_attributes() == terminal.attributes
    assert list((installation.store / "export").iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_ended_while_it_stands_there_the_terminal_is_left_as_it_was(
    installation: Installation, number: signal.Signals
) -> None:
    with installation.open(**BY_SSH) as terminal:
        operator = ordered(terminal)
        terminal.press("enter")
        operator.sees("Press Enter to go back.")
        terminal.signal(number)
        assert terminal.wait_for_end() == 128 + number
        assert terminal.terminal_attributes() == terminal.attributes
        said = bytes(terminal.output)
        assert said.rindex(ENTERED) < said.rindex(LEFT)
        assert said.rindex(MOUSE_ON) < said.rindex(MOUSE_OFF)


def test_all_of_it_goes_to_the_clipboard(installation: Installation) -> None:
    with installation.open(**BY_SSH) as terminal:
        operator = ordered(terminal)
        terminal.press("down", "enter")
        operator.sees("Sent to the clipboard of your terminal.")
        (sent,) = COPIED.findall(bytes(terminal.output))
    assert b64decode(sent).decode() == installation.done("export", NUMBER).out
