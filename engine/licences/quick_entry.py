"""Items and quantities on one line: `1095 8 1087 57`, `BHW1095A 8`, a name, or the columns of a
spreadsheet as they are pasted. Nothing is guessed: what is not understood is named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from engine.catalogue.item import Item
from engine.safe_text import folded

MOST_CHARACTERS = 4000
_BETWEEN = re.compile(r"[\s;=|]+")
_QUANTITY = re.compile(r"[0-9]{1,12}", re.ASCII)
_PART = re.compile(r"([a-z]*)([0-9]+)([a-z]*)", re.ASCII)
_LONGEST_NAME = 8
"""Words."""
_FEWEST_LETTERS = 3
"""Of a part of a name."""


class QuickEntry(NamedTuple):
    """What was understood of a line."""

    quantities: dict[str, int]
    """By part number, added up."""
    without: tuple[str, ...]
    """Part numbers that came without the quantity that they need."""
    rubbish: tuple[str, ...]
    """What was not understood, as it was typed."""


def digits_of(part: str) -> str:
    """The digits of a part number, by which it is known: 1095 of BHW1095A."""
    found = _PART.fullmatch(folded(part))
    return found[2] if found else part


def read_quick_entry(text: str, items: Iterable[Item]) -> QuickEntry:
    """The quantities in a line, for these items; an item that is on or off needs none."""
    return _Reader(items).read(_words(text))


def _words(text: str) -> list[str]:
    words = (word.strip(",:") for word in _BETWEEN.split(text[:MOST_CHARACTERS]))
    return [word for word in words if word]


class _Reader:
    def __init__(self, items: Iterable[Item]) -> None:
        self._items = list(items)
        self._numbers: dict[str, list[Item]] = {}
        for item in self._items:
            for form in _forms(item.part):
                self._numbers.setdefault(form, []).append(item)

    def read(self, words: list[str]) -> QuickEntry:
        quantities: dict[str, int] = {}
        without: list[str] = []
        rubbish: list[list[str]] = [[]]
        at = 0
        while at < len(words):
            item, after = self._item(words, at)
            if item is None:
                rubbish[-1].append(words[at])
                at += 1
                continue
            rubbish.append([])
            quantity, at = self._quantity(words, after)
            if quantity is None and not item.is_on_off:
                without.append(item.part)
            elif item.is_on_off and quantity not in (None, 0, 1):
                rubbish.append([f"{item.part} {quantity}"])
            else:
                known = quantities.get(item.part, 0)
                quantities[item.part] = known + (1 if quantity is None else quantity)
        found = tuple(" ".join(each) for each in rubbish if each)
        return QuickEntry(quantities, tuple(without), found)

    def _quantity(self, words: list[str], at: int) -> tuple[int | None, int]:
        """A number that is no item's: a quantity of 1087 after 1095 was more likely forgotten."""
        word = words[at] if at < len(words) else ""
        if _QUANTITY.fullmatch(word) and folded(word) not in self._numbers:
            return int(word), at + 1
        return None, at

    def _item(self, words: list[str], at: int) -> tuple[Item | None, int]:
        """The item that is named from there on, and where its name ends."""
        by_number = self._numbers.get(folded(words[at]), [])
        if len(by_number) == 1:
            return by_number[0], self._after_name(words, at + 1, by_number[0])
        for end in range(min(len(words), at + _LONGEST_NAME), at, -1):
            if item := self._named(folded(" ".join(words[at:end]))):
                return item, end
        return None, at

    def _after_name(self, words: list[str], at: int, item: Item) -> int:
        """A part number may be followed by the name of its item."""
        for end in range(min(len(words), at + _LONGEST_NAME), at, -1):
            if self._named(folded(" ".join(words[at:end]))) is item:
                return end
        return at

    def _named(self, text: str) -> Item | None:
        names = {item.part: {folded(item.name.en), folded(item.name.fr)} for item in self._items}
        whole = [item for item in self._items if text in names[item.part]]
        if len(whole) == 1:
            return whole[0]
        if len(text) < _FEWEST_LETTERS or any(map(_QUANTITY.fullmatch, text.split())):
            return None
        some = [i for i in self._items if any(f" {text}" in f" {n}" for n in names[i.part])]
        return some[0] if len(some) == 1 else None


def _forms(part: str) -> set[str]:
    """BHW1095A, BHW1095, 1095A and 1095."""
    whole = folded(part)
    found = _PART.fullmatch(whole)
    if found is None:
        return {whole}
    letters, digits, version = found.groups()
    return {whole, f"{letters}{digits}", f"{digits}{version}", digits}
