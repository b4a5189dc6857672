"""The line is cut at every message of every change, and a standby does not answer: what was said is
so, an order is there once, and with its line."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from msgspec.structs import replace

from engine.audit import EventName
from engine.errors import OutcomeUnknown, StoreBusy, StoreUnreachable, Unsettled
from engine.findings import FindingCode
from engine.licences.system import EquipmentId
from engine.papers.paper import PaperState
from engine.ports import OrderQuery, Placement, Store
from engine.store.postgresql import changing
from engine.store.postgresql.copying import contents_of
from engine.store.postgresql.store import PostgresqlStore, open_store
from engine.store.postgresql.upkeep import DatabaseUpkeep
from tests.contract.folder.operations import MOVE, VERSION
from tests.contract.postgresql.cutting import AFTER, BEFORE, Cutter
from tests.contract.values import (
    AUDIT_KEY,
    ID,
    OTHER_ID,
    TickingClock,
    add_paper,
    company,
    decide,
    draft,
    in_state,
    ssh_key,
    system,
    user,
)
from tests.support.postgresql import Server, server

CHANGES: dict[str, Callable[[Store], object]] = {
    "place": lambda store: store.place(ID, "d2", decide("d2")),
    "transact": lambda store: store.transact(ID, OTHER_ID, "m1", MOVE),
    "transact-to-a-new-one": lambda store: store.transact(
        ID, EquipmentId("03FFFF0400E55"), "m1", MOVE, system("03FFFF0400E55")
    ),
    "change-system": lambda store: store.change_system(
        OTHER_ID, lambda found: replace(found, release="R5.2")
    ),
    "erase": lambda store: store.erase_personal(ID, [f"{ID}-0001"], "desk"),
    "proof": lambda store: store.give_proof(ID, [f"{ID}-0001"], "RMA-1", "desk"),
    "add-systems": lambda store: store.add_systems([system("03FFFF0400E55")]),
    "add-company": lambda store: store.add_company(company("c2", "Two")),
    "add-user": lambda store: store.add_user(user("bob")),
    "change-user": lambda store: store.change_user(
        "c1", "jsmith", lambda found: replace(found, failures=found.failures + 1)
    ),
    "add-ssh-key": lambda store: store.add_ssh_key(ssh_key(2), "desk"),
    "remove-ssh-key": lambda store: store.remove_ssh_key(ssh_key(1).fingerprint, "desk"),
    "add-paper": add_paper,
    "close-paper": lambda store: store.change_paper("R-2026-000001", in_state(PaperState.REFUSED)),
    "keep-draft": lambda store: store.keep_draft("c1", "jsmith", draft("d3")),
    "drop-draft": lambda store: store.drop_draft("c1", "jsmith", draft().draft_id),
    "put-catalogue": lambda store: store.put_catalogue([VERSION], "desk"),
    "withdraw-key": lambda store: store.withdraw_key(1, "desk"),
    "record": lambda store: store.record(EventName.SIGN_IN, "c1/jsmith"),
}


def prepare(store: Store) -> None:
    store.add_systems([system(), system(OTHER_ID)])
    store.add_company(company())
    store.add_user(user())
    store.add_ssh_key(ssh_key(1), "desk")
    add_paper(store)
    store.place(ID, "d1", decide("d1"))
    store.keep_draft("c1", "jsmith", draft())


def state(store: PostgresqlStore) -> list[Any]:
    """All that it holds, but for moments; fails when a chain is broken, or an order has no line."""
    upkeep = DatabaseUpkeep(store, Path("/none"), lambda *_: None)  # type: ignore[arg-type]
    assert list(upkeep.check(lambda _system, _orders: ())) == []
    found = contents_of(store)
    return [
        *(list(found.systems()), list(found.companies()), list(found.users())),
        *(list(found.ssh_keys()), list(found.papers())),
        *(list(found.drafts()), found.withdrawn_keys()),
        [version[:3] for version in found.catalogue()],
        [(line.event, line.who) for line in store.events()],
        store.find_orders(OrderQuery(), 1000),
    ]


@pytest.fixture
def cutter(database: str, tmp_path: Path) -> Iterator[Cutter]:
    folder = database.split(maxsplit=1)[0].removeprefix("host=")
    made = Cutter(Path(folder), tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("name", CHANGES)
def test_a_cut_changes_all_or_nothing(
    name: str,
    database: str,
    new_database: Callable[[], PostgresqlStore],
    cutter: Cutter,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("engine.store.postgresql.line._WAIT", 0.01)
    change = CHANGES[name]
    direct = new_database()
    prepare(direct)
    old = state(direct)
    change(direct)
    new = state(direct)
    direct.close()

    socket = database.split(maxsplit=1)[0]
    for how in (BEFORE, AFTER):
        at = 0
        while True:
            at += 1
            direct = new_database()
            prepare(direct)
            line = database.replace(socket, f"host={tmp_path}")
            store = open_store(line, AUDIT_KEY, TickingClock())
            cutter.cut(at, how)
            done = True
            try:
                change(store)
            except OutcomeUnknown:
                done = False
            reached = cutter.count >= at
            store.close()
            now = state(direct)
            direct.close()
            assert now in ([new] if done else [old, new]), (how, at)
            if not reached:
                break
        assert at > 2


@pytest.fixture(scope="module")
def careful() -> Iterator[Server]:
    """A server whose COMMIT may wait for a standby."""
    with server() as running:
        running.stop("fast")
        running.start("-c fsync=off -c synchronous_commit=on")
        running.sql("CREATE ROLE owner LOGIN SUPERUSER")
        running.sql("CREATE DATABASE keycodes OWNER owner")
        from engine.store.postgresql.schema import migrate

        migrate(running.database("keycodes", "owner"))
        yield running


def wait_for(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


WAITING = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
CANCEL = """WITH waits AS MATERIALIZED (SELECT pid, query_start FROM pg_stat_activity
 WHERE wait_event = 'SyncRep') SELECT to_char(query_start, 'SSSS.US') FROM waits
 WHERE pg_cancel_backend(pid)"""
"""When the COMMITs began whose wait is cancelled by this."""


@contextmanager
def standby_away(careful: Server) -> Iterator[None]:
    """Each COMMIT waits for a standby that is not there, until the end."""
    name_standby(careful, "nobody")
    try:
        wait_for(lambda: commit_waits(careful))
        yield
    finally:
        name_standby(careful, "")


def name_standby(careful: Server, name: str) -> None:
    careful.sql(f"ALTER SYSTEM SET synchronous_standby_names = '{name}'")
    careful.sql("SELECT pg_reload_conf()")


def commit_waits(careful: Server) -> bool:
    """Whether the server's checkpointer has read who the standby is: it does so after the reload,
    in its own time, and until then every COMMIT is on its own."""
    commit = Thread(target=careful.sql, args=("SELECT pg_logical_emit_message(true, '', '')",))
    commit.start()
    while commit.is_alive():
        if waiting := careful.sql(WAITING):
            careful.sql(f"SELECT pg_cancel_backend({waiting})")
            commit.join()
            return True
    return False


def test_a_wait_for_the_standby_that_is_cancelled_confirms_nothing(careful: Server) -> None:
    """It is a COMMIT on no standby, with a warning: the same is asked again, and waits again."""
    place = careful.database("keycodes", "owner")
    store = open_store(place, AUDIT_KEY, TickingClock())
    store.add_systems([system()])
    placed: list[Placement] = []
    cancelled: set[str] = set()

    def cancelled_twice() -> bool:
        cancelled.update(careful.sql(CANCEL).split())
        return len(cancelled) > 1

    with standby_away(careful):
        thread = Thread(target=lambda: placed.append(store.place(ID, "d1", decide("d1"))))
        thread.start()
        wait_for(cancelled_twice)
        wait_for(lambda: careful.sql(WAITING))
        assert placed == []
    thread.join(20)
    assert [(each.already, each.order.number) for each in placed] == [(False, f"{ID}-0001")]
    assert [line.event for line in store.events()] == ["order"]
    store.close()


def test_an_order_that_waits_too_long_is_unknown_and_settled_by_asking_again(
    careful: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.store.postgresql.systems.PLACING", 1.5)
    place = careful.database("keycodes", "owner")
    store = open_store(place, AUDIT_KEY, TickingClock(), lock_seconds=0.5)
    store.add_systems([system(OTHER_ID)])
    with standby_away(careful):
        began = time.monotonic()
        with pytest.raises((OutcomeUnknown, StoreBusy)) as caught:
            store.place(OTHER_ID, "d1", decide("d1"))
        assert time.monotonic() - began < 5
    if isinstance(caught.value, OutcomeUnknown):
        assert caught.value.what is Unsettled.ORDER
    wait_for(lambda: not careful.sql(WAITING))
    again = store.place(OTHER_ID, "d1", decide("d1"))
    assert again.order.number == f"{OTHER_ID}-0001"
    assert store.system_count() >= 1
    store.close()


def test_a_server_that_restarts_is_waited_for(careful: Server) -> None:
    place = careful.database("keycodes", "owner")
    store = open_store(place, AUDIT_KEY, TickingClock())
    third = EquipmentId("03FFFF0400E55")
    store.add_systems([system(third)])
    careful.stop("fast")
    placed: list[Placement] = []
    thread = Thread(target=lambda: placed.append(store.place(third, "d1", decide("d1"))))
    thread.start()
    careful.start("-c fsync=off -c synchronous_commit=on")
    thread.join(20)
    assert [each.already for each in placed] == [False]
    store.close()


def test_without_a_server_the_time_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changing, "LOOKING", 1.0)
    began = time.monotonic()
    with pytest.raises(StoreUnreachable):
        open_store(f"host={tmp_path} dbname=none", AUDIT_KEY)
    assert 0.4 < time.monotonic() - began < 3


def test_many_order_for_one_system_and_each_sees_all_before(
    database: str, new_database: Callable[[], PostgresqlStore]
) -> None:
    direct = new_database()
    direct.add_systems([system()])

    def order(number: int) -> None:
        store = open_store(database, AUDIT_KEY, TickingClock())
        for each in range(10):
            store.place(ID, f"d{number}-{each}", decide(f"d{number}-{each}"))
            store.place(ID, f"d{number}-{each}", decide("never asked"))
        store.close()

    threads = [Thread(target=order, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = direct.system(ID)
    assert found is not None
    orders = (*direct.older_orders(found), *found.orders)
    assert [order.inventory["sip-trunk"] for order in orders] == list(range(1, 81))
    state(direct)
    direct.close()


FORBIDDEN = [
    "UPDATE orders SET body = '{}'",
    "UPDATE orders SET mac = ''",
    "DELETE FROM orders",
    "TRUNCATE orders CASCADE",
    "UPDATE audit SET line = ''",
    "DELETE FROM audit",
    "TRUNCATE audit",
    "DELETE FROM systems",
    "DELETE FROM keycodes",
    "UPDATE proofs SET proof = ''",
    "UPDATE former_audit SET data = ''",
    "DROP TABLE users",
    "INSERT INTO version VALUES (9)",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
@pytest.mark.parametrize("role", ["portal", "desk"])
def test_what_the_portal_may_not_do_the_database_refuses(
    database: str, new_database: Callable[[], PostgresqlStore], statement: str, role: str
) -> None:
    import psycopg

    new_database().close()
    with (
        psycopg.connect(database.replace("user=desk", f"user={role}")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement)


PLANTED = {
    "order-changed": "UPDATE orders SET body = replace(body, '120.00', '1.00')",
    "order-changed keycode": "UPDATE keycodes SET keycode = 'x' || sequence",
    "order-changed no keycode": "DELETE FROM keycodes",
    "order-changed personal": "UPDATE orders SET personal = replace(personal, 'John', 'Jane')",
    "order-changed licensee": "UPDATE orders SET licensee = 'somebody else'",
    "order-changed reference": "UPDATE orders SET reference = ''",
    "order-changed company": "UPDATE orders SET company = ''",
    "order-changed number": "UPDATE orders SET number = 'x' || sequence",
    "order-changed date": "UPDATE orders SET placed_at = placed_at - interval '1 year'",
    "system-changed": "UPDATE systems SET body = replace(body, 'R5.1', 'R5.2')",
    "journal-changed": "UPDATE audit SET line = replace(line, 'jsmith', 'nobody')",
    "journal-removed": "DELETE FROM audit WHERE n = 1 AND lane LIKE '03%'",
    "order-lost": "DELETE FROM keycodes; DELETE FROM orders WHERE sequence = 2",
    "order-lost all": "DELETE FROM keycodes; DELETE FROM orders",
}


def test_a_request_that_was_removed_is_found(
    database: str, new_database: Callable[[], PostgresqlStore]
) -> None:
    import psycopg

    store = new_database()
    removed, _kept = add_paper(store), add_paper(store)
    upkeep = DatabaseUpkeep(store, Path("/none"), lambda *_: None)  # type: ignore[arg-type]
    assert list(upkeep.check(lambda _system, _orders: ())) == []
    with psycopg.connect(database.replace("user=desk", "user=owner")) as connection:
        connection.execute("DELETE FROM papers WHERE count = 1")
    (found,) = upkeep.check(lambda _system, _orders: ())
    assert (found.place, found.code) == (removed.number, FindingCode.PAPER_MISSING)
    store.close()


@pytest.mark.parametrize("planted", PLANTED)
def test_what_is_changed_past_the_portal_is_found(
    planted: str, database: str, new_database: Callable[[], PostgresqlStore]
) -> None:
    import psycopg

    store = new_database()
    prepare(store)
    store.place(ID, "d2", decide("d2"))
    with psycopg.connect(database.replace("user=desk", "user=owner")) as connection:
        assert connection.execute(PLANTED[planted]).rowcount > 0
    upkeep = DatabaseUpkeep(store, Path("/none"), lambda *_: None)  # type: ignore[arg-type]
    code = planted.split(maxsplit=1)[0]
    assert code in {finding.code for finding in upkeep.check(lambda _system, _orders: ())}
    store.close()
