"""Bytes that no keyboard sends, and windows that nobody can work in."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

from tests.terminal.installation import Installation
from tests.terminal.journey import ITEMS, SPEAKS, TO_ITEMS, Operator
from tests.terminal.terminal import Terminal

SIZE = 20_000
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


def test_a_window_that_is_too_small_says_so_and_loses_nothing(demo: Installation) -> None:
    with demo.open("demo") as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        terminal.press(*TO_ITEMS, *ITEMS)
        terminal.wait_for("6,195.00")
        for columns, rows in ((79, 24), (80, 23), (20, 5), (1, 1), (300, 100)):
            terminal.resize(columns, rows)
            if columns < 80 or rows < 24:
                terminal.wait_for(lambda: "Extended ACD" not in terminal.text)
                if columns > 60:
                    terminal.wait_for(f"80 × 24 characters; this window has {columns} × {rows}")
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
