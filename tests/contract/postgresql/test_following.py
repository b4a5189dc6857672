"""The log of a database is followed while changes are made: in one order for every reader, and
none is missed, whichever change is done first."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

import pytest

from engine.audit import EventName
from engine.store.postgresql import log as log_module
from engine.store.postgresql.audit import lane_of
from engine.store.postgresql.changing import Change
from engine.store.postgresql.store import PostgresqlStore, open_store
from tests.contract.values import AUDIT_KEY, TickingClock, come


def test_a_change_that_began_earlier_and_is_done_later_is_not_missed(
    database: str,
    new_database: Callable[[], PostgresqlStore],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(log_module, "_SETTLES", 0.2)
    store = new_database()
    log = store.follow()
    store.record(EventName.SIGN_IN, "c1/first")
    assert come(log) == ["c1/first"]
    has_its_number, may_end = Event(), Event()

    def slowly(change: Change) -> None:
        change.append(lane_of("c1/slow"), EventName.SIGN_IN, "c1/slow", {})
        change.read(("SELECT 1", ()))
        has_its_number.set()
        assert may_end.wait(20)

    def slow() -> None:
        other = open_store(database, AUDIT_KEY, TickingClock())
        other.database.changed(slowly)
        other.close()

    at_work = Thread(target=slow)
    at_work.start()
    assert has_its_number.wait(20)
    store.record(EventName.SIGN_IN, "c1/quick")
    assert come(log) == []
    may_end.set()
    at_work.join(20)
    assert come(log) == ["c1/slow", "c1/quick"]
    assert [each.who for each in store.events()] == ["c1/first", "c1/slow", "c1/quick"]
    store.close()
