"""Keycodes as text: body ↔ digits ↔ what people read and type. The format is in `FORMAT.md`.

Nothing here needs a key: whoever has a keycode can read the inventory in it. Whether it was
issued for a system is another question, and `engine.keycode.verifying` answers it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from string import ascii_lowercase, ascii_uppercase

from msgspec import Struct

from engine.catalogue.body import CODE_DIGITS, Layout
from engine.catalogue.product import Catalogue, Product
from engine.errors import KeycodeFault, KeycodeMalformed
from engine.inventory import Inventory
from engine.keycode.signing import TAG_DIGITS
from engine.safe_text import without_unseen

MOST_CHARACTERS = 144
"""Of a keycode: the longest body that the catalogue allows, and a tag, without any run of zeros."""

_LETTERS = "GHIJKLMNOPQRSTUVWXYZ"
_SHORTEST_RUN = 3
_SEVERAL = 2
_LONGEST_RUN = _SHORTEST_RUN + len(_LETTERS) - 1
_IGNORED = re.compile(r"[\s.\-\u00ad\u2010-\u2015\u2212]+")
# Not `upper()`: "ß" must not become "SS".
_UPPER = str.maketrans(ascii_lowercase, ascii_uppercase)
_FOREIGN = re.compile(r"[^0-9A-Z]")
_RUN = re.compile("0{3,}")
_LETTER = re.compile("[G-Z]")
_ZEROS = {letter: "0" * (_SHORTEST_RUN + i) for i, letter in enumerate(_LETTERS)}
# A run of zeros that `compress` would have written otherwise; its last character is the wrong one.
_MISSPELT = re.compile("000|0[G-Z]|[G-Y][0G-Z]")


class Keycode(Struct, frozen=True, kw_only=True):
    """A well-formed keycode, read. Says what it would unlock, not whether it is genuine."""

    text: str
    """As it is written: upper case, without groups."""
    product: Product
    inventory: Inventory
    """What it unlocks, in the catalogue's order; of a function keycode that one function, 1."""
    function: str | None = None
    """Key of the function, for a function keycode; otherwise None."""
    key_number: int
    """Of the signing key, 1–15."""
    body: str
    """The digits that the tag is about."""
    tag: str
    """16 digits in a keycode of this portal; others have been seen with fewer."""


def cleaned(text: str) -> str:
    """Typed text without what does not count: case, spaces of every kind, hyphens, dots, and what
    cannot be seen."""
    return _IGNORED.sub("", without_unseen(text)).translate(_UPPER)


def grouped(text: str) -> str:
    """A keycode as it is shown: groups of four."""
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def compress(digits: str) -> str:
    """Hexadecimal digits with every run of three or more zeros written as letters."""
    return _RUN.sub(_letters, digits)


def _letters(run: re.Match[str]) -> str:
    longest, rest = divmod(len(run[0]), _LONGEST_RUN)
    return "Z" * longest + (_LETTERS[rest - _SHORTEST_RUN] if rest >= _SHORTEST_RUN else "0" * rest)


def checked(text: str) -> str:
    """`cleaned` text that may be a keycode: its length and its characters are right.

    Raises `KeycodeMalformed`: `empty`, `length`, `character`.
    """
    text = cleaned(text)
    if not text:
        raise KeycodeMalformed(text="", position=1, reason=KeycodeFault.EMPTY)
    if wrong := _FOREIGN.search(text, 0, MOST_CHARACTERS):
        raise _malformed(text, wrong.end(), KeycodeFault.CHARACTER)
    if len(text) > MOST_CHARACTERS:
        raise _malformed(text, MOST_CHARACTERS + 1, KeycodeFault.LENGTH)
    return text


def expand(text: str) -> str:
    """The digits of `checked` text. Raises `KeycodeMalformed`: `spelling`."""
    if wrong := _MISSPELT.search(text):
        raise _malformed(text, wrong.end(), KeycodeFault.SPELLING)
    return _LETTER.sub(_zeros, text)


def _zeros(letter: re.Match[str]) -> str:
    return _ZEROS[letter[0]]


