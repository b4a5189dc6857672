"""Whether every function of a product has its own place in the keycode's body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from engine.catalogue.body import CODE_DIGITS, NUMBER_DIGITS, Body
from engine.catalogue.item import Function
from engine.catalogue.product import Keycodes, Product
from engine.errors import CatalogueFault

MOST_DIGITS = 128
"""The longest body: with its tag, what can still be typed."""
MOST_WIDTH = 8
MOST_NUMBER = 99

Found = tuple[str, CatalogueFault, str]
"""Place, reason, and what stood there."""


class _Field(NamedTuple):
    place: str
    digit: int
    width: int


def check_places(product: Product) -> Iterator[Found]:
    """What is wrong with the places of the body and of its functions."""
    unique = product.keycodes is Keycodes.UNIQUE
    wrong = [*_body(product.body, unique)]
    for function in product.functions:
        wrong += _counted(function, product.body) if unique else _numbered(function)
    wrong += _taken_twice(product.functions)
    # Fields can only be laid side by side once each of them is one.
    yield from wrong or _side_by_side(product)


def _body(body: Body, unique: bool) -> Iterator[Found]:
    if not CODE_DIGITS < body.digits <= MOST_DIGITS:
        yield "body, digits", CatalogueFault.OUTSIDE, str(body.digits)
    if unique:
        if body.function_digit is not None:
            yield "body, function_digit", CatalogueFault.NOT_USED, str(body.function_digit)
        if (body.map_digit is None) != (body.map_width is None):
            missing = "map_digit" if body.map_digit is None else "map_width"
            yield f"body, {missing}", CatalogueFault.MISSING_KEY, ""
        if body.map_width is not None and not 1 <= body.map_width <= MOST_DIGITS:
            yield "body, map_width", CatalogueFault.OUTSIDE, str(body.map_width)
        return
    if body.function_digit is None:
        yield "body, function_digit", CatalogueFault.MISSING_KEY, ""
    for name, value in (("map_digit", body.map_digit), ("map_width", body.map_width)):
        if value is not None:
            yield f"body, {name}", CatalogueFault.NOT_USED, str(value)


def _counted(function: Function, body: Body) -> Iterator[Found]:
    """A function of a unique keycode: a bit of the map, or digits of its own."""
    place = f"function {function.key}"
    needed = {"bit"} if function.is_on_off else {"digit", "width"}
    yield from _given(function, needed)
    if function.bit is not None and not 0 <= function.bit < 4 * (body.map_width or 0):
        yield f"{place}, bit", CatalogueFault.OUTSIDE, str(function.bit)
    if function.width is not None and not 1 <= function.width <= MOST_WIDTH:
        yield f"{place}, width", CatalogueFault.OUTSIDE, str(function.width)


def _numbered(function: Function) -> Iterator[Found]:
    """A function that has a keycode of its own: a number, and no quantity."""
    place = f"function {function.key}"
    if not function.is_on_off:
        yield f"{place}, kind", CatalogueFault.KIND, function.kind.value
    yield from _given(function, {"number"})
    if function.number is not None and not 1 <= function.number <= MOST_NUMBER:
        yield f"{place}, number", CatalogueFault.OUTSIDE, str(function.number)


def _given(function: Function, needed: set[str]) -> Iterator[Found]:
    for name in ("bit", "digit", "width", "number"):
        value = getattr(function, name)
        if name in needed and value is None:
            yield f"function {function.key}, {name}", CatalogueFault.MISSING_KEY, ""
        elif name not in needed and value is not None:
            yield f"function {function.key}, {name}", CatalogueFault.NOT_USED, str(value)


def _taken_twice(functions: tuple[Function, ...]) -> Iterator[Found]:
    for name in ("bit", "number"):
        seen: set[int] = set()
        for function in functions:
            value = getattr(function, name)
            if value in seen:
                yield f"function {function.key}, {name}", CatalogueFault.DUPLICATE, str(value)
            elif value is not None:
                seen.add(value)


def _side_by_side(product: Product) -> Iterator[Found]:
    taken: set[int] = set()
    for place, digit, width in _fields(product):
        if digit < 0 or digit + width > product.body.digits:
            yield place, CatalogueFault.OUTSIDE, str(digit)
            continue
        digits = set(range(digit, digit + width))
        if digits & taken:
            yield place, CatalogueFault.OVERLAP, str(digit)
        taken |= digits


def _fields(product: Product) -> Iterator[_Field]:
    body = product.body
    yield _Field("code", 0, CODE_DIGITS)
    if body.map_digit is not None and body.map_width is not None:
        yield _Field("body, map_digit", body.map_digit, body.map_width)
    if body.function_digit is not None:
        yield _Field("body, function_digit", body.function_digit, NUMBER_DIGITS)
    yield _Field("body, key_digit", body.key_digit, 1)
    for function in product.functions:
        if function.digit is not None and function.width is not None:
            yield _Field(f"function {function.key}, digit", function.digit, function.width)
