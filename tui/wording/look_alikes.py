"""Characters that look like others: of another script, or a letter like a digit."""

from __future__ import annotations

import unicodedata

_LATIN = dict(
    zip(
        "АВЕКМНОРСТУХЅІЈаеорсухіјѕԁЗ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "ABEKMHOPCTYXSIJaeopcyxijsd3" + "ABEZHIKMNOPTYX",
        strict=True,
    )
)
"""Cyrillic and Greek letters that nobody can tell from these."""
_DIGITS = {"O": "0", "o": "0", "I": "1", "i": "1", "L": "1", "l": "1"}


def looks_like(character: str) -> str:
    """The letter or digit of ASCII that a foreign character looks like; "" for none."""
    plain = _LATIN.get(character) or unicodedata.normalize("NFKC", character)
    return plain if plain != character and plain.isascii() and plain.isalnum() else ""


def probably_meant(character: str, allowed: str) -> str:
    """Which of the `allowed` capitals and digits was meant by a character; "" for none."""
    plain = looks_like(character) or character
    return next((c for c in (plain.upper(), _DIGITS.get(plain, "")) if c and c in allowed), "")
