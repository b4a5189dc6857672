"""Esc and a digit: a function key for a quick hand, and no trap for one that types an ID."""

from __future__ import annotations

import pytest

from tui.full_screen.input.escape_digits import EscapeDigits
from tui.full_screen.keymap import LOG_OUT, SEARCH, Command


@pytest.mark.parametrize(
    ("digit", "after", "asks_for"),
    [
        ("4", 0.3, SEARCH),
        ("0", 0.3, LOG_OUT),
        ("0", 0.4, None),
        ("a", 0.1, None),
    ],
)
def test_only_a_digit_soon_after_is_a_function_key(
    digit: str, after: float, asks_for: Command | None
) -> None:
    escape = EscapeDigits()
    assert escape.command("escape", 100.0) is None
    assert escape.command(digit, 100.0 + after) is asks_for


def test_only_the_next_key_counts() -> None:
    escape = EscapeDigits()
    for key in ("escape", "a", "0"):
        assert escape.command(key, 100.0) is None
