"""What the reader's end can show: in the C locale, and in any other that lacks a character, plain
ASCII stands for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

_STANDS_FOR = {
    "→": "->",
    "…": "...",
    "×": "x",
    "·": "-",
    "–": "-",
    "—": "-",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
    "\u00a0": " ",
    "\u202f": " ",
    "€": "EUR",
    "©": "(c)",
    "œ": "oe",
    "Œ": "OE",
    "æ": "ae",
    "Æ": "AE",
    "█": "#",
    "░": "-",
}
_IN_A_CELL = {"→": ">", "…": ".", "€": "E", "©": "c"}
_EURO_BEFORE = re.compile(r"€(?=\d)")
_QUOTED = re.compile("«[\u00a0\u202f]|[\u00a0\u202f]»")


def encoding_of(environment: Mapping[str, str], stream_encoding: str) -> str:
    """The character set to write in. Python writes UTF-8 in the C locale; who reads there may not
    be able to."""
    named = (environment.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next(filter(None, named), "C")
    return "ascii" if locale in {"C", "POSIX"} else stream_encoding


def speaks_utf8(environment: Mapping[str, str]) -> bool:
    """Whether the terminal is said to read UTF-8; one of which nothing is said most likely does."""
    if environment.get("LC_CTYPE") == "C.UTF-8" and environment.get("LANG") in {"C", "POSIX"}:
        return bool(environment.get("LC_ALL"))  # Python has put LC_CTYPE there (PEP 538)
    named = (environment.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next(filter(None, named), "UTF-8")
    return "utf8" in locale.casefold().replace("-", "")


def written(text: str, encoding: str) -> str:
    """The text with what the character set lacks written in ASCII, or as `?`."""
    if text.isascii() or _fits(text, encoding):
        return text
    if not _fits("€", encoding):
        text = _EURO_BEFORE.sub("EUR ", text)
    if not _fits("«", encoding):
        text = _QUOTED.sub('"', text)
    return "".join(c if _fits(c, encoding) else stand_in(c) for c in text)


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def stand_in(character: str) -> str:
    """What stands in ASCII for a character: `?` for one that nothing resembles."""
    if character in _STANDS_FOR:
        return _STANDS_FOR[character]
    letters = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return letters or "?"


def one_for_one(text: str) -> str:
    """The text in ASCII with as many cells as before, for a full screen: letters without their
    accents, lines and corners as `-`, `|` and `+`, blocks as `#`."""
    return text if text.isascii() else "".join(map(_in_its_cells, text))


@cache
def _in_its_cells(character: str) -> str:
    if character.isascii():
        return character
    if unicodedata.combining(character):
        return ""
    if "\u2500" <= character <= "\u259f":
        return _line(character)
    cells = 2 if unicodedata.east_asian_width(character) in "WF" else 1
    text = _IN_A_CELL.get(character) or stand_in(character)
    return text[:1] if cells == 1 else "?" * cells


def _line(character: str) -> str:
    if character in "─━╌╍┄┅═":
        return "-"
    if character in "│┃╎╏┆┇║":
        return "|"
    return "+" if character < "\u2580" else "#"
