"""On a terminal that can do nothing (TERM=dumb): by itself, without echo of passwords."""

from __future__ import annotations

import os
import re
import signal

import pytest

from tests.plain.conftest import ITEMS, LOGIN, REFERENCE, Conversation, Plain
from tests.plain.test_order import TITLES, rows_after
from tests.support.guide import BODY, ROWS, SYSTEM

CTRL_C, CTRL_D = b"\x03", b"\x04"
NEVER = re.compile(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]")


def log_in(terminal: Conversation) -> None:
    """Answer question by question, as a person does."""
    for question, answer in zip(("Company name:", "Username:", "Password:"), LOGIN, strict=True):
        terminal.ask(question, answer)
    terminal.until("What would you like to do?")


@pytest.mark.parametrize("term", ["dumb", "", "unknown"])
def test_the_whole_order_on_a_dumb_terminal(plain: Plain, term: str) -> None:
    terminal = plain.terminal(TERM=term)
    log_in(terminal)
    terminal.answer("1")
    terminal.ask("Equipment ID:", SYSTEM)
    for line in ITEMS:
        terminal.ask("Item and quantity:", line)
    for question, line in zip(
        (
            "Order reference",
            "Licensee",
            "Name",
            "Address",
            "(2)",
            "(3)",
            "City",
            "Postcode",
            "Country",
        ),
        REFERENCE,
        strict=True,
    ):
        terminal.ask(f"{question}", line)
    terminal.ask("type the word YES; < goes back: ", "YES")
    terminal.ask("What would you like to do?", "0")
    terminal.ask("What would you like to do?", "0")
    terminal.ask("Company name:", "<")
    terminal.ask("What would you like to do?", "0")
    assert terminal.ends() == 0
    said = terminal.said.decode().replace("\r\n", "\n")
    assert rows_after(said, TITLES["en"]) == ROWS
    assert BODY in said
    assert LOGIN[2] not in said
    assert not NEVER.search(terminal.said)


def test_plain_is_chosen_on_a_terminal_that_could_do_more(plain: Plain) -> None:
    terminal = plain.terminal("--plain", TERM="xterm-256color")
    log_in(terminal)
    terminal.press(CTRL_D)
    assert terminal.ends() == 0
    assert "You are logged out." in terminal.said.decode()
    assert not NEVER.search(terminal.said)


def test_what_was_typed_ahead_confirms_nothing(demo: Plain) -> None:
    terminal = demo.terminal(*demo.words)
    log_in(terminal)
    terminal.answer("1", SYSTEM, *ITEMS, *REFERENCE, "YES", "YES")
    terminal.until("type the word YES")
    terminal.answer("no")
    assert "placed" not in terminal.until("Nothing is ordered yet.")


def test_ctrl_c_says_how_to_leave_and_the_second_one_ends(plain: Plain) -> None:
    terminal = plain.terminal()
    log_in(terminal)
    terminal.answer("1", SYSTEM)
    for answer in ("7 8", "8 57"):
        terminal.until("Item and quantity:")
        terminal.press(CTRL_C)
        terminal.until("press Ctrl+C again")
        terminal.ask("Item and quantity:", answer)
    terminal.until("Total excl. VAT: €4,665.00")
    terminal.until("Item and quantity:")
    terminal.press(CTRL_C)
    terminal.until("Item and quantity:")
    terminal.press(CTRL_C)
    assert terminal.ends() == 130
    assert len(plain.drafts()) == 1
    assert "in this order: 57" in plain.tell(*LOGIN, "2")


@pytest.mark.parametrize("at", ["Company name:", "Password:", "Item and quantity:"])
def test_a_terminal_that_goes_away(plain: Plain, at: str) -> None:
    terminal = plain.terminal()
    if at == "Item and quantity:":
        log_in(terminal)
        terminal.answer("1", SYSTEM)
    elif at == "Password:":
        terminal.answer(*LOGIN[:2])
    terminal.until(at)
    terminal.hang_up()
    assert terminal.process.wait(2) == 128 + signal.SIGHUP
    assert len(plain.drafts()) == (at == "Item and quantity:")


def test_the_echo_is_back_after_a_password(demo: Plain) -> None:
    terminal = demo.terminal(*demo.words)
    log_in(terminal)
    terminal.answer("3")
    assert "3\r\n" in terminal.until("Equipment ID:")


def test_output_into_a_pipe_with_a_person_at_the_keyboard(plain: Plain) -> None:
    conversation, keyboard = plain.keyboard_only()
    log_in(conversation)
    conversation.answer("0")
    conversation.ask("Company name:", "<")
    conversation.ask("What would you like to do?", "0")
    assert conversation.ends() == 0
    echoed = os.read(keyboard, 4096)
    assert LOGIN[1].encode() in echoed
    assert LOGIN[2].encode() not in echoed


def test_bytes_of_another_character_set_are_asked_for_again(plain: Plain) -> None:
    terminal = plain.terminal(TERM="dumb")
    terminal.until("Company name:")
    terminal.press("Démo\n".encode("latin-1"))
    terminal.until("These bytes are not UTF-8 text")
    log_in(terminal)
    terminal.press(CTRL_D)
    assert terminal.ends() == 0
