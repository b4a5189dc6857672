"""The deliverables on the bare terminal: nothing that was typed reaches it raw, and the full screen
comes back as it was."""

from __future__ import annotations

import pytest

from tests.support.installation import Installation
from tests.support.operator import Operator


@pytest.mark.parametrize("answer", ["enter", "x y z enter"])
def test_the_text_stands_alone_and_the_screen_comes_back(
    installation: Installation, answer: str
) -> None:
    with installation.open(SSH_CONNECTION="192.0.2.1 1 192.0.2.2 22") as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        terminal.press("1")
        terminal.wait_for("Export .txt file")
        terminal.press(*["shift+tab"] * 3, "enter")
        terminal.wait_for("Show the text alone")
        terminal.press("enter")
        terminal.wait_for("Press Enter to go back.", "Licensee name    Hôtel de Valbrune")
        assert b"\x1b[?1049l" in terminal.output  # outside the full screen
        terminal.press(*answer.split())
        terminal.wait_for("Export .txt file", "Logout")
        terminal.press("f9")
        terminal.wait_for("Space marks a group")
        terminal.press("escape")
        operator.logs_out()
        assert operator.leaves() == 0
        assert terminal.terminal_attributes() == terminal.attributes


def test_a_line_that_drops_meanwhile_ends_the_portal(installation: Installation) -> None:
    with installation.open() as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        terminal.press("1")
        terminal.wait_for("Export .txt file")
        terminal.press(*["shift+tab"] * 3, "enter")
        terminal.wait_for("Write a .txt file")
        terminal.press("down", "enter")
        terminal.wait_for("Press Enter to go back.")
        terminal.hang_up()
        terminal.process.wait(10)
