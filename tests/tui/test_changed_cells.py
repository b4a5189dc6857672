"""A terminal that is sent only what changes shows the same as one that is sent everything."""

from __future__ import annotations

from typing import Any

import pyte
from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.changed_cells import ChangedCells

COLUMNS, ROWS = 20, 6


def emulator() -> tuple[pyte.Screen, pyte.Stream]:
    screen = pyte.Screen(COLUMNS, ROWS)
    return screen, pyte.Stream(screen)


def looks(screen: pyte.Screen) -> list[list[Any]]:
    return [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]


moves = st.tuples(st.integers(1, ROWS), st.integers(1, COLUMNS)).map(
    lambda place: "\x1b[{};{}H".format(*place)
)
pens = st.sampled_from(
    ["", "0", "1", "31", "0;32", "38;2;10;20;30;48;2;0;0;0", "1;7", "0;38;5;9;48;5;3"]
) | st.sampled_from(["0;4;97;44", "0;48;5;17", "0;7;38;5;9", "39", "49", "22", "1;95"])
letters = st.sampled_from(["a", "b", " ", "é", "│", "█"])
words = st.text(letters, min_size=1, max_size=COLUMNS)
odd = st.sampled_from(["日本", "e\u0301", "👍"])
rare = st.sampled_from(["\x1b[2J", "\x1b[K", "\r", "\x1b[?25l", "\x1b[A", "\x1b[99;99H"])
framed = st.tuples(moves, words).map(lambda pair: pair[0] + pair[1])
pieces = st.one_of(
    framed, framed, moves, pens.map("\x1b[{}m".format), words, st.just("\n"), odd, rare
)
writes = st.lists(pieces, max_size=12).map("".join)


@given(st.lists(writes, max_size=8))
def test_after_every_write_both_screens_are_the_same(data: list[str]) -> None:
    full, full_stream = emulator()
    short, short_stream = emulator()
    filtered = ChangedCells(COLUMNS, ROWS)
    for write in data:
        full_stream.feed(write)
        short_stream.feed(filtered.shortened(write))
        assert looks(short) == looks(full)
        assert (short.cursor.x, short.cursor.y) == (full.cursor.x, full.cursor.y)


def test_what_is_there_already_is_not_sent_again() -> None:
    filtered = ChangedCells(COLUMNS, ROWS)
    row = "\x1b[0m\x1b[2;1H\x1b[1mLicences\x1b[0m"
    assert "Licences" in filtered.shortened(row)
    assert filtered.shortened(row) == ""
    assert filtered.shortened("\x1b[2;1H\x1b[1mLicenses\x1b[0m") == "\x1b[2;6Hs\x1b[2;9H"


def test_another_pen_is_a_change() -> None:
    filtered = ChangedCells(COLUMNS, ROWS)
    filtered.shortened("\x1b[0m\x1b[1;1H\x1b[31mab\x1b[0m")
    assert "ab" in filtered.shortened("\x1b[1;1H\x1b[32mab\x1b[0m")


def test_of_another_pen_only_what_differs_is_sent() -> None:
    filtered = ChangedCells(COLUMNS, ROWS)
    filtered.shortened("\x1b[1;1H\x1b[0;38;5;9;48;5;17mab")
    assert filtered.shortened("\x1b[0;38;5;9;48;5;3mcd") == "\x1b[48;5;3mcd"
    assert filtered.shortened("\x1b[0;48;5;3mef") == "\x1b[39mef"
    assert filtered.shortened("\x1b[0;1;48;5;3mgh") == "\x1b[1mgh"
    assert filtered.shortened("\x1b[0;48;5;3mij") == "\x1b[0;48;5;3mij"


def test_when_something_else_may_have_drawn_everything_is_sent() -> None:
    filtered = ChangedCells(COLUMNS, ROWS)
    filtered.shortened("\x1b[0m\x1b[1;1Hab")
    assert filtered.shortened("\x1b[1;1Hab") == ""
    filtered.forget()
    assert filtered.shortened("\x1b[1;1Hab").endswith("ab")
