"""Keycodes to be read out on the telephone: a group a line, a word a character."""

from __future__ import annotations

from collections.abc import Iterable

from engine.keycode.codec import grouped
from engine.orders import Order
from tui.telephone import spelled


def spelled_lines(keycodes: Iterable[str]) -> list[str]:
    """The lines for these keycodes, an empty one before each."""
    return [
        line
        for keycode in keycodes
        for line in ("", grouped(keycode), *map(_spoken, grouped(keycode).split(" ")))
    ]


def keycodes_of(order: Order) -> list[str]:
    """The keycodes that an order delivered."""
    return [order.keycode] if order.keycode else [c.keycode for c in order.function_keycodes]


def _spoken(group: str) -> str:
    return f"{group}: {' '.join(spelled(group))}"
