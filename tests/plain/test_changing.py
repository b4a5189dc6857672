"""A system is upgraded, line by line."""

from __future__ import annotations

from tests.plain.conftest import LOGIN, Plain
from tests.support.guide import SYSTEM

CHANGE = "13"


def test_an_upgrade_from_the_menu_to_the_keycode(plain: Plain) -> None:
    said = plain.tell(*LOGIN, CHANGE, SYSTEM, "1", "4711", "yes", CHANGE, SYSTEM, "<", "0")
    assert "R5.1 → R5.2" in said
    assert "€350.00" in said
    page = said.partition(f"Order {SYSTEM}-0002")[2]
    for part in (
        "Release upgrade",
        "4711",
        "Until it runs R5.2, the keycode for R5.1 stays right:",
    ):
        assert part in page
    assert f"Ask for a correction: the quantities that were meant · {SYSTEM}-0001" in said


def test_another_word_changes_nothing(plain: Plain) -> None:
    said = plain.tell(*LOGIN, CHANGE, SYSTEM, "1", "", "perhaps", "<", "3", SYSTEM, "", "0")
    assert "Nothing is done yet." in said
    assert f"{SYSTEM}-0002" not in said
