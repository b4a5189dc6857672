"""Whatever happens to the terminal, the program ends, and the order under way is kept."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.copies import copy_installation
from tests.support.guide import SYSTEM
from tests.support.installation import Installation
from tests.support.operator import ADDRESS, ITEMS, REFERENCE, TO_ITEMS, TO_VALIDATION, Operator
from tests.support.terminal import Terminal

GONE = 2.0
"""Seconds within which it has ended (the promise of the portal)."""
HANG_UP, TERMINATE = 128 + signal.SIGHUP, 128 + signal.SIGTERM
WAYS: dict[str, tuple[Callable[[Terminal], None], int]] = {
    "closed": (Terminal.hang_up, HANG_UP),
    "SIGHUP": (lambda terminal: terminal.signal(signal.SIGHUP), HANG_UP),
    "SIGTERM": (lambda terminal: terminal.signal(signal.SIGTERM), TERMINATE),
}
LEFT = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?2004l", b"\x1b[?1004l", b"\x1b[?1003l", b"\x1b[<u")
"""The modes of the terminal that were set: other screen, cursor, paste, focus, mouse, keys."""
PLACES: dict[str, tuple[tuple[str, ...], str, bool]] = {
    "home": ((), "Latest orders", False),
    "coming": (("f2",), "", False),
    "id": (("f2", "03FF"), "[1 ID]", False),
    "items": ((*TO_ITEMS, *ITEMS), "€6,195.00", True),
    "reference": ((*TO_ITEMS, *ITEMS, "f8", *REFERENCE, "1 rue"), "1 rue", True),
    "country": (
        (*TO_ITEMS, *ITEMS, "f8", *REFERENCE, *ADDRESS, "tab", "enter"),
        "Type to search",
        True,
    ),
    "validation": (TO_VALIDATION, "[4 Validation]", True),
    "leave dialog": ((*TO_ITEMS, *ITEMS, "f8", "f10"), "Keep it and log out", True),
    "menu": (("ctrl+p",), "Enter: choose", False),
    "search": (("f4", SYSTEM, "enter"), "Search result", False),
    "password": (("f6",), "User details", False),
    "guide": (("f1",), "Next page >>", False),
}
"""Keys from home, what is seen then, and whether an order is under way."""


@pytest.fixture(scope="module")
def store(template: Installation, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Only drafts are written here, and each test begins with none."""
    folder = tmp_path_factory.mktemp("left")
    copy_installation(template.folder, folder)
    return Installation(folder)


@pytest.fixture(autouse=True)
def no_drafts(store: Installation) -> Iterator[None]:
    yield
    for path in (store.store / "drafts").iterdir():
        path.unlink()


def session_of(process: int) -> list[str]:
    """The processes that the portal left behind."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:  # ended meanwhile
            continue
        if int(fields[3]) == process:
            found.append(path.parent.name)
    return found


def kept(store: Installation) -> dict[str, object]:
    """The draft on disk."""
    (path,) = (store.store / "drafts").glob("*.json")
    document = json.loads(path.read_text())
    (row,) = document["drafts"].values()
    return dict(row)


def processor_time(process: int) -> int:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


@pytest.mark.parametrize(
    ("place", "way"),
    [
        *((place, "closed") for place in PLACES),
        *((place, "SIGTERM") for place in ("items", "country", "validation", "guide")),
        *((place, "SIGHUP") for place in ("reference", "leave dialog", "search")),
    ],
)
def test_the_program_ends_and_keeps_the_order(store: Installation, place: str, way: str) -> None:
    keys, seen, under_way = PLACES[place]
    end, status = WAYS[way]
    with store.open() as terminal:
        Operator(terminal).logs_in()
        terminal.press(*keys)
        terminal.wait_for(seen)
        end(terminal)
        assert terminal.wait_for_end(GONE) == status
        assert session_of(terminal.process.pid) == []
        if way != "closed":
            assert terminal.terminal_attributes() == terminal.attributes
            assert all(mode in terminal.output for mode in LEFT)
    assert bool(store.drafts()) == under_way
    if under_way:
        draft = kept(store)
        assert draft["equipment_id"] == SYSTEM
        assert draft["quantities"] == {"BHW1063A": "1", "BHW1095A": "8", "BHW1087A": "57"}


@pytest.mark.parametrize("way", WAYS)
def test_from_the_login(store: Installation, way: str) -> None:
    end, status = WAYS[way]
    with store.open() as terminal:
        terminal.wait_for("Company name")
        terminal.press("Demo")
        terminal.wait_for("Demo")
        end(terminal)
        assert terminal.wait_for_end(GONE) == status
    assert store.drafts() == []


@pytest.mark.parametrize("way", WAYS)
def test_with_a_client_that_no_longer_reads(installation: Installation, way: str) -> None:
    end, status = WAYS[way]
    with installation.open() as terminal:
        Operator(terminal).logs_in()
        terminal.press(*TO_ITEMS, *ITEMS)
        terminal.wait_for("€6,195.00")
        os.write(terminal.master, b"\x1b[15~" * 150)  # redraw, and nobody reads it
        spent = -1
        while (now := processor_time(terminal.process.pid)) != spent:  # until all is stuck
            spent = now
            time.sleep(0.1)
        began = time.monotonic()
        end(terminal)
        while (ended := terminal.process.poll()) is None:
            assert time.monotonic() - began < GONE
            time.sleep(0.01)
        assert (ended if ended >= 0 else 128 - ended) == status
        assert session_of(terminal.process.pid) == []
        if way == "SIGTERM":
            assert terminal.terminal_attributes() == terminal.attributes
    assert kept(installation)["quantities"] == {"BHW1063A": "1", "BHW1095A": "8", "BHW1087A": "57"}


def test_an_order_that_was_cut_off_is_resumed_where_it_was(store: Installation) -> None:
    with store.open() as terminal:
        Operator(terminal).logs_in()
        terminal.press(*TO_ITEMS, *ITEMS, "f8", *REFERENCE, "1 rue Arn")
        terminal.wait_for("1 rue Arn")
        terminal.hang_up()
        terminal.wait_for_end(GONE)
    with store.open() as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        terminal.wait_for(f"Resume the order for {SYSTEM}")
        terminal.press("enter")
        operator.at_step(3)
        terminal.wait_for("2125469-65891", "1 rue Arn")
        terminal.press("f7")
        terminal.wait_for("Total excl. VAT: €6,195.00")
