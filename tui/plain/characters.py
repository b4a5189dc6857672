"""What the reader's end can show: in the C locale, and in any other that lacks a character, plain
ASCII stands for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

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
    "œ": "oe",
    "Œ": "OE",
    "æ": "ae",
    "Æ": "AE",
}
_EURO_BEFORE = re.compile(r"€(?=\d)")
_QUOTED = re.compile("«[\u00a0\u202f]|[\u00a0\u202f]»")


def encoding_of(environment: Mapping[str, str], stream_encoding: str) -> str:
    """The character set to write in. Python writes UTF-8 in the C locale; who reads there may not
    be able to."""
    named = (environment.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next(filter(None, named), "C")
    return "ascii" if locale in {"C", "POSIX"} else stream_encoding


def written(text: str, encoding: str) -> str:
    """The text with what the character set lacks written in ASCII, or as `?`."""
    if text.isascii() or _fits(text, encoding):
        return text
    if not _fits("€", encoding):
        text = _EURO_BEFORE.sub("EUR ", text)
    if not _fits("«", encoding):
        text = _QUOTED.sub('"', text)
    return "".join(c if _fits(c, encoding) else _stand_in(c) for c in text)


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _stand_in(character: str) -> str:
    if character in _STANDS_FOR:
        return _STANDS_FOR[character]
    letters = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return letters or "?"
