"""The keycode's body: where a product's functions are in it, as the catalogue says it in digits and
as shifts and masks of one number to calculate with.

A body is read and written as a whole number of `digits` hexadecimal digits; `shift` counts bits
from its least significant end. Worked out once for each product.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

from engine.catalogue.item import Function

CODE_DIGITS = 3
NUMBER_DIGITS = 2


class Body(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The layout of the keycode's body in hexadecimal digits, most significant first."""

    digits: int
    map_digit: int | None = None
    """Where the map of on/off functions begins (unique keycodes)."""
    map_width: int | None = None
    function_digit: int | None = None
    """Where the two digits of the function's number begin (function keycodes)."""
    key_digit: int
    """The digit that holds the number of the signing key, 1–F."""


class Place(NamedTuple):
    """Where a function is: its value is `(body >> shift) & most`."""

    shift: int
    most: int
    """The largest value that fits: 1 for an on/off function."""


class Layout(NamedTuple):
    """All places of a product's keycode body."""

    digits: int
    code: int
    """The product code, at its place."""
    key_shift: int
    number_shift: int
    """Of the function's number (function keycodes); 0 for unique keycodes."""
    places: dict[str, Place]
    """Of unique keycodes: key of the function to its place, in the catalogue's order."""
    numbers: dict[str, int]
    """Of function keycodes: key of the function to its number, written as two decimal digits
    (function 10 is 0x10)."""
    functions: dict[int, str]
    """The same the other way round."""
    reserved: int
    """The bits that must be zero: those that belong to nothing."""


def layout_of(body: Body, code: str, functions: tuple[Function, ...]) -> Layout:
    """The layout of a product that has been checked: its body, product code and functions."""
    places = {f.key: _place(body, f) for f in functions if f.number is None}
    numbers = {f.key: int(f"{f.number:02d}", 16) for f in functions if f.number}
    code_shift = _shift(body, 0, CODE_DIGITS)
    key_shift = _shift(body, body.key_digit, 1)
    used = 0xFFF << code_shift | 0xF << key_shift
    for place in places.values():
        used |= place.most << place.shift
    number_shift = 0
    if body.function_digit is not None:
        number_shift = _shift(body, body.function_digit, NUMBER_DIGITS)
        used |= 0xFF << number_shift
    return Layout(
        digits=body.digits,
        code=int(code, 16) << code_shift,
        key_shift=key_shift,
        number_shift=number_shift,
        places=places,
        numbers=numbers,
        functions={number: key for key, number in numbers.items()},
        reserved=(1 << 4 * body.digits) - 1 & ~used,
    )


def _place(body: Body, function: Function) -> Place:
    if function.bit is not None and body.map_digit is not None:
        return Place(4 * (body.digits - body.map_digit) - 1 - function.bit, 1)
    if function.digit is not None and function.width is not None:
        return Place(_shift(body, function.digit, function.width), function.most)
    raise ValueError(f"function {function.key} has no place")


def _shift(body: Body, digit: int, width: int) -> int:
    """How far a field that begins at `digit` (0 is the most significant) lies from the end."""
    return 4 * (body.digits - digit - width)
