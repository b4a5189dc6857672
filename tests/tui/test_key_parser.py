"""Keys and pastes, however the text of a terminal is cut into pieces."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key, Paste

from tui.full_screen.input.key_parser import LONGEST_PASTE, KeyParser

START, END = "\x1b[200~", "\x1b[201~"
NOISE = ("\x1b", "\x1b[", "\x1b[20", "0~", "a", "é", ";", "1", "~", "\t", "\0", "\ud800")
SEQUENCES = ("\x1b[21~", "\x1b]52;c;A\x07", "\x1b[<9;9;9M", "\x1b[48;9;9;9;9t", "\x1b[99999999999u")
PIECES = st.sampled_from([START, END, *NOISE, *SEQUENCES])


def read(*pieces: str) -> list[Key | Paste]:
    parser = KeyParser(debug=False)
    messages = [message for piece in pieces for message in parser.feed(piece)]
    return [message for message in messages if isinstance(message, Key | Paste)]


def test_a_paste_is_one_however_it_is_cut() -> None:
    text = f"x{START}two\nlines \x1b[21~{END}y"
    for at in range(1, len(text)):
        for until in range(at, len(text)):
            first, paste, last = read(text[:at], text[at:until], text[until:])
            assert isinstance(first, Key)
            assert first.key == "x"
            assert isinstance(paste, Paste)
            assert paste.text == "two\nlines \x1b[21~"
            assert isinstance(last, Key)
            assert last.key == "y"


def test_what_is_too_long_is_kept_up_to_where_that_is_seen() -> None:
    (paste,) = read(START, *["z" * 999] * 100, END)
    assert isinstance(paste, Paste)
    assert paste.text == "z" * (LONGEST_PASTE + 1)
    (paste,) = read(f"{START}{'z' * LONGEST_PASTE}{END}")
    assert isinstance(paste, Paste)
    assert paste.text == "z" * LONGEST_PASTE


def test_keys_after_a_sequence_that_cannot_be_read_are_there() -> None:
    assert [key.key for key in read("a\x1b[99999999999u", "b") if isinstance(key, Key)] == [
        "a",
        "b",
    ]


@given(st.lists(PIECES, max_size=60))
def test_whatever_comes_it_goes_on(pieces: list[str]) -> None:
    parser = KeyParser(debug=False)
    for piece in pieces:
        parser.feed(piece)
    if parser.pasting:
        parser.end_paste()
    parser.feed("\x1b")
    found = [*parser.feed(END), *parser.feed("k")]
    assert [message.key for message in found if isinstance(message, Key)][-1:] == ["k"]
