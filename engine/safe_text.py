"""Text from outside, made safe to store and to show.

Escape sequences, other control characters, bidirectional marks and the like are taken out where
text enters (typed, pasted, CSV, JSON) and again where it is shown: a terminal obeys them.
"""

from __future__ import annotations

import re
import unicodedata

from engine.errors import NotUtf8

_TAKEN_OUT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_MADE_SPACE = frozenset({"Zl", "Zp"})
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Letters and marks that Unicode says are not to be seen (Default_Ignorable_Code_Point)."""
_JOINED = "\u0600-\u077f\u0840-\u0dff\u1000-\u109f\u1780-\u17ff\ufb50-\ufdff\ufe70-\ufefc"
"""Arabic, Indic and other scripts that spell words with joiners."""
_IDLE_JOINER = re.compile(f"(?<![{_JOINED}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINED}])")
_JOINERS = "\u200c\u200d"
_MOST_MARKS = 30
"""Marks on one letter: no language needs more (UAX #15, stream-safe text), and composing them
takes time that grows with the square of their number."""


_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th"}
    | dict.fromkeys("‘’‚‛ʼʻʹ′`´＇", "'")
    | dict.fromkeys("‐‑‒–—―−－", "-")
)
"""What stands for letters and marks that do not come apart into a letter and its accent."""


def folded(text: str) -> str:
    """The form in which texts are compared and looked up: case, accents, kinds of spaces,
    apostrophes and hyphens, and outer or double spaces do not count."""
    if not text.isascii():
        letters = unicodedata.normalize("NFKD", text.translate(_LETTERS).casefold())
        kept = (c for c in letters if not unicodedata.combining(c) and c not in _JOINERS)
        text = "".join(kept).translate(_LETTERS)
    return " ".join(text.casefold().split())


def decoded(data: bytes) -> str:
    """The text of bytes from outside: UTF-8, with or without a byte order mark.

    Raises `NotUtf8`, also for what is UTF-16 and happens to be UTF-8: no text has a NUL.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotUtf8 from None
    if "\0" in text:
        raise NotUtf8
    return text


def clean(text: str) -> str:
    """`safe` text without outer spaces: what is stored of a field."""
    return safe(text).strip()


def safe(text: str) -> str:
    """One line of composed (NFC) text: line ends and tabs become spaces, and what a terminal
    could obey or a reader could not see is taken out. What is safe is left as it is."""
    if text.isascii() and text.isprintable():
        return text
    # Again until nothing changes: what is taken out may have kept two others apart.
    while (found := _safer(text)) != text:
        text = found
    return text


def _safer(text: str) -> str:
    text = _IDLE_JOINER.sub("", "".join(map(_safe, _UNSEEN.sub("", text))))
    return _few_marks(unicodedata.normalize("NFC", _few_marks(text)))


def without_unseen(text: str) -> str:
    """The text without what has no width and no say in a code: joiners, marks of direction and of
    byte order, and the like."""
    if text.isascii():
        return text
    return "".join(c for c in _UNSEEN.sub("", text) if unicodedata.category(c) != "Cf")


def refused_character(text: str) -> str:
    """The first character that stands for none (a byte that was no text, a private or unassigned
    number), or "": a name with a part missing would be another name."""
    return next((c for c in text if c == "\ufffd" or _is_none(c)), "")


def with_refused_marked(text: str) -> str:
    """The text with `\ufffd` for each of those, to be seen and put right."""
    return "".join("\ufffd" if _is_none(c) else c for c in text)


def _is_none(character: str) -> bool:
    category = unicodedata.category(character)
    return category in {"Cs", "Co"} or (category == "Cn" and not _is_ideograph(character))


def _is_ideograph(character: str) -> bool:
    """Of the planes that Unicode keeps for ideographs: new ones are added faster than Python's
    tables are renewed."""
    return "\U00020000" <= character <= "\U0003fffd" and ord(character) & 0xFFFE != 0xFFFE


def _few_marks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _safe(character: str) -> str:
    if character in "\t\n\r\v\f\x85":
        return " "
    if character in _JOINERS:
        return character
    category = unicodedata.category(character)
    if category in _MADE_SPACE:
        return " "
    if category == "Cn" and _is_ideograph(character):
        return character
    return "" if category in _TAKEN_OUT else character
