"""Keycodes for the telephone: one word a character, in the alphabet of the reader's language.

English has the international (ICAO) alphabet, French the one of its postal service. A word for
every character of a keycode: the digits 0–9 and the letters A–Z.
"""

from __future__ import annotations

from engine.settings import Language
from tui.wording.translation import language

_DIGITS: dict[Language, str] = {
    "en": "zero one two three four five six seven eight nine",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf",
}
_LETTERS: dict[Language, str] = {
    "en": "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November "
    "Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu",
    "fr": "Anatole Berthe Célestin Désiré Eugène François Gaston Henri Irma Joseph Kléber Louis "
    "Marcel Nicolas Oscar Pierre Quintal Raoul Suzanne Thérèse Ursule Victor William Xavier "
    "Yvonne Zoé",
}
_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def spelled(text: str) -> list[str]:
    """The words for the characters of a keycode (upper case), in order; a character that has none
    stands for itself."""
    chosen = language()
    words = f"{_DIGITS[chosen]} {_LETTERS[chosen]}".split()
    alphabet = dict(zip(_CHARACTERS, words, strict=True))
    return [alphabet.get(character, character) for character in text]
