"""What the player does: single keys, and what somebody types in one go, by chance."""

from __future__ import annotations

import random
from typing import NamedTuple

from tests.support.guide import COMPANY, LOGIN, PASSWORD, SYSTEM
from tests.support.screen import KEYS

FRESH = "03FFFF0302B17"


class Deed(NamedTuple):
    """One thing that is done. `kind` is `keys` (names of keys or texts, in one go), `paste`,
    `click` (column, row), `size` (columns, rows), `wait` (milliseconds), `rest` (until nothing
    waits), `away` (a quarter of an hour), `close` or `open` (the account)."""

    kind: str
    values: tuple[str | int, ...] = ()


def keys(*names: str) -> Deed:
    return Deed("keys", names)


REST = Deed("rest")
EMPTY = ("end", "\x15")
LOG_IN = (
    Deed("open"),
    keys("f10", "escape"),
    REST,
    keys(*EMPTY, COMPANY, "enter", *EMPTY, LOGIN, "enter", *EMPTY, PASSWORD, "enter"),
    REST,
)
CONFIRM = (keys("f8"), Deed("wait", (600,)), keys("enter"))
REFERENCE = keys(*EMPTY, "R-1", "enter", *EMPTY, "John Smith", "f8")
ORDER = (
    keys("f2", SYSTEM, "enter"),
    REST,
    keys(*["tab"] * 6, *EMPTY, "1", "f8"),
    REST,
    REFERENCE,
    REST,
    *CONFIRM,
)
BURSTS = (
    keys("f2"),
    keys(SYSTEM, "enter"),
    keys(FRESH, "f8"),
    keys("f6", "f2", SYSTEM, "enter"),
    keys("f8", "f8", "f8"),
    keys("f7", "f7"),
    keys("f10", "tab", "enter"),
    keys("f10", "enter"),
    keys("f10", "tab", "enter", "and then some text"),
    keys("f4", SYSTEM, "enter"),
    keys("f4", "tab", "tab", "R-1", "enter", "f10", "tab", "enter"),
    keys("f1", "f3"),
    keys("escape", "escape", "escape", "escape"),
    keys("2", "tab", "3"),
    REFERENCE,
)
CLICKED = ((2, 22), (12, 22), (20, 22), (70, 1), (75, 1), (5, 3), (20, 3), (40, 8), (10, 10))
"""Columns and rows where there is often something to click."""
NAMES = [name for name in KEYS if name not in {"ctrl+z", "ctrl+backslash"}]
SIZES = ((80, 24), (100, 30), (60, 20))


def by_chance(seed: int, count: int) -> list[Deed]:
    """That many deeds; many lead towards an order, or somebody would never come to one."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    deeds = list(LOG_IN)
    while len(deeds) < count:
        deeds += _next(chance)
    return deeds


def _next(chance: random.Random) -> tuple[Deed, ...]:
    single = keys(*(chance.choice(NAMES) for _ in range(chance.randint(1, 6))))
    kinds: list[tuple[int, tuple[Deed, ...]]] = [
        (35, (single,)),
        (20, (chance.choice(BURSTS),)),
        (10, (Deed("wait", (chance.randint(0, 800),)),)),
        (10, (Deed("click", chance.choice(CLICKED)),)),
        (10, ORDER),
        (6, CONFIRM),
        (9, _rare(chance)),
    ]
    weights = [weight for weight, _deeds in kinds]
    return chance.choices([deeds for _weight, deeds in kinds], weights)[0]


def _rare(chance: random.Random) -> tuple[Deed, ...]:
    return chance.choice(
        (
            LOG_IN,
            LOG_IN,
            (Deed("paste", (f"{SYSTEM}\nmore",)),),
            (Deed("paste", ("x" * 5_000,)),),
            (Deed("size", chance.choice(SIZES)), Deed("size", SIZES[0])),
            (Deed("away"), keys("f4"), REST, *LOG_IN),
            (Deed("close"), keys("f8"), REST, Deed("open"), *LOG_IN),
        )
    )
