"""Keycodes for the telephone: one word for each character, 0–9 and A–Z.

The letters are those of the international (ICAO, NATO) alphabet in both languages: hotlines in
France use it too, and so does whoever answers in Belgium, Switzerland or Québec, where the older
French alphabets differ. Its spelling (Alfa, Juliett) was made for readers of French and English.
"""

from __future__ import annotations

from engine.settings import Language
from tui.wording.translation import language

_DIGITS: dict[Language, str] = {
    "en": "zero one two three four five six seven eight nine",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf",
}
_LETTERS = (
    "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November "
    "Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu"
)
_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def spelled(text: str) -> list[str]:
    """The words for the characters of a keycode (upper case), in order; a character that has none
    stands for itself."""
    words = f"{_DIGITS[language()]} {_LETTERS}".split()
    alphabet = dict(zip(_CHARACTERS, words, strict=True))
    return [alphabet.get(character, character) for character in text]
