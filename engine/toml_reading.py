"""Reading TOML that a person wrote: what is wrong with it is a place and a code, never the
English of the library.

The codes:

    encoding   not UTF-8
    toml       not TOML
    value      not a value: most often a text without quotes
    unclosed   a quote or a bracket that opens and never closes
    cut        it ends where a value should be
    twice      a name that is there twice
    too-big    a number of thousands of digits, or brackets nested as deep
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from typing import Any

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_CLOSING = tuple(f"Expected {mark!r}" for mark in ("]", "]]", "'", '"', "'''", '"""'))
_CODES = {
    "cut": ("Invalid value (at end",),
    "value": ("Invalid value",),
    "unclosed": ("Unclosed", "Unterminated", "Illegal character '\\n'", *_CLOSING),
    "twice": (
        *("Cannot overwrite", "Cannot declare", "Cannot redefine", "Cannot mutate"),
        "Duplicate inline",
    ),
}
"""By how the library's messages begin; every other one is `toml`."""


class TomlWrong(Exception):
    """Not TOML. `place` is line and column (`3:14`), or "" for none."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(place, reason)
        self.place, self.reason = place, reason


def read_toml(data: bytes, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """The values of a file; a byte order mark, as some editors write it, is dropped.

    Raises `TomlWrong`.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TomlWrong("", "encoding") from None
    try:
        return tomllib.loads(text, parse_float=parse_float)
    except tomllib.TOMLDecodeError as error:
        raise TomlWrong(_place(str(error), text), _code(str(error))) from None
    except (ValueError, ArithmeticError, RecursionError):  # tomllib lets these through
        raise TomlWrong("", "too-big") from None


def _code(message: str) -> str:
    return next((code for code, begins in _CODES.items() if message.startswith(begins)), "toml")


def _place(message: str, text: str) -> str:
    found = _PLACE.search(message)
    if found and found[1]:
        return f"{found[1]}:{found[2]}"
    last = text.rstrip("\n")
    return f"{last.count(chr(10)) + 1}:{len(last) - last.rfind(chr(10))}"
