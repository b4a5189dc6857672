"""A whole story at a real terminal: ordered, upgraded, the hardware fails, moved, the old keycode
checked on the telephone, and ordered for again."""

from __future__ import annotations

import pytest

from engine.settings import LANGUAGES, Language
from tests.support.guide import COMPANY, LOGIN, SYSTEM
from tests.support.installation import Installation
from tests.support.operator import DELIBERATE, Operator
from tests.support.terminal import Terminal

NEW = "03FFFF0302AFE"


def finds(terminal: Terminal, operator: Operator, equipment_id: str) -> None:
    """F4, and on to the button with the changes."""
    terminal.press("f4")
    operator.sees("Or find orders matching all of these:")
    terminal.press("end", "\x15", equipment_id, "enter")
    terminal.wait_for(equipment_id, operator.says("Change …"))
    terminal.press("shift+tab", "enter")


def confirms(terminal: Terminal, operator: Operator, button: str) -> None:
    terminal.press("f8")
    terminal.wait_for_mark(operator.says(button))
    terminal.watch(DELIBERATE)
    terminal.press("enter")


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_order_to_the_order_for_the_new_hardware(
    installation: Installation, language: Language
) -> None:
    installation.done("user", "role", COMPANY, LOGIN, "company-admin")
    first = installation.done("show", SYSTEM, "--json").json["keycode"]
    with installation.open("--language", language) as terminal:
        operator = Operator(terminal, language)
        operator.logs_in()
        operator.goes_to_validation()
        operator.confirms()
        # Another release
        finds(terminal, operator, SYSTEM)
        operator.sees("Move to other hardware")
        terminal.press("enter")
        operator.sees("Order reference")
        terminal.press("f8")
        terminal.wait_for("R5.1 → R5.2")
        confirms(terminal, operator, "YES, upgrade the system")
        terminal.wait_for(f"{SYSTEM}-0003")
        # Other hardware: there is no later release to choose any more
        finds(terminal, operator, SYSTEM)
        operator.sees("New Equipment ID")
        terminal.press(NEW, "enter", NEW, "enter", "enter")
        operator.sees("hardware failed")
        terminal.press("enter", "f8")
        terminal.wait_for(NEW, operator.says("YES, move the licences"))
        confirms(terminal, operator, "YES, move the licences")
        terminal.wait_for(f"{NEW}-0001")
        # The old keycode, read out by somebody at the new hardware
        terminal.press("f4")
        operator.sees("Or find orders matching all of these:")
        terminal.press("end", "\x15", NEW, "enter")
        terminal.wait_for(operator.says("Check a keycode"), operator.says("Change …"))
        terminal.press("shift+tab", "shift+tab", "enter")
        operator.sees("Check a keycode")
        terminal.press(first, "enter")
        operator.sees("The keycode to enter now:")
        # And on with orders
        terminal.press("f2", SYSTEM, "enter")
        terminal.wait_for(f"! {SYSTEM}", NEW)
        terminal.press("end", "\x15", NEW, "enter")
        operator.at_step(2)
    assert "No problems" in installation.done("check").err
    held = installation.done("show", NEW, "--json").json
    assert (held["release"], bool(held["inventory"])) == ("R5.2", True)
    assert installation.done("show", SYSTEM, "--json").json["inventory"] == []
