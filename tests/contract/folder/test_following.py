"""The log of a folder, while others write to it: nothing is missed at a turn of the month, after a
clock that went back, or while a line is half written."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from engine.audit import EventName
from engine.store.folder.store import FolderStore, open_store
from tests.contract.values import AUDIT_KEY, TickingClock, come

LATE = datetime(2026, 11, 30, 23, 59, tzinfo=UTC)


def signed_in(store: FolderStore, who: str) -> None:
    store.record(EventName.SIGN_IN, who)


def test_the_month_turns_while_it_is_read(folder: Path) -> None:
    clock = TickingClock(LATE)
    store = open_store(folder, AUDIT_KEY, clock)
    log = store.follow()
    signed_in(store, "c1/a")
    signed_in(store, "c1/b")
    first = next(log)
    assert first is not None
    assert first.who == "c1/a"
    signed_in(store, "c1/c")
    clock.now = datetime(2026, 12, 1, tzinfo=UTC)
    signed_in(store, "c1/d")
    assert come(log) + come(log) == ["c1/b", "c1/c", "c1/d"]
    assert len(store.folder.journal.files()) == 2
    store.close()


def test_a_clock_that_goes_back_hides_nothing(folder: Path) -> None:
    clock = TickingClock(LATE)
    store = open_store(folder, AUDIT_KEY, clock)
    log = store.follow()
    signed_in(store, "c1/a")
    assert come(log) == ["c1/a"]
    clock.now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    signed_in(store, "c1/b")
    assert come(log) == ["c1/b"]
    store.close()


def test_half_a_line_is_waited_for(folder: Path) -> None:
    store = open_store(folder, AUDIT_KEY, TickingClock(LATE))
    log = store.follow()
    signed_in(store, "c1/a")
    assert come(log) == ["c1/a"]
    (file,) = map(Path, store.folder.journal.files())
    before = file.read_bytes()
    signed_in(store, "c1/b")
    whole = file.read_bytes()
    file.write_bytes(whole[: len(before) + 20])
    assert come(log) == []
    file.write_bytes(whole)
    assert come(log) == ["c1/b"]
    store.close()
