"""The keycode on a real terminal: a decoder reads its picture off the screen, and the clipboard is
offered it in a way that whatever stands around the portal understands."""

from __future__ import annotations

import re
from base64 import b64decode

import pytest
import zxingcpp

from engine.keycode.codec import grouped
from engine.settings import Language
from tests.support.installation import Installation
from tests.support.operator import KEYCODE, Operator
from tests.support.terminal import Terminal

PIXELS = 6
INK = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}
"""Which halves of a cell are in the colour of the text."""
NAMED = {"black": 0, "brightwhite": 255}
HEXADECIMAL = re.compile("[0-9a-f]{6}")
COPIED = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07")
BY_ITSELF = re.compile(rb"(?<![\x1bP])\x1b\]52;c;([A-Za-z0-9+/=]+)\x07")
FOR_TMUX = re.compile(rb"\x1bPtmux;\x1b\x1b\]52;c;([A-Za-z0-9+/=]+)\x07\x1b\\")
FOR_SCREEN = re.compile(rb"\x1bP\x1b\]52;c;([A-Za-z0-9+/=]+)\x07\x1b\\")


def shows_the_guides_keycode(terminal: Terminal, language: Language = "en") -> str:
    """The guide's order, and F9."""
    operator = Operator(terminal, language)
    operator.logs_in()
    operator.goes_to_validation()
    operator.confirms()
    terminal.press("f9")
    operator.sees("Space marks a group as read back: {count} of {all}")
    operator.is_answered()
    # One keycode in three hundred is shorter: its tag has a run of zeros, written as a letter.
    (keycode,) = re.findall(r"\b442M780108G39R5M1V51[0-9A-Z]+\b", terminal.text)
    return str(keycode)


def photographed(terminal: Terminal) -> memoryview:
    """The whole screen in grey: every cell twice as high as wide, text that is no block left
    out."""
    rows: list[bytes] = []
    for line in terminal.cells():
        for half in (0, 1):
            shades = [
                light(cell.fg, 255) if INK.get(cell.data, (0, 0))[half] else light(cell.bg, 0)
                for cell in line
            ]
            rows += [bytes(shade for shade in shades for _x in range(PIXELS))] * PIXELS
    return memoryview(b"".join(rows)).cast("B", (len(rows), len(rows[0])))


def light(colour: str, default: int) -> int:
    """How bright a colour of a dark terminal is, 0–255, by its green."""
    if colour == "default":
        return default
    return NAMED.get(colour, 128) if not HEXADECIMAL.fullmatch(colour) else int(colour[2:4], 16)


@pytest.mark.parametrize(
    ("language", "environment"),
    [
        ("en", {}),
        ("fr", {}),
        ("en", {"NO_COLOR": "1"}),
        ("en", {"TERM": "linux"}),
        ("en", {"KEYCODE_PORTAL_THEME": "light"}),
    ],
)
def test_a_camera_reads_the_keycode_off_the_screen(
    demo: Installation, language: Language, environment: dict[str, str]
) -> None:
    with demo.open("demo", "--language", language, **environment) as terminal:
        keycode = shows_the_guides_keycode(terminal, language)
        assert grouped(keycode).startswith(KEYCODE)
        read = zxingcpp.read_barcodes(photographed(terminal))
        assert [code.text for code in read] == [keycode]
        groups = re.findall(r"\[ \] ([0-9A-Z]{1,4}) ", terminal.text)
        assert "".join(groups) == keycode


@pytest.mark.parametrize(
    ("environment", "forms", "said"),
    [
        ({}, [BY_ITSELF], "Sent to the clipboard of your terminal."),
        ({"TMUX": "default,1,0"}, [BY_ITSELF, FOR_TMUX], "through tmux"),
        ({"TERM": "screen-256color"}, [BY_ITSELF, FOR_SCREEN], "through GNU screen"),
    ],
)
def test_the_clipboard_is_offered_it_and_the_screen_says_how(
    demo: Installation,
    environment: dict[str, str],
    forms: list[re.Pattern[bytes]],
    said: str,
) -> None:
    with demo.open("demo", **environment) as terminal:
        keycode = shows_the_guides_keycode(terminal)
        assert said in terminal.text
        offers = [match for form in forms for match in form.findall(bytes(terminal.output))]
        assert [b64decode(text).decode() for text in offers] == [keycode] * len(forms)
        assert len(COPIED.findall(bytes(terminal.output))) == len(forms)


def test_without_utf8_there_is_a_sentence_and_no_picture(demo: Installation) -> None:
    with demo.open("demo", LC_ALL="C") as terminal:
        shows_the_guides_keycode(terminal)
        assert "No QR code" in terminal.text
        assert not set(terminal.text) & set("▀▄█")
        assert terminal.text.isascii()
