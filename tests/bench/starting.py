"""From the start of the process to the first full screen; memory."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

from tests.bench.figures import Figure, at_most, ratio
from tests.bench.probe import Probe
from tests.terminal.installation import Installation
from tests.terminal.journey import ADDRESS, COUNTRY, ITEMS, REFERENCE, SYSTEM

BARE = (sys.executable, "-m", "tests.bench.bare")
ROUNDS = 11


class Start(NamedTuple):
    """Seconds to the first byte and to the last of the first screen, and the memory then."""

    first: float
    full: float
    memory: float


def start(demo: Installation, seen: str, *program: str) -> Start:
    """One start."""
    began = time.perf_counter()
    with Probe(environment=demo.environment(), program=program) as probe:
        while not probe.take(5.0):
            pass
        first = probe.last_at - began
        probe.wait_for_bytes(seen)
        return Start(first, probe.last_at - began, probe.memory())


def starting(demo: Installation, command: str) -> Iterator[Figure]:
    """The login beside a bare word on a screen."""
    hellos, portals = [], []
    for _ in range(ROUNDS):
        hellos.append(start(demo, "hello", *BARE, "hello"))
        portals.append(start(demo, "F10", command, "demo"))
    hello = median(one.full for one in hellos)
    yield ratio("exec → first full login screen", hello, median(one.full for one in portals), 1.3)
    yield ratio("exec → first line of text", hello, median(one.first for one in portals), 0.1)
    bare = median(one.memory for one in hellos)
    with Probe("demo", environment=demo.environment()) as probe:
        probe.wait_for_bytes("F10")
        probe.send("".join(("Demo Telecom\r", "jsmith\r", "demonstration only\r")).encode())
        probe.wait_for_bytes("2008-0814")
        probe.ask("f2", SYSTEM, seen=SYSTEM)
        items = probe.ask("enter", seen="Total:")
        yield at_most("items screen", items.size, 5000, "bytes")
        yield ratio("items screen, beside the whole of hello", hello, items.last, 1.5)
        probe.press(*ITEMS, "f8", *REFERENCE, *ADDRESS, *COUNTRY, "f8")
        probe.wait_for_bytes("BHW1087A")
        probe.ask("f8")
        time.sleep(0.6)  # a press has to be deliberate
        probe.ask("enter")
        probe.wait_for_bytes("442M")
        yield at_most("memory after an order", probe.memory(), 48, "MB", f"hello {bare:.0f} MB")
