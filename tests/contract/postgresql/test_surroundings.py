"""What the server's own settings and clock could cost, said by a real one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.errors import ClocksApart
from engine.store.postgresql import surroundings
from engine.store.postgresql.store import PostgresqlStore, open_store
from engine.store.postgresql.upkeep import DatabaseUpkeep
from tests.contract.values import AUDIT_KEY, TickingClock


def codes(store: PostgresqlStore) -> list[str]:
    upkeep = DatabaseUpkeep(store, Path("/none"), lambda *_: None)  # type: ignore[arg-type]
    return [finding.code.value for finding in upkeep.surroundings()]


def test_each_setting_is_named(new_database: Callable[[], PostgresqlStore]) -> None:
    """Those of the tests' server are the quickest, and none is safe."""
    store = new_database()
    assert codes(store) == [
        *("server-fsync", "server-checksums", "server-commit", "server-alone"),
    ]
    store.close()


def test_what_counts_is_what_the_portal_gets(
    database: str, new_database: Callable[[], PostgresqlStore]
) -> None:
    """Whoever connects may set it, whatever the server's own file says."""
    new_database().close()
    line = f"{database} options='-c synchronous_commit=remote_write'"
    store = open_store(line, AUDIT_KEY, TickingClock())
    assert "server-commit" not in codes(store)
    store.close()


def test_a_clock_that_is_wrong_is_told_and_then_refused(
    database: str, new_database: Callable[[], PostgresqlStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = new_database()

    class Slow(datetime):
        """This machine's clock, three seconds or a minute behind."""

        behind = timedelta(seconds=3)

        @classmethod
        def now(cls, tz: object = UTC) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) - cls.behind

    monkeypatch.setattr(surroundings, "datetime", Slow)
    assert codes(store)[-1] == "server-clock"
    store.close()
    open_store(database, AUDIT_KEY, TickingClock()).close()
    Slow.behind = timedelta(minutes=1)
    with pytest.raises(ClocksApart) as caught:
        open_store(database, AUDIT_KEY, TickingClock())
    assert caught.value.seconds == pytest.approx(60, abs=2)
    assert surroundings.REFUSED == 30