def encode_body(product: Product, inventory: Inventory, key_number: int) -> str:
    """The body of a unique keycode.

    `ValueError` for a quantity that does not fit (`engine.inventory` refuses it before).
    """
    layout = product.layout
    value = layout.code | key_number << layout.key_shift
    for key, quantity in inventory.items():
        shift, most = layout.places[key]
        if not 0 <= quantity <= most:
            raise ValueError(f"{key}: {quantity} is not 0–{most}")
        value |= quantity << shift
    return f"{value:0{layout.digits}X}"


def encode_function_body(product: Product, function: str, key_number: int) -> str:
    """The body of the keycode of one function."""
    layout = product.layout
    number = layout.numbers[function] << layout.number_shift
    return f"{layout.code | number | key_number << layout.key_shift:0{layout.digits}X}"


def decode(text: str, catalogue: Catalogue) -> Keycode:
    """Read a keycode, typed in any forgiven way.

    Raises `KeycodeMalformed`: as `checked` and `expand`, or `product` (no product has this
    code), `length` (too short or too long for the product), `reserved` (a place that belongs to
    nothing is not zero, a function's number that is none, a key's number that is 0).
    """
    text = checked(text)
    digits = expand(text)
    if len(digits) < CODE_DIGITS:
        raise _malformed(text, len(text) + 1, KeycodeFault.LENGTH)
    product = catalogue.with_code(digits[:CODE_DIGITS])
    if product is None:
        raise _malformed(text, 1, KeycodeFault.PRODUCT)
    layout = product.layout
    if len(digits) <= layout.digits:
        raise _malformed(text, len(text) + 1, KeycodeFault.LENGTH)
    if len(digits) > layout.digits + TAG_DIGITS:
        raise _malformed_at(text, layout.digits + TAG_DIGITS, KeycodeFault.LENGTH)
    body = digits[: layout.digits]
    value = int(body, 16)
    key_number = value >> layout.key_shift & 0xF
    if value & layout.reserved or not key_number:
        raise _malformed_at(text, _first_wrong(layout, value), KeycodeFault.RESERVED)
    function = None
    if layout.numbers:
        function = layout.functions.get(value >> layout.number_shift & 0xFF)
        if function is None:
            raise _malformed_at(text, product.body.function_digit or 0, KeycodeFault.RESERVED)
    return Keycode(
        text=text,
        product=product,
        inventory={function: 1} if function else _inventory(layout, value),
        function=function,
        key_number=key_number,
        body=body,
        tag=digits[layout.digits :],
    )


def separated(text: str, catalogue: Catalogue) -> list[str]:
    """The keycodes in a text, where several were pasted together, each once; otherwise the text.
    How long a keycode is says where the next one begins."""
    rest, found = cleaned(text), list[str]()
    while end := _end_of_first(rest, catalogue):
        found.append(rest[:end])
        rest = rest[end:]
    if rest or len(found) < _SEVERAL:
        return [text]
    return list(dict.fromkeys(found))


def _end_of_first(text: str, catalogue: Catalogue) -> int:
    """After how many characters the keycode ends that a text begins with; 0: there is none."""
    for end in range(1, min(len(text), MOST_CHARACTERS) + 1):
        with suppress(KeycodeMalformed):
            if len(decode(text[:end], catalogue).tag) == TAG_DIGITS:
                return end
    return 0


def _inventory(layout: Layout, value: int) -> Inventory:
    return {
        key: quantity
        for key, (shift, most) in layout.places.items()
        if (quantity := value >> shift & most)
    }


def _first_wrong(layout: Layout, value: int) -> int:
    """The first digit of the body that is not zero where it must be, or the key's digit."""
    wrong = value & layout.reserved
    highest_bit = wrong.bit_length() - 1 if wrong else layout.key_shift
    return layout.digits - 1 - highest_bit // 4


def _malformed_at(text: str, digit: int, reason: KeycodeFault) -> KeycodeMalformed:
    """The error at the character in which a digit (from 0) of the expanded text stands."""
    reached = 0
    for position, character in enumerate(text, start=1):
        reached += len(_ZEROS.get(character, character))
        if digit < reached:
            return _malformed(text, position, reason)
    return _malformed(text, len(text), reason)


def _malformed(text: str, position: int, reason: KeycodeFault) -> KeycodeMalformed:
    return KeycodeMalformed(text=text[: MOST_CHARACTERS + 1], position=position, reason=reason)
