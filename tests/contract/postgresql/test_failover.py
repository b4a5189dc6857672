"""The leader dies while orders are placed, and its standby takes over: what was confirmed is there,
once, and who waits only waits longer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from engine.licences.order import Order
from engine.licences.system import EquipmentId
from engine.store.postgresql.schema import migrate
from engine.store.postgresql.store import PostgresqlStore, open_store
from engine.store.postgresql.upkeep import DatabaseUpkeep
from tests.contract.values import AUDIT_KEY, TickingClock, decide, system
from tests.support.postgresql import Server, following, server

CAREFUL = "-c synchronous_commit=on -c fsync=off -c wal_level=replica"
IDS = [EquipmentId(f"03FFFF0302A{number:02X}") for number in range(4)]


@pytest.fixture
def cluster() -> Iterator[tuple[Server, Server]]:
    """A leader, and a standby that has each order before it is confirmed."""
    with server() as leader:
        leader.stop("fast")
        leader.start(CAREFUL)
        leader.sql("CREATE ROLE owner LOGIN SUPERUSER")
        leader.sql("CREATE DATABASE keycodes OWNER owner")
        migrate(leader.database("keycodes", "owner"))
        with following(leader, CAREFUL) as standby:
            leader.sql("ALTER SYSTEM SET synchronous_standby_names = '*'")
            leader.sql("SELECT pg_reload_conf()")
            end = time.monotonic() + 20
            while leader.sql("SELECT sync_state FROM pg_stat_replication") != "sync":
                assert time.monotonic() < end
                time.sleep(0.05)
            yield leader, standby


def both(leader: Server, standby: Server) -> str:
    hosts = f"{leader.folder},{standby.folder}"
    return f"host={hosts} dbname=keycodes user=owner target_session_attrs=read-write"


class Operator(Thread):
    """Orders for one system until told to stop; keeps what was confirmed."""

    def __init__(self, database: str, of: EquipmentId, stop: Event) -> None:
        super().__init__(daemon=True)
        self.confirmed: list[Order] = []
        self.longest = 0.0
        self.error: Exception | None = None
        self._database, self._of, self._stop_now = database, of, stop

    def run(self) -> None:
        try:
            store = open_store(self._database, AUDIT_KEY, TickingClock())
            while not self._stop_now.is_set():
                draft_id, began = f"d{len(self.confirmed)}", time.monotonic()
                placed = store.place(self._of, draft_id, decide(draft_id))
                assert not placed.already
                self.longest = max(self.longest, time.monotonic() - began)
                self.confirmed.append(placed.order)
            store.close()
        except Exception as error:  # noqa: BLE001  # looked at by the test
            self.error = error


def test_a_killed_leader_loses_nothing_that_was_confirmed(
    cluster: tuple[Server, Server],
) -> None:
    leader, standby = cluster
    database, stop = both(leader, standby), Event()
    store = open_store(database, AUDIT_KEY, TickingClock())
    store.add_systems([system(each) for each in IDS])
    operators = [Operator(database, each, stop) for each in IDS]
    for operator in operators:
        operator.start()
    time.sleep(1)
    leader.kill()
    standby.run("pg_ctl", "-D", str(standby.folder / "data"), "-w", "promote")
    standby.sql("ALTER SYSTEM SET synchronous_standby_names = ''")
    standby.sql("SELECT pg_reload_conf()")
    before = [len(operator.confirmed) for operator in operators]
    end = time.monotonic() + 30
    while any(len(o.confirmed) < n + 3 for o, n in zip(operators, before, strict=True)):
        assert time.monotonic() < end, [operator.error for operator in operators]
        time.sleep(0.05)
    stop.set()
    for operator in operators:
        operator.join(30)
        assert operator.error is None
        assert operator.longest < 20
    check(store, operators)


def check(store: PostgresqlStore, operators: list[Operator]) -> None:
    for of, operator in zip(IDS, operators, strict=True):
        found = store.system(of)
        assert found is not None
        orders = [*store.older_orders(found), *found.orders]
        assert orders == operator.confirmed  # each once, and none besides
        assert len(orders) > 3
    upkeep = DatabaseUpkeep(store, Path("/none"), lambda *_: None)  # type: ignore[arg-type]
    assert list(upkeep.check(lambda _system, _orders: ())) == []
    store.close()
