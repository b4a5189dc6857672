"""How many keys the usual tasks take from Home, content included, counted from the log of the keys
that went into a real terminal. README has the table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.guide import LICENSEE, REFERENCE
from tests.support.installation import Installation
from tests.support.operator import ADDRESS, CONFIRM, DELIBERATE, ITEMS, LOG_IN
from tests.support.screen import KEYS
from tests.support.terminal import Terminal

README = Path(__file__).parents[2] / "README.md"
KNOWN, SIMILAR = "2AD4", "2B17"
"""The last digits of the guide's system, and of the one that gets the same items."""
LOGIN = "log in to the demonstration"
POSTAL = "John Smith\n1 rue Arnold schoenberg\n78280 Guyancourt\nFrance"
PLACED = "Your new keycode"


class Hand:
    """Presses keys at a terminal, one after the other, and notes each: a name, or a character; what
    is pasted is one key."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.log: list[str] = []

    def press(self, *keys: str) -> None:
        for key in keys:
            self.log += [key] if key in KEYS else list(key)
        self.terminal.press(*keys)

    def paste(self, text: str) -> None:
        self.log.append("paste")
        self.terminal.paste(text)

    def sees(self, *texts: str) -> None:
        self.terminal.wait_for(*texts)

    def confirms(self) -> None:
        """From the reference on: it is read, then ordered."""
        self.press("f8")
        self.sees("[4 Validation]")
        self.press("f8")
        self.terminal.wait_for_mark(CONFIRM)
        self.terminal.watch(DELIBERATE)
        self.press("enter")
        self.sees(PLACED)


def _items(hand: Hand) -> None:
    hand.press(*ITEMS, "f8")
    hand.sees("[3 Customer reference]")


def full_order(hand: Hand) -> None:
    hand.press("f2", KNOWN, "enter")
    _items(hand)
    hand.press(REFERENCE, "enter", LICENSEE, "enter", "enter", *ADDRESS, "tab", "fr", "enter")
    hand.confirms()


def pasted_order(hand: Hand) -> None:
    hand.press("f2", KNOWN, "enter")
    _items(hand)
    hand.press(REFERENCE, "enter", LICENSEE, "enter")
    hand.paste(POSTAL)
    hand.sees("Guyancourt", "France")
    hand.confirms()


def order_again(hand: Hand) -> None:
    hand.press("1")
    hand.sees("Enter: order the same again")
    hand.press("enter", "03FFFF0302B17", "enter")
    hand.sees("[2 Items to order]")
    hand.press("f8")
    hand.sees("[3 Customer reference]")
    hand.press(REFERENCE)
    hand.confirms()


def order_for_this_system(hand: Hand) -> None:
    hand.press("f2")
    hand.sees("[1 ID]", "03FFFF0302AD4")
    hand.press("enter")
    _items(hand)
    hand.press(REFERENCE, "enter", LICENSEE)
    hand.confirms()


def earlier_order(hand: Hand) -> None:
    hand.press("1")
    hand.sees("Enter: order the same again")


def _on_its_page(hand: Hand) -> None:
    """Before the count: the system is on the screen."""
    hand.press("f4", KNOWN, "enter")
    hand.sees("Search result: 03FFFF0302AD4")


class Task(NamedTuple):
    work: Callable[[Hand], None]
    most: int
    before: Callable[[Hand], None] = lambda hand: None


TASKS = {
    "the guide’s order, every character typed": Task(full_order, 93),
    "the same, the address pasted": Task(pasted_order, 75),
    "the same for the next system (*order again*)": Task(order_again, 33),
    "a new order for the system on the screen": Task(order_for_this_system, 42, _on_its_page),
    "see what an earlier order contained": Task(earlier_order, 2),
}


@pytest.fixture
def hand(demo: Installation) -> Iterator[Hand]:
    with demo.open("demo") as terminal:
        terminal.wait_for("Company name")
        terminal.press(*LOG_IN)
        terminal.wait_for("2008-0814", "1–")
        yield Hand(terminal)


def reported(name: str, hand: Hand, most: int) -> None:
    """The count is what README says, and no more than was aimed at."""
    count = len(hand.log)
    row = f"| {name} | {count} |"
    assert count <= most, (row, hand.log)
    assert row in README.read_text(encoding="utf-8").splitlines()


def test_who_tries_the_demonstration_logs_in_with_a_key(demo: Installation) -> None:
    with demo.open("demo") as terminal:
        terminal.wait_for("Company name")
        hand = Hand(terminal)
        hand.press("enter")
        hand.sees("2008-0814")
        reported(LOGIN, hand, 2)


@pytest.mark.parametrize("name", TASKS)
def test_the_keys_of_a_task_are_as_few_as_the_readme_says(hand: Hand, name: str) -> None:
    task = TASKS[name]
    task.before(hand)
    hand.log.clear()
    task.work(hand)
    reported(name, hand, task.most)


def test_a_keycode_on_the_telephone_whose_system_nobody_knows(hand: Hand) -> None:
    hand.press("1")
    hand.sees("Enter: order the same again")
    groups = re.search(r"0001   ((?:[0-9A-Z]+ )+[0-9A-Z]+)", hand.terminal.text)
    assert groups is not None
    hand.press("escape")
    hand.sees("Latest orders")
    hand.log.clear()
    hand.press("f12")
    hand.sees("Check a keycode", "Equipment ID")
    hand.press("enter", groups[1].replace(" ", ""), "enter")
    hand.sees("Valid:")
    reported("check a keycode on the telephone, ID not known", hand, 40)
