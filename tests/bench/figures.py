"""A figure beside its floor and what is to be reached."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import NamedTuple


class Figure(NamedTuple):
    """A row of the table."""

    what: str
    floor: str
    measured: str
    to_reach: str
    reached: bool


def ratio(what: str, floor: float, measured: float, most: float) -> Figure:
    """Seconds beside the floor's seconds, in one run."""
    found = measured / floor
    return Figure(
        what, shown(floor), f"{shown(measured)}, {found:.2f} ×", f"≤ {most} ×", found <= most
    )


def at_most(what: str, measured: float, most: float, unit: str, floor: str = "") -> Figure:
    """A count, or a time that is compared with no other."""
    return Figure(what, floor, f"{measured:,.4g} {unit}", f"≤ {most:g} {unit}", measured <= most)


def at_least(what: str, floor: float, measured: float, least: float) -> Figure:
    """A rate beside the floor's rate."""
    found = measured / floor
    text = f"{measured:,.0f}/s, {found:.2f} ×"
    return Figure(what, f"{floor:,.0f}/s", text, f"≥ {least} ×", found >= least)


def shown(seconds: float) -> str:
    """In a unit that fits."""
    if seconds >= 0.1:
        return f"{seconds * 1e3:.0f} ms"
    return f"{seconds * 1e3:.1f} ms" if seconds >= 0.001 else f"{seconds * 1e6:.1f} µs"


def in_turns(rounds: int, *works: Callable[[], object]) -> list[float]:
    """The median seconds of each, measured in turns: what else the machine does weighs on all."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, kept in zip(works, times, strict=True):
            began = time.perf_counter()
            work()
            kept.append(time.perf_counter() - began)
    return [median(kept) for kept in times]
