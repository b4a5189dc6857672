"""The terminal's own cursor is where the focus is: screen readers and magnifiers follow it."""

from __future__ import annotations

import pytest

from tests.support.guide import SYSTEM
from tests.support.installation import Installation
from tests.support.operator import ITEMS, REFERENCE, TO_ITEMS, Operator
from tests.support.terminal import Terminal

PLACES: dict[str, tuple[tuple[str, ...], str]] = {
    "home": ((), "Latest orders"),
    "id": (("f2",), "[1 ID]"),
    "items": (TO_ITEMS, "[2 Items to order]"),
    "reference": ((*TO_ITEMS, *ITEMS, "f8"), "[3 Customer reference]"),
    "search": (("f4",), "Equipment ID"),
    "password": (("f6",), "User details"),
    "leave dialog": (("f10",), "Log out?"),
}
"""Keys from home, and what is seen then."""


def goes_round(terminal: Terminal, times: int) -> None:
    """Tab by Tab: each time the cursor is somewhere else, on what has the focus."""
    terminal.wait_for(lambda: terminal.cursor_is_marked)
    for _ in range(times):
        before = terminal.cursor
        terminal.press("tab")
        terminal.wait_for(lambda b=before: terminal.cursor != b and terminal.cursor_is_marked)  # type: ignore[misc]


def test_at_the_login(demo: Installation) -> None:
    with demo.open("demo") as terminal:
        terminal.wait_for("Company name", lambda: terminal.cursor_is_marked)
        column, row = terminal.cursor
        terminal.press("Société 中")
        terminal.wait_for(lambda: terminal.cursor == (column + len("Société 中") + 1, row))
        terminal.press("tab", "tab", "geheim")
        terminal.wait_for(lambda: terminal.cursor == (column + len("geheim"), row + 2))
        goes_round(terminal, 8)


@pytest.mark.parametrize("place", PLACES)
def test_on_every_screen_it_goes_with_the_focus(demo: Installation, place: str) -> None:
    keys, seen = PLACES[place]
    with demo.open("demo") as terminal:
        Operator(terminal).logs_in()
        terminal.press(*keys)
        terminal.wait_for(seen)
        goes_round(terminal, 3 if place == "leave dialog" else 14)


def test_in_lists_it_is_at_the_row(demo: Installation) -> None:
    with demo.open("demo") as terminal:
        Operator(terminal).logs_in()
        terminal.press("tab", "tab", "tab")
        terminal.wait_for(lambda: terminal.at_cursor.startswith("1 "))
        terminal.press("down", "down")
        terminal.wait_for(lambda: terminal.at_cursor.startswith("3 "))
        terminal.press("ctrl+p", "new order")  # in the menu it is where one types
        terminal.wait_for("Enter: choose", lambda: terminal.at_cursor.strip() == "│")
        terminal.press("enter")
        terminal.wait_for("[1 ID]", lambda: terminal.cursor_is_marked)


def test_on_boxes_it_is_at_the_mark_and_on_buttons_at_the_first_letter(demo: Installation) -> None:
    with demo.open("demo") as terminal:
        Operator(terminal).logs_in()
        terminal.press(*TO_ITEMS)
        terminal.wait_for("[2 Items to order]", lambda: terminal.at_cursor.startswith(" ]"))
        terminal.press("space")
        terminal.wait_for(lambda: terminal.at_cursor.startswith("x]"))
        terminal.press("f8")
        terminal.wait_for("[3 Customer reference]")
        terminal.press(*REFERENCE, "f8")
        terminal.wait_for("[4 Validation]")
        terminal.press("f8")
        terminal.wait_for(lambda: terminal.at_cursor.startswith("YES"))
        terminal.press("f4", SYSTEM, "enter")
        terminal.wait_for("Search result", lambda: terminal.cursor != (0, 0))
