"""Text from outside, made safe to store and to show.

Escape sequences, other control characters, bidirectional marks and the like are taken out where
text enters (typed, pasted, CSV, JSON) and again where it is shown: a terminal obeys them.
"""

from __future__ import annotations

import unicodedata

_TAKEN_OUT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_MADE_SPACE = frozenset({"Zl", "Zp"})


def clean(text: str) -> str:
    """`safe` text without outer spaces: what is stored of a field."""
    return safe(text).strip()


def safe(text: str) -> str:
    """One line of composed (NFC) text: line ends and tabs become spaces, and what a terminal
    could obey is taken out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_safe, unicodedata.normalize("NFC", text)))


def _safe(character: str) -> str:
    if character in "\t\n\r\v\f\x85":
        return " "
    category = unicodedata.category(character)
    if category in _MADE_SPACE:
        return " "
    return "" if category in _TAKEN_OUT else character
