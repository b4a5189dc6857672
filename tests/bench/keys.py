"""From a key to the last byte of its answer; idleness; keys while the engine works."""

from __future__ import annotations

import time
from collections.abc import Iterator

from tests.bench.figures import Figure, at_most, ratio
from tests.bench.probe import Probe, last, size, worst
from tests.bench.starting import BARE
from tests.support.guide import SYSTEM
from tests.support.installation import Installation

LETTERS = "abcdefghijklmnopqrstuvwxyz" * 4


def logged_in(probe: Probe) -> None:
    """At home."""
    probe.wait_for_bytes("F10")
    probe.send(b"Demo Telecom\rjsmith\rdemonstration only\r")
    probe.wait_for_bytes("2008-0814")


def keys(demo: Installation) -> Iterator[Figure]:
    """Typing, Tab, steps, Esc."""
    with Probe(environment=demo.environment(), program=(*BARE, "input")) as bare:
        bare.quiet()
        bare.wait_for_bytes("\x1b[?2004h")
        with Probe("demo", environment=demo.environment()) as probe:
            probe.wait_for_bytes("F10")
            pairs = [(bare.ask(letter), probe.ask(letter)) for letter in LETTERS]
    floor, typed = ([pair[n] for pair in pairs] for n in (0, 1))
    yield ratio("typing: key → last byte, median", last(floor), last(typed), 2)
    yield ratio("typing: key → last byte, p99", worst(floor), worst(typed), 4)
    yield at_most("typing", size(typed), 80, "bytes", f"{size(floor):.0f} bytes")
    with Probe("demo", environment=demo.environment()) as probe:
        logged_in(probe)
        yield at_most("guide", probe.ask("f1").size, 3000, "bytes")
        probe.ask("f3")
        probe.ask("f2", SYSTEM)
        probe.ask("enter")
        tabs = [probe.ask("tab") for _ in range(15)]
        yield ratio("Tab in the items", last(floor), last(tabs), 3.5)
        yield at_most("Tab in the items", size(tabs), 170, "bytes")
        probe.ask(*["shift+tab"] * 15, "space")
        steps = [probe.ask(key) for _ in range(5) for key in ("f8", "f7")]
        yield at_most("next or previous step", last(steps) * 1e3, 30, "ms", "11 ms")
        yield at_most("next or previous step", size(steps), 2200, "bytes")
        escapes = []
        for _ in range(5):
            probe.ask("f8")
            escapes.append(probe.ask("escape"))
        yield at_most("Esc", last(escapes) * 1e3, 40, "ms", "26 ms")
        probe.ask("escape")
        yield at_most("Esc home", probe.ask("escape").size, 1500, "bytes")


def idle(demo: Installation, seconds: float) -> Iterator[Figure]:
    """Nothing happens: nothing is sent, and hardly anything is done."""
    with Probe("demo", environment=demo.environment()) as probe:
        logged_in(probe)
        probe.ask("f2", SYSTEM)
        time.sleep(1)
        probe.quiet()
        probe.output.clear()
        before, began = probe.processor(), time.monotonic()
        while (left := began + seconds - time.monotonic()) > 0:
            probe.take(left)
        spent = (probe.processor() - before) / seconds * 100
        yield at_most(f"idle for {seconds:.0f} s", len(probe.output), 0, "bytes")
        yield at_most(f"idle for {seconds:.0f} s", spent, 0.5, "% of a core", "0.2 %")


def while_hashing(installation: Installation) -> Iterator[Figure]:
    """A key is answered while a password is being checked at the cost of a real one."""
    answers = []
    with Probe(environment=installation.environment(KEYCODE_PORTAL_BCRYPT_COST="12")) as probe:
        probe.wait_for_bytes("F10")
        for _ in range(4):  # from the fifth on there are waits
            probe.ask("Demo Telecom\tjsmith\twrong")
            probe.press("enter")
            answers.append(probe.ask("ctrl+c").first)
            probe.wait_for_bytes("! ")
            probe.ask("shift+tab", "shift+tab")
    yield at_most("key → first byte while bcrypt works", max(answers) * 1e3, 20, "ms", "5 ms")
