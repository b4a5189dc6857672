"""Every key in every form that a terminal may send it."""

from __future__ import annotations

import os
import signal
import string
from pathlib import Path

import pytest

from tests.support.guide import SYSTEM
from tests.support.installation import Installation
from tests.support.operator import CONFIRM, ITEMS, LOG_IN, REFERENCE, SPEAKS, TO_ITEMS, Operator
from tests.support.terminal import Terminal

LATER = [f"\x1b[{code}~" for code in (17, 18, 19, 20, 21)]
VT = [f"\x1b[{code}~" for code in (11, 12, 13, 14, 15)]
SS3 = ["\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~"]
FORMS = {
    "xterm-256color": [*SS3, *LATER],
    "screen-256color": [*SS3, *LATER],
    "tmux-256color": [*SS3, *LATER],
    "linux": [*(f"\x1b[[{letter}" for letter in "ABCDE"), *LATER],
    "rxvt-unicode": [*VT, *LATER],
    "putty-256color": [*VT, *LATER],
    "xterm-kitty": [*(f"\x1b[{letter}" for letter in "PQRS"), "\x1b[15~", *LATER],
    "vt100": [f"\x1b{digit}" for digit in "1234567890"],
}
"""What each terminal sends for F1 … F10; a terminal without them: Esc and the digit."""


@pytest.mark.parametrize("kind", FORMS)
def test_function_keys_reach_their_action(demo: Installation, kind: str) -> None:
    f1, f2, f3, f4, f5, f6, f7, f8, f9, f10 = FORMS[kind]
    with demo.open("demo", TERM=kind) as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        for keys, seen in (
            ((f1,), "Next page >>"),
            ((f3,), "Latest orders of your company"),
            ((f2, SYSTEM, "enter"), "[2 Items to order]"),
            ((f7,), "[1 ID]"),
            ((f8,), "[2 Items to order]"),
            ((f4, SYSTEM, "enter"), "Search result"),
            ((f9,), "Sent to the clipboard"),
            ((f6,), "User details"),
            ((f5,), "Nouveau mot de passe"),
            ((f5,), "New password"),
            ((f10,), "Keep it and log out"),
        ):
            terminal.press(*keys)
            terminal.wait_for(seen)


def test_escape_acts_at_once_and_a_digit_after_it_is_a_function_key(demo: Installation) -> None:
    with demo.open("demo") as terminal:
        Operator(terminal).logs_in()
        terminal.press("f2")
        terminal.wait_for("[1 ID]")
        terminal.press("escape")
        terminal.wait_for("Latest orders of your company")
        terminal.press("4")
        terminal.wait_for("Find a keycode", "Equipment ID")


@pytest.mark.parametrize("after", [0.02, 0.1, 0.2, 0.3])
def test_what_is_typed_before_the_login_is_there_is_typed_into_it(
    demo: Installation, after: float
) -> None:
    """Seconds from the start; whenever the first field gets the focus, no key is lost."""
    with demo.open("demo") as terminal:
        terminal.watch(after)
        terminal.press(*LOG_IN)
        terminal.wait_for("2008-0814")


def test_a_cat_on_the_keyboard_at_the_start_is_no_mistake_of_the_program(
    demo: Installation,
) -> None:
    with demo.open("demo") as terminal:
        for _ in range(40):
            terminal.watch(0.01)
            terminal.type("x" * 100)
        Operator(terminal).sees("Too many keys in one go")
        terminal.press("ctrl+c")  # as long as too many keys wait, F5 would be one of those ignored
        Operator(terminal).sees("To quit the portal")
        terminal.press("f5")
        terminal.wait_for(SPEAKS["fr"])


def test_ctrl_c_says_how_to_leave(demo: Installation) -> None:
    with demo.open("demo") as terminal:
        operator = Operator(terminal)
        operator.sees("Company name")
        terminal.press("ctrl+c")
        operator.sees("To quit the portal, press F10 (or Esc, then 0).")
        operator.logs_in()
        terminal.press("ctrl+c")
        operator.sees("To log out, press F10 (or Esc, then 0).")
        terminal.press(*TO_ITEMS)
        operator.at_step(2)
        terminal.press("ctrl+c")
        operator.sees("To log out, press F10 (or Esc, then 0).")


def state_of(terminal: Terminal) -> str:
    return Path(f"/proc/{terminal.process.pid}/stat").read_text().rpartition(")")[2].split()[0]


def test_no_key_stops_or_ends_the_portal(demo: Installation) -> None:
    """Ctrl+Z and Ctrl+\\ least of all: behind the portal there is no shell to go to."""
    controls = [chr(code) for code in range(1, 32) if chr(code) not in "\t\n\r\x10\x1b"]
    with demo.open("demo") as terminal:
        terminal.press("ctrl+z")  # before the portal has the terminal
        operator = Operator(terminal)
        operator.sees("Company name")
        for control in controls:
            terminal.type(control)
        operator.is_answered()
        terminal.press("f1")
        terminal.type(string.printable.replace("\r", "").replace("\n", ""))
        operator.is_answered()
        terminal.press("escape")
        operator.logs_in()
        terminal.press(*TO_ITEMS)
        operator.at_step(2)
        for control in controls:
            terminal.type(control)
        operator.is_answered()
        os.kill(terminal.process.pid, signal.SIGTSTP)
        operator.is_answered()
        assert state_of(terminal) in "RS"
        operator.at_step(2)


def test_the_other_language_keeps_what_was_typed(demo: Installation) -> None:
    """On each step, in the middle of a word."""
    with demo.open("demo") as terminal:
        operator = Operator(terminal)

        def changes_language(*kept: str) -> None:
            terminal.wait_for(*kept, SPEAKS["en"])
            terminal.press("f5")
            terminal.wait_for(*kept, SPEAKS["fr"])
            terminal.press("f5")
            terminal.wait_for(*kept, SPEAKS["en"])

        operator.sees("Company name")
        terminal.press("Demo Tel", "tab", "jsm", "tab", "demons")
        changes_language("Demo Tel", "jsm", "••••••")
        terminal.press("tration only", "shift+tab", "ith", "shift+tab", "ecom", *["enter"] * 3)
        terminal.wait_for("2008-0814")
        terminal.press("f2", SYSTEM[:7])
        changes_language(SYSTEM[:7])
        terminal.press(SYSTEM[7:], "enter")
        operator.at_step(2)
        terminal.press(*ITEMS)
        terminal.wait_for("6,195.00")
        changes_language("[x]", " 8 ", " 57 ")
        terminal.press("f8", *REFERENCE, "1 rue")
        changes_language("2125469-65891", "1 rue")
        terminal.press(" Arn", *["enter"] * 4, "tab", "france", "enter")
        terminal.wait_for("1 rue Arn", "France …")
        changes_language("1 rue Arn", "France …")
        terminal.press("f8")
        operator.at_step(4)
        changes_language("BHW1063A")
        operator.goes_to_confirm()
        changes_language("BHW1063A")
        terminal.wait_for_mark(CONFIRM)
        operator.confirms()
        changes_language("2125469-65891")
