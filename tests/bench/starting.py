"""From the start of the process to the first full screen; bytes and memory of the first screens."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from statistics import mean, median
from typing import NamedTuple

from tests.bench.figures import Figure, at_most, ratio
from tests.bench.probe import Answer, Probe
from tests.support.guide import SYSTEM
from tests.support.installation import Installation
from tests.support.operator import ADDRESS, COUNTRY, ITEMS, REFERENCE

BARE = (sys.executable, "-m", "tests.bench.bare")
ROUNDS = 11
OPERATORS = 8
SIGN = "§"
"""A character that is on no screen until it is typed."""


class Start(NamedTuple):
    """Seconds to the first byte and to the last of the first screen, and processor time, bytes
    and memory until then."""

    first: float
    full: float
    processor: float
    size: int
    memory: float


def start(demo: Installation, seen: str, *program: str) -> Start:
    """One start."""
    began = time.perf_counter()
    with Probe(environment=demo.environment(), program=program) as probe:
        while not probe.take(5.0):
            pass
        first = probe.last_at - began
        probe.wait_for_bytes(seen)
        size = len(probe.output)
        return Start(first, probe.last_at - began, probe.processor(), size, probe.memory())


def echo(demo: Installation, *program: str) -> float:
    """Seconds from the start to a character in its field that was typed at once."""
    began = time.perf_counter()
    with Probe(environment=demo.environment(), program=program) as probe:
        os.write(probe.master, SIGN.encode())
        while SIGN.encode() not in bytes(probe.output).partition(b"\x1b[?1049h")[2]:
            probe.take(5.0)
        return probe.last_at - began


def starting(demo: Installation, command: str) -> Iterator[Figure]:
    """The login beside a bare word on a screen, and what comes after it."""
    hellos, portals, echoes = [], [], []
    for _ in range(ROUNDS):
        hellos.append(start(demo, "hello", *BARE, "hello"))
        portals.append(start(demo, "F10", command, "demo"))
        echoes.append(echo(demo, command, "demo"))
    hello = median(one.full for one in hellos)
    yield ratio("exec → first full login screen", hello, median(one.full for one in portals), 1.3)
    bare = median(one.processor for one in hellos)
    spent = median(one.processor for one in portals)
    yield ratio("processor time until then", bare, spent, 1.35)
    yield ratio("exec → first line of text", hello, median(one.first for one in portals), 0.1)
    yield ratio("exec → echo of a key typed at once", hello, median(echoes), 1.4)
    yield at_most("login screen", median(one.size for one in portals), 3300, "bytes")
    yield from ordering(demo, hello, median(one.memory for one in hellos))
    yield from operators(demo)


def ordering(demo: Installation, hello: float, bare: float) -> Iterator[Figure]:
    """The items, and an order to its end."""
    with Probe("demo", environment=demo.environment()) as probe:
        items = to_items(probe)
        yield at_most("items screen", items.size, 2500, "bytes")
        yield ratio("items screen, beside the whole of hello", hello, items.last, 0.4)
        probe.press(*ITEMS, "f8", *REFERENCE, *ADDRESS, *COUNTRY, "f8")
        probe.wait_for_bytes("BHW1087A")
        probe.ask("f8")
        time.sleep(0.6)  # a press has to be deliberate
        probe.ask("enter")
        probe.wait_for_bytes("442M")
        yield at_most("memory after an order", probe.memory(), 54, "MB", f"hello {bare:.0f} MB")
        yield at_most("of it private", probe.private_memory(), 41, "MB")


def to_items(probe: Probe) -> Answer:
    """From the start to the items of an order; what they cost."""
    probe.wait_for_bytes("F10")
    probe.send(b"Demo Telecom\rjsmith\rdemonstration only\r")
    probe.wait_for_bytes("2008-0814")
    probe.ask("f2", SYSTEM, seen="Equipment ID")
    return probe.ask("enter", seen="Total excl")


def operators(demo: Installation) -> Iterator[Figure]:
    """Several at the items at the same time: what each has for itself."""
    with ExitStack() as stack:
        probes = [
            stack.enter_context(Probe("demo", environment=demo.environment()))
            for _ in range(OPERATORS)
        ]
        for probe in probes:
            to_items(probe)
        private = mean(probe.private_memory() for probe in probes)
    yield at_most(f"private memory of each of {OPERATORS} operators", private, 38, "MB")
