"""The keycode that was probably meant: the tag tells it from every other.

Of a code that does not verify, every text with one character changed, added, left out or swapped
with its neighbour is tried, some 2,700 of them; and every text with several letters O, I and L read
as the digits that they look like. That one verifies by chance happens once in 10¹⁵.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from itertools import combinations
from typing import NamedTuple

from engine.catalogue.product import Catalogue, Product
from engine.keycode.codec import MOST_CHARACTERS, cleaned
from engine.keycode.signing import KeyRing
from engine.keycode.verifying import verify

_ALIKE = {"O": "0", "I": "1", "L": "1"}
_MOST_ALIKE = 10
"""Letters of that kind in a code: of more, only the first are read as digits."""
_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Mistake(StrEnum):
    """What had been typed instead."""

    WRONG = "wrong"
    MISSING = "missing"
    EXTRA = "extra"
    SWAPPED = "swapped"
    ALIKE = "alike"
    """Several letters that look like digits."""
    SEVERAL = "several"
    PART = "part"
    """Nothing was wrong; the rest was not typed."""


class Repair(NamedTuple):
    """A keycode that is this system's, and where it differs from what was typed."""

    keycode: str
    mistake: Mistake
    typed: tuple[int, ...]
    """Positions (from 1) in the cleaned typed text that are wrong; none for a missing character."""
    right: tuple[int, ...]
    """Positions (from 1) in `keycode` that put it right; none for an extra character."""


def repair(
    text: str, product: Product, ring: KeyRing, equipment_id: str, release: str
) -> Repair | None:
    """The keycode of this system from which `text` differs by one slip of the hand, or None.

    Also None when `text` is right as it is: there is nothing to repair.
    """
    typed = cleaned(text)
    catalogue = Catalogue({product.key: product})
    if not 1 < len(typed) <= MOST_CHARACTERS + 1:
        return None
    if verify(typed, catalogue, ring, equipment_id, release).genuine:
        return None
    for candidate in _candidates(typed):
        if verify(candidate.keycode, catalogue, ring, equipment_id, release).genuine:
            return candidate
    return None


def _candidates(typed: str) -> Iterator[Repair]:
    for i in range(len(typed) - 1):
        before, pair, after = typed[:i], typed[i : i + 2], typed[i + 2 :]
        places = (i + 1, i + 2)
        yield Repair(before + pair[::-1] + after, Mistake.SWAPPED, places, places)
    for i in range(len(typed)):
        before, after, place = typed[:i], typed[i + 1 :], (i + 1,)
        yield Repair(before + after, Mistake.EXTRA, place, ())
        for character in _CHARACTERS:
            yield Repair(before + character + after, Mistake.WRONG, place, place)
    for i in range(len(typed) + 1):
        for character in _CHARACTERS:
            yield Repair(typed[:i] + character + typed[i:], Mistake.MISSING, (), (i + 1,))
    yield from _alike(typed)


def _alike(typed: str) -> Iterator[Repair]:
    places = [i for i, character in enumerate(typed) if character in _ALIKE][:_MOST_ALIKE]
    for count in range(2, len(places) + 1):
        for chosen in combinations(places, count):
            digits = (_ALIKE[c] if i in chosen else c for i, c in enumerate(typed))
            marked = tuple(i + 1 for i in chosen)
            yield Repair("".join(digits), Mistake.ALIKE, marked, marked)
