"""Bytes that no keyboard sends, and windows that nobody can work in."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.support.installation import Installation
from tests.support.operator import ITEMS, SPEAKS, TO_ITEMS, Operator
from tests.support.terminal import Terminal
from tui.full_screen.input.typed_ahead import MANY
from tui.terminal.window import LARGEST

SIZE = 20_000
FEW = MANY - 1
"""Keys that are all worked off before one that leads out."""
TRICKY = [
    b"\x1b[99999999999u",  # a character beyond Unicode
    b"\x1b[55296u",  # half a character
    b"\x1b[155;1;155u",  # a C1 control
    b"\x1b[48;99999;99999;9;9t",  # a window as big as a field
    b"\x1b[48;0;0;0;0t",
    b"\x1b[?2048;1$y",
    b"\x1b[<99999999;99999999;99999999M",
    b"\x1b[M\xff\xff\xff",
    b"\x1b[99999;99999R",
    b"\x1b[200~\x1b[201~",
    b"\x1b[201~",
    b"\x1b[I\x1b[O",
    b"\x1b" * 50,
    b"\x9b31m\xc2\x9b31m",
    b"\x00\x7f\xfe\xff",
    b"\xf0\x9f\x98",
    b"\x1b]52;c;AAAA\x07",
    b"\x1bP+q544e\x1b\\",
]


def leads_nowhere(noise: bytes) -> bytes:
    """Without the keys that would rightly leave the portal: F10 in its forms."""
    return noise.replace(b"\x1b0", b"\x1b1").replace(b"\x1b[21~", b"").replace(b"\r", b"\n")


def survives(terminal: Terminal, noise: bytes) -> None:
    """The portal is there and in order: from wherever the noise led, home is near."""
    terminal.send(noise)
    terminal.paste("")  # ends a paste that the noise has begun
    for language in ("fr", "en"):
        presses_until(terminal, "f5", partial(shows, terminal, SPEAKS[language]))
    presses_until(terminal, "escape", partial(is_home, terminal))


def presses_until(terminal: Terminal, key: str, seen: Callable[[], bool]) -> None:
    """Press a key again and again: what is typed ahead of a refusal is dropped."""
    for _ in range(400):
        terminal.press(key)
        terminal.watch(0.05)
        if seen():
            return
    raise AssertionError(f"{key} pressed in vain\n{terminal.text}")


def shows(terminal: Terminal, text: str) -> bool:
    return text in terminal.text


def is_home(terminal: Terminal) -> bool:
    home = "[HOME]" in terminal.text or "[ACCUEIL]" in terminal.text
    return home and "╭" not in terminal.text  # no dialog over it


def test_latin_1_is_no_reason_to_end(demo: Installation) -> None:
    with demo.open("demo") as terminal:
        terminal.wait_for("Company name")
        terminal.send("Société".encode("latin-1"))
        terminal.wait_for("Soci", "t")
        terminal.press("backspace", *["backspace"] * 9, "Société")
        terminal.wait_for("Société")


def test_every_tricky_sequence_is_survived(demo: Installation) -> None:
    with demo.open("demo") as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        for noise in TRICKY:
            survives(terminal, noise)


def test_noise_is_survived(demo: Installation) -> None:
    """Random bytes, and random pieces of what terminals send, at home and in an order."""
    chance = random.Random(20081)  # noqa: S311  # noise, no secret
    pieces = [*TRICKY, b"\x1b[", b"\x1bO", b"\x1b", *(bytes([c]) for c in b";~\t 7uMn@#\xe9")]
    with demo.open("demo") as terminal:
        Operator(terminal).logs_in()
        survives(terminal, leads_nowhere(b"".join(chance.choices(pieces, k=1000))))
        terminal.press(*TO_ITEMS, *ITEMS)
        terminal.wait_for("[x]", " 8 ", " 57 ")
        survives(terminal, leads_nowhere(bytes(chance.choices(range(256), k=SIZE))))


@pytest.mark.parametrize(("typed", "times"), [(b"\t", 20_000), (b"x", 60_000), (b"\x1b[B", 30_000)])
@pytest.mark.parametrize("key", ["f10", "ctrl+c"])
def test_more_keys_than_anybody_types_are_dropped_and_said(
    demo: Installation, typed: bytes, times: int, key: str
) -> None:
    """… and whoever wants to leave meanwhile is answered: for less than a tenth of what it would
    take to work all that off, as the first few of those keys show."""
    answers = {"f10": "Log out?", "ctrl+c": "To log out, press F10"}
    with demo.open("demo") as terminal:
        Operator(terminal).logs_in()
        terminal.press("f4")
        terminal.wait_for("Equipment ID")
        before = worked(terminal)
        terminal.send(typed * FEW)
        terminal.press(key)
        terminal.wait_for(answers[key])
        one = (worked(terminal) - before) / FEW
        terminal.press("escape")
        terminal.wait_for(lambda: answers[key] not in terminal.text)
        terminal.send(typed * times)
        terminal.wait_for("some were ignored")
        before = worked(terminal)
        terminal.press(key)
        terminal.wait_for(answers[key])
        assert worked(terminal) - before < one * times / 10
        assert most_memory(terminal) < 200


def worked(terminal: Terminal) -> float:
    """Seconds of a processor that the program has taken: the same on a busy machine."""
    status = Path(f"/proc/{terminal.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(status[11]) + int(status[12])) / os.sysconf("SC_CLK_TCK")


def most_memory(terminal: Terminal) -> int:
    """MiB that the program has had at most."""
    status = Path(f"/proc/{terminal.process.pid}/status").read_text()
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) // 1024


def test_a_paste_without_end_is_cut_and_that_is_said(demo: Installation) -> None:
    with demo.open("demo") as terminal:
        terminal.wait_for("Company name")
        terminal.send(b"\x1b[200~" + b"Demo Telecom " * 400_000)
        terminal.wait_for("too long: only its beginning was taken")
        terminal.wait_for("Demo Telecom Demo Telecom")
        assert most_memory(terminal) < 200
        terminal.press("tab", "jsmith")
        terminal.wait_for("jsmith")


def test_a_paste_without_end_in_the_middle_of_words(demo: Installation) -> None:
    """An Esc in what is pasted is no key, and a part of a sequence is no text."""
    with demo.open("demo") as terminal:
        terminal.wait_for("Company name")
        for piece in (b"\x1b", b"[20", b"0~Demo \x1b[21~Tele", b"com\x1b[20", b"1~\tjsmith"):
            terminal.send(piece)
        terminal.wait_for("jsmith")
        assert "Quit the portal?" not in terminal.text


def test_a_window_of_any_size_takes_no_more_than_a_large_one(demo: Installation) -> None:
    with demo.open("demo") as terminal:
        Operator(terminal).logs_in()
        terminal._tell_size(65_535, 65_535)
        terminal.wait_for(lambda: b"\x1b[%d;1H" % LARGEST[1] in terminal.output)
        assert b"\x1b[%d;1H" % (LARGEST[1] + 1) not in terminal.output
        assert most_memory(terminal) < 300
        terminal.resize(80, 24)
        terminal.press("f4")
        terminal.wait_for("Equipment ID")


@pytest.mark.parametrize("keys", [("ctrl+p",), ("f10",), ("f1", "tab", "tab", "tab", "enter")])
def test_a_dialog_survives_a_window_of_one_cell(demo: Installation, keys: tuple[str, ...]) -> None:
    with demo.open("demo") as terminal:
        Operator(terminal).logs_in()
        terminal.press(*keys)
        terminal.wait_for("╭")
        for columns in (1, 2, 3, 7, 15):
            terminal.resize(columns, 1)
            terminal.press("f5", "f5")
        terminal.resize(80, 24)
        terminal.wait_for("╭")
        terminal.press("escape")
        terminal.wait_for(lambda: "╭" not in terminal.text)


def test_what_another_program_has_written_goes_with_ctrl_l(demo: Installation) -> None:
    with demo.open("demo") as terminal:
        for keys, seen in (((), "Company name"), (("f10",), "Quit the portal?")):
            terminal.press(*keys)
            terminal.wait_for(seen)
            terminal.show(b"\x1b[5;1HBroadcast message\x1b[12;1HThe system goes down at noon")
            assert "Broadcast message" in terminal.text
            terminal.press("ctrl+l")
            terminal.wait_for(
                lambda: "Broadcast" not in terminal.text and "goes down" not in terminal.text, seen
            )


def test_a_dialog_in_a_small_window_says_the_size_once(demo: Installation) -> None:
    with demo.open("demo", "--language=en") as terminal:
        operator = Operator(terminal, "en")
        operator.logs_in()
        terminal.press("f10")
        terminal.wait_for_mark(operator.says("Stay"))
        terminal.resize(60, 15)
        terminal.wait_for("60\u00a0×\u00a015")
        terminal.wait_for_mark(operator.says("Stay"))
        assert terminal.text.count("The portal needs") == 1


def test_a_window_that_is_too_small_says_so_and_loses_nothing(demo: Installation) -> None:
    with demo.open("demo") as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        terminal.press(*TO_ITEMS, *ITEMS)
        terminal.wait_for("6,195.00")
        for columns, rows in ((79, 24), (80, 21), (20, 5), (1, 1), (300, 100)):
            terminal.resize(columns, rows)
            if columns < 80 or rows < 22:
                terminal.wait_for(lambda: "Extended ACD" not in terminal.text)
                if columns > 60:
                    terminal.wait_for(f"this window has {columns}\u00a0×\u00a0{rows}")
            else:
                terminal.wait_for("Extended ACD")
        terminal.resize(80, 24)
        terminal.wait_for("[x]", " 8 ", " 57 ", "6,195.00")
        terminal.press("backspace")
        terminal.wait_for(" 5 ")
        terminal.press("7")
        terminal.wait_for(" 57 ", "6,195.00")
        terminal.press("f8")
        operator.at_step(3)
