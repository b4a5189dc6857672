"""Keycodes to be read out on the telephone: a group a line, a word a character."""

from __future__ import annotations

from collections.abc import Iterable

from engine.keycode.codec import grouped
from tui.telephone import spelled


def spelled_lines(keycodes: Iterable[str]) -> list[str]:
    """The lines for these keycodes, an empty one before each."""
    return [
        line
        for keycode in keycodes
        for line in ("", grouped(keycode), *map(_spoken, grouped(keycode).split(" ")))
    ]


def _spoken(group: str) -> str:
    return f"{group}: {' '.join(spelled(group))}"
