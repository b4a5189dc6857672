"""Every way in which a conversation ends: at once, with the order under way kept."""

from __future__ import annotations

import re
import signal
import subprocess
import sys

import pytest

from tests.plain.conftest import (
    ITEMS,
    LEAVE,
    LOGIN,
    REFERENCE,
    YES,
    Conversation,
    Plain,
    guide_order,
)
from tests.support.guide import BODY, SYSTEM
from tests.support.operator import Operator

RESUME = f"2. Resume the order for {SYSTEM}"
CONTINUED = r"Continued from the order kept on \d+ \w+ \d{4}, \d\d:\d\d\."
STEPS = {
    "items": (*LOGIN, "1", SYSTEM, "1", "7 8"),
    "reference": (*LOGIN, "1", SYSTEM, *ITEMS, "2125469-65891", "John Smith"),
    "validation": (*LOGIN, "1", SYSTEM, *ITEMS, *REFERENCE),
}
NEXT = {
    "items": ("Total excl. VAT: €2,490.00", "Item and quantity:"),
    "reference": ("Licensee name:", "Name:"),
    "validation": ("type the word YES",),
}
"""What is said when those answers have been heard."""


def begun(conversation: Conversation, step: str) -> Conversation:
    """An order under way, whose next question has been asked."""
    conversation.answer(*STEPS[step])
    for said in NEXT[step]:
        conversation.until(said)
    return conversation


@pytest.mark.parametrize("step", STEPS)
def test_the_end_of_input_keeps_the_order(plain: Plain, step: str) -> None:
    said = plain.tell(*STEPS[step])
    assert f"The order for {SYSTEM} is kept for later." in said
    assert len(plain.drafts()) == 1
    again = plain.tell(*LOGIN, "2", "<", "<")
    assert RESUME in again
    assert f"step {list(STEPS).index(step) + 2} of 4" in again
    assert "in this order: 8" in again


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
@pytest.mark.parametrize("step", STEPS)
def test_a_signal_keeps_the_order(plain: Plain, step: str, number: signal.Signals) -> None:
    conversation = begun(plain.talk(), step)
    conversation.process.send_signal(number)
    assert conversation.ends() == 128 + number
    assert len(plain.drafts()) == 1
    assert RESUME in plain.tell(*LOGIN)


def test_what_was_kept_becomes_the_order(plain: Plain) -> None:
    conversation = begun(plain.talk(), "reference")
    conversation.process.send_signal(signal.SIGTERM)
    conversation.ends()
    rest = ("", "", *REFERENCE[2:], YES["en"])
    said = plain.tell(*LOGIN, "2", *rest, *LEAVE)
    assert "Licensee name [John Smith]:" in said
    assert BODY in said
    assert len(plain.drafts()) == 0


def test_the_same_id_says_that_it_goes_on_with_what_was_kept(plain: Plain) -> None:
    assert "Continued from" not in plain.tell(*STEPS["reference"])
    said = plain.tell(*LOGIN, "1", SYSTEM, "<", SYSTEM)
    assert len(re.findall(CONTINUED, said)) == 1  # by then it is the order under way
    assert "Continued from" not in plain.tell(*LOGIN, "2")  # that is what was asked for


def test_damaged_drafts_are_not_dropped_in_silence(plain: Plain) -> None:
    said = "Your unfinished orders cannot be read: tell the licence desk."
    assert said not in plain.tell(*STEPS["items"])
    (drafts,) = plain.drafts()
    drafts.write_bytes(drafts.read_bytes()[:-10])
    assert said in plain.tell(*LOGIN)
    with plain.open("--language=en") as terminal:
        Operator(terminal, "en").logs_in()
        terminal.wait_for(said)


def test_logging_out_keeps_or_drops(plain: Plain) -> None:
    kept = plain.tell(*STEPS["items"], "<", "<", "0", "1", "<", "0")
    assert "is in progress. Keep it for later?" in kept
    untouched = plain.tell(*LOGIN, "0", "<", "0")  # nothing is asked of what was only offered
    assert "Keep it for later?" not in untouched
    dropped = plain.tell(*LOGIN, "2", "<", "<", "0", "2", "<", "0")
    assert RESUME in dropped
    assert RESUME not in plain.tell(*LOGIN)


def test_two_people_confirm_the_same_order(plain: Plain) -> None:
    first = begun(plain.talk(), "validation")
    second = plain.talk()
    second.answer(*LOGIN, "2")
    second.until(*NEXT["validation"])
    for conversation in (first, second):
        conversation.answer("YES", "YES")
        conversation.hang_up()
        assert conversation.ends() == 0
    [code] = set(re.findall(rf"^{BODY}.*$", first.said.decode(), re.MULTILINE))
    assert f"The order is placed: {SYSTEM}-0002" in first.said.decode()
    assert f"placed already: {SYSTEM}-0002\n" in second.said.decode()
    assert code in second.said.decode()
    assert plain.orders() == [f"{SYSTEM}-0002", f"{SYSTEM}-0001"]


def test_a_confirmation_that_is_cut_off(plain: Plain) -> None:
    """The reader is gone before the answer: the order is there, once, and the next login knows."""
    conversation = begun(plain.talk(), "validation")
    conversation.answer("YES")
    conversation.process.send_signal(signal.SIGKILL)
    conversation.ends()
    plain.tell(*LOGIN, "2", "YES")
    assert plain.orders() == [f"{SYSTEM}-0002", f"{SYSTEM}-0001"]


@pytest.mark.parametrize("words", [(), ("--plain",), ("demo", "--plain"), ("demo",)])
def test_nobody_to_answer(plain: Plain, words: tuple[str, ...]) -> None:
    status, said = plain.run(*words)
    assert status == 2
    assert "nobody here to answer" in said
    assert "demo --order" in said
    assert "Company name" not in said


def test_an_input_that_is_closed_from_the_start(demo: Plain) -> None:
    ran = subprocess.run(
        ["bash", "-c", f"exec {sys.executable} -m tui demo <&-"],
        capture_output=True,
        env=demo.environment(),
        timeout=30,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"nobody here to answer" in ran.stderr


def test_somebody_who_waits_for_the_question_and_goes(demo: Plain) -> None:
    conversation = demo.talk(*demo.words)
    conversation.until("Company name:")
    conversation.hang_up()
    assert conversation.ends() == 2
    assert b"nobody here to answer" in conversation.said


def test_output_that_nobody_reads(plain: Plain) -> None:
    given = "".join(f"{line}\n" for line in STEPS["validation"]).encode()
    ran = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m tui --plain | head -n 40; exit ${{PIPESTATUS[0]}}"],
        input=given,
        capture_output=True,
        env=plain.environment(),
        timeout=30,
        check=False,
    )
    assert b"Traceback" not in ran.stderr
    assert ran.returncode in {0, 141}
    assert len(plain.drafts()) == 1


def test_no_toolkit_is_imported(demo: Plain) -> None:
    code = (
        "import sys; from tui.__main__ import main; main();"
        "print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *demo.words],
        input="".join(f"{line}\n" for line in guide_order()).encode(),
        capture_output=True,
        env=demo.environment(),
        timeout=30,
        check=True,
    )
    assert BODY.encode() in ran.stdout
    assert not {"textual", "rich"} & set(ran.stderr.decode().splitlines()[-1].split())
