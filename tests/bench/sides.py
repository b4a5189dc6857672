"""Two stores, measured in turns, so that whatever else the machine does weighs on both."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from engine.assembly import Portal, open_installation
from engine.keys.folder import KeysFolder
from engine.ports import OrderQuery
from engine.services.access import Session
from engine.settings import Settings
from engine.store.folder.store import FolderStore, open_store
from tests.bench.million import build, order_count

ROUNDS = 400


class Row(NamedTuple):
    """A row of the table: what, at the small store, at the large one, the ratio, the target."""

    what: str
    small: str
    large: str
    ratio: str
    target: str


class Side:
    """One of the two stores."""

    def __init__(self, folder: Path, count: int) -> None:
        self.path = folder / str(count)
        self.count = count
        if not (self.path / "VERSION").exists():
            say(f"making a store of {count} systems...")
            build(self.path, count).close()
        self.settings = Settings(store=str(self.path), bcrypt_cost=4)
        key = KeysFolder(self.settings.keys_folder).audit_key()
        self.store: FolderStore = open_store(self.path, key)
        self.portal: Portal = open_installation(self.settings)
        self.session: Session = self.portal.signing_in.act_as("Company 0", "bench", "bench")
        self.chance = random.Random(count)  # noqa: S311 - the same systems each time

    def ordered(self) -> int:
        """The number of some system that has orders."""
        while not order_count(number := self.chance.randrange(self.count)):
            pass
        return number

    def first(self, **query: str) -> None:
        """Find an order, which must be there."""
        assert self.store.find_orders(OrderQuery(**query), 10), query  # type: ignore[arg-type]


def say(text: str) -> None:
    """One line, at once."""
    print(text, flush=True)  # noqa: T201 - a table is what it is for


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def compared(
    what: str,
    target: str,
    sides: tuple[Side, Side],
    make: Callable[[Side], Callable[[], object]],
    rounds: int = ROUNDS,
) -> Row:
    """The medians of both, in turns; `make` prepares what is then measured."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for side, kept in zip(sides, times, strict=True):
            kept.append(seconds(make(side)))
    small, large = map(median, times)
    return Row(what, _ms(small), _ms(large), f"{large / small:.2f}", target)


def once(what: str, target: str, sides: tuple[Side, Side], work: Callable[[Side], object]) -> Row:
    """What does depend on it, once each."""
    small, large = (seconds(partial(work, side)) for side in sides)
    return Row(what, f"{small:.1f} s", f"{large:.1f} s", "", target)


def _ms(duration: float) -> str:
    return f"{duration * 1000:.3f} ms"
