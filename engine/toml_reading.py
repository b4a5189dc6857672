"""Reading TOML that a person wrote: what is wrong with it is a place and a code, never the
English of the library.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from typing import Any

from engine.errors import TomlFault

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_CLOSING = tuple(f"Expected {mark!r}" for mark in ("]", "]]", "'", '"', "'''", '"""'))
_CODES = {
    TomlFault.CUT: ("Invalid value (at end",),
    TomlFault.VALUE: ("Invalid value",),
    TomlFault.UNCLOSED: ("Unclosed", "Unterminated", "Illegal character '\\n'", *_CLOSING),
    TomlFault.TWICE: (
        *("Cannot overwrite", "Cannot declare", "Cannot redefine", "Cannot mutate"),
        "Duplicate inline",
    ),
}
"""By how the library's messages begin; every other one is `TomlFault.TOML`."""


class TomlWrong(Exception):
    """Not TOML. `place` is line and column (`3:14`), or "" for none."""

    def __init__(self, place: str, reason: TomlFault) -> None:
        super().__init__(place, reason)
        self.place, self.reason = place, reason


def read_toml(data: bytes, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """The values of a file; a byte order mark, as some editors write it, is dropped.

    Raises `TomlWrong`.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TomlWrong("", TomlFault.ENCODING) from None
    try:
        return tomllib.loads(text, parse_float=parse_float)
    except tomllib.TOMLDecodeError as error:
        raise TomlWrong(_place(str(error), text), _code(str(error))) from None
    except (ValueError, ArithmeticError, RecursionError):  # tomllib lets these through
        raise TomlWrong("", TomlFault.TOO_BIG) from None


def _code(message: str) -> TomlFault:
    return next(
        (code for code, begins in _CODES.items() if message.startswith(begins)), TomlFault.TOML
    )


def _place(message: str, text: str) -> str:
    found = _PLACE.search(message)
    if found and found[1]:
        return f"{found[1]}:{found[2]}"
    last = text.rstrip("\n")
    return f"{last.count(chr(10)) + 1}:{len(last) - last.rfind(chr(10))}"
