"""Keycodes to be read out on the telephone: a group a line, a word a character."""

from __future__ import annotations

from collections.abc import Iterable

from engine.keycode.codec import grouped
from engine.licences.order import Order
from tui.plain.dialogue import Back, Dialogue, prompt
from tui.wording.spelling import spelled
from tui.wording.translation import _

SPELL, DONE = "1", "0"


def spelled_lines(keycodes: Iterable[str]) -> list[str]:
    """The lines for these keycodes, an empty one before each."""
    return [
        line
        for keycode in keycodes
        for line in ("", grouped(keycode), *map(_spoken, grouped(keycode).split(" ")))
    ]


def offer_to_spell(dialogue: Dialogue, keycodes: list[str]) -> None:
    """Spell them as often as somebody asks for it."""
    while _next(dialogue) == SPELL:
        dialogue.say(*spelled_lines(keycodes))


def _next(dialogue: Dialogue) -> str:
    try:
        return dialogue.choose(
            lambda: _("What would you like to do?"),
            lambda: {SPELL: _("Spell the keycode"), DONE: _("Back")},
        )
    except Back:
        return DONE


def keycodes_of(order: Order) -> list[str]:
    """The keycodes that an order delivered."""
    return [order.keycode] if order.keycode else [c.keycode for c in order.function_keycodes]


def _spoken(group: str) -> str:
    return f"{prompt(group)} {' '.join(spelled(group))}"
