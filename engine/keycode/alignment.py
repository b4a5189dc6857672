"""How a text that was typed lies against a keycode that somebody really has: what is wrong in the
one, and what would be right in the other, with any number of mistakes in it.

The signature finds one slip of the hand in any keycode (`engine.keycode.repair`). What was read
out over a bad line has more of them, and then only the keycodes that there are can help.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from engine.keycode.codec import MOST_CHARACTERS
from engine.keycode.signing import TAG_DIGITS

FEWEST = 4
"""Characters that a part of a keycode is recognised by: one group."""
_COMPARED = 20
"""Keycodes that are compared in full: those that share most with what was typed."""
_PIECE = 3
_BEGINNING, _IN_A_ROW = 8, 5
_MISTAKE, _LOOK_ALIKE = 3, 1
_ALIKE = str.maketrans("OIL", "011")


class Alignment(NamedTuple):
    """A keycode, and where it differs from what was typed."""

    keycode: str
    typed: tuple[int, ...]
    """Positions (from 1) in the typed text that are wrong, or one too many."""
    right: tuple[int, ...]
    """Positions (from 1) in `keycode` that put it right, or are missing."""
    cost: int
    """What the mistakes weigh: a letter that looks like a digit weighs less than others."""
    reached: int
    """So many characters of `keycode` were typed, rightly or wrongly."""

    @property
    def mistakes(self) -> int:
        """How many characters are wrong, missing or one too many."""
        return max(len(self.typed), len(self.right))


def as_digits(text: str) -> str:
    """The letters O, I and L read as the digits that they look like."""
    return text.translate(_ALIKE)


def pieces(typed: str) -> tuple[str, ...]:
    """What a keycode that was typed with mistakes in it may be found by: characters in a row from
    its end, where the signature is. The beginnings of keycodes are much alike."""
    starts = range(max(_BEGINNING, len(typed) - TAG_DIGITS), len(typed) - _IN_A_ROW + 1)
    read = (typed, as_digits(typed))
    return tuple(dict.fromkeys(text[i : i + _IN_A_ROW] for text in read for i in starts))


def part_of(typed: str, keycode: str) -> range | None:
    """The positions (from 1) of `keycode` that were typed, where that is a part of it: its
    beginning, its end, or what is between."""
    if not FEWEST <= len(typed) < len(keycode):
        return None
    alike = as_digits(typed)
    # The end is what tells keycodes apart; all of a product begin alike.
    start = max(keycode.rfind(typed), as_digits(keycode).rfind(alike))
    return None if start < 0 else range(start + 1, start + len(typed) + 1)


def nearest(typed: str, keycodes: Iterable[str]) -> Alignment | None:
    """The keycode that was probably meant, or None: when half of the signature or more than half
    of all would have to be wrong, it is another one. Of equals, the first."""
    found = (align(typed, keycode) for keycode in _most_alike(typed, keycodes))
    return min((each for each in found if _is_close(each)), key=_weight, default=None)


def nearest_so_far(typed: str, keycodes: Iterable[str]) -> Alignment | None:
    """The keycode that is probably being typed: what follows is not missing yet. None when more
    than half of what was typed would have to be wrong."""
    found = (align(typed, keycode, whole=False) for keycode in _most_alike(typed, keycodes))
    near = (each for each in found if each.mistakes * 2 <= len(typed))
    return min(near, key=_weight, default=None)


def begun(typed: str, keycodes: Iterable[str]) -> Alignment | None:
    """The keycode whose beginning was typed, with a mistake in every fourth character at most."""
    found = nearest_so_far(typed, keycodes) if len(typed) >= 2 * FEWEST else None
    return found if found and found.mistakes * 4 <= len(typed) else None


def _weight(alignment: Alignment) -> int:
    return alignment.cost


def _is_close(found: Alignment) -> bool:
    before_signature = sum(place <= len(found.keycode) - TAG_DIGITS for place in found.right)
    in_signature = found.cost - _MISTAKE * before_signature
    return found.mistakes * 2 <= len(found.keycode) and in_signature * 2 < _MISTAKE * TAG_DIGITS


def _most_alike(typed: str, keycodes: Iterable[str]) -> Collection[str]:
    """Of many, those that are worth comparing in full."""
    all_of_them = list(dict.fromkeys(keycodes))
    if len(all_of_them) <= _COMPARED:
        return all_of_them
    pieces = _pieces(typed)
    return sorted(all_of_them, key=lambda each: -len(pieces & _pieces(each)))[:_COMPARED]


def _pieces(text: str) -> set[str]:
    text = as_digits(text)
    return {text[i : i + _PIECE] for i in range(len(text) - _PIECE + 1)}


def align(typed: str, keycode: str, *, whole: bool = True) -> Alignment:
    """The cheapest way from one to the other: characters changed, left out, added, or swapped
    with their neighbour. With `whole=False` only as far into the keycode as the text reaches."""
    typed = typed[: 2 * MOST_CHARACTERS]
    costs = _costs(typed, keycode)
    last = costs[len(typed)]
    # Of equals the furthest: what was typed last is rather wrong than one too many.
    reached = len(keycode) if whole else max(m for m, c in enumerate(last) if c == min(last))
    wrong, right = _way_back(costs, typed, keycode, reached)
    return Alignment(keycode, wrong, right, last[reached], reached)


def _costs(typed: str, keycode: str) -> list[list[int]]:
    """What it costs to make the first n characters of one of the first m of the other."""
    costs = [[_MISTAKE * m for m in range(len(keycode) + 1)]]
    for n in range(1, len(typed) + 1):
        row = [_MISTAKE * n]
        for m in range(1, len(keycode) + 1):
            best = min(
                costs[n - 1][m - 1] + _changing(typed[n - 1], keycode[m - 1]),
                costs[n - 1][m] + _MISTAKE,
                row[m - 1] + _MISTAKE,
            )
            if _swapped(typed, keycode, n, m):
                best = min(best, costs[n - 2][m - 2] + _MISTAKE)
            row.append(best)
        costs.append(row)
    return costs


def _changing(one: str, other: str) -> int:
    if one == other:
        return 0
    return _LOOK_ALIKE if as_digits(one) == as_digits(other) else _MISTAKE


def _swapped(typed: str, keycode: str, n: int, m: int) -> bool:
    return (
        n > 1
        and m > 1
        and typed[n - 1] != typed[n - 2]
        and typed[n - 2 : n] == keycode[m - 2 : m][::-1]
    )


def _way_back(
    costs: list[list[int]], typed: str, keycode: str, reached: int
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The positions that the cheapest way changes, in the one and in the other."""
    wrong: list[int] = []
    right: list[int] = []
    n, m = len(typed), reached
    while n or m:
        cost = costs[n][m]
        if n and m and cost == costs[n - 1][m - 1] + _changing(typed[n - 1], keycode[m - 1]):
            if typed[n - 1] != keycode[m - 1]:
                wrong.append(n)
                right.append(m)
            n, m = n - 1, m - 1
        elif _swapped(typed, keycode, n, m) and cost == costs[n - 2][m - 2] + _MISTAKE:
            wrong += (n, n - 1)
            right += (m, m - 1)
            n, m = n - 2, m - 2
        elif n and cost == costs[n - 1][m] + _MISTAKE:
            wrong.append(n)
            n -= 1
        else:
            right.append(m)
            m -= 1
    return tuple(reversed(wrong)), tuple(reversed(right))
