"""What the server refuses, said by a real one: each is the portal's own error, and nothing was
changed. A trigger says what a full disk or a damaged page would make the server say."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from engine.errors import (
    DocumentDamaged,
    StoreBusy,
    StoreMissing,
    StoreNotWritable,
    StoreTooNew,
    StoreTrouble,
    StoreUnreachable,
    Unreachable,
    WriteFailed,
)
from engine.store.postgresql import changing, line
from engine.store.postgresql.schema import KNOWN
from engine.store.postgresql.store import PostgresqlStore, open_store
from tests.contract.values import AUDIT_KEY, ID, TickingClock, decide, system

Owner = Callable[[str], None]

SAID: dict[str, type[StoreTrouble]] = {
    "53100": WriteFailed,
    "58030": WriteFailed,
    "XX001": DocumentDamaged,
    "XX002": DocumentDamaged,
    "42501": StoreNotWritable,
    "42P01": StoreMissing,
    "3D000": StoreMissing,
    "55P03": StoreBusy,
    "57014": StoreBusy,
}
FOR_A_WHILE = ["40001", "40P01", "25006", "53300", "57P03"]
TRIGGER = """CREATE SEQUENCE said;
GRANT USAGE ON said TO keycode_desk;
CREATE FUNCTION say() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF nextval('said') <= {times} THEN RAISE EXCEPTION 'planted' USING ERRCODE = '{state}'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER say BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION say()"""


@pytest.fixture
def owner(database: str) -> Iterator[Owner]:
    """Runs SQL as the owner of the schema; what it planted is gone afterwards."""
    import psycopg

    with psycopg.connect(database.replace("user=desk", "user=owner"), autocommit=True) as made:

        def run(sql: str) -> None:
            made.execute(sql.encode())

        yield run
        made.execute("DROP FUNCTION IF EXISTS say CASCADE; DROP SEQUENCE IF EXISTS said")
        made.execute("DELETE FROM version WHERE number > %s", (KNOWN,))


@pytest.mark.parametrize("table", ["orders", "audit"])
@pytest.mark.parametrize("state", SAID)
def test_what_is_refused_changes_nothing_and_is_told(
    state: str, table: str, new_database: Callable[[], PostgresqlStore], owner: Owner
) -> None:
    store = new_database()
    store.add_systems([system()])
    lines = len(list(store.events()))
    owner(TRIGGER.format(times=1, state=state, table=table))
    with pytest.raises(SAID[state]):
        store.place(ID, "d1", decide("d1"))
    found = store.system(ID)
    assert found is not None
    assert found.orders == ()
    assert len(list(store.events())) == lines
    assert not store.place(ID, "d1", decide("d1")).already
    store.close()


@pytest.mark.parametrize("state", FOR_A_WHILE)
def test_what_lasts_a_while_is_tried_again_without_a_word(
    state: str, new_database: Callable[[], PostgresqlStore], owner: Owner
) -> None:
    store = new_database()
    store.add_systems([system()])
    owner(TRIGGER.format(times=2, state=state, table="orders"))
    assert store.place(ID, "d1", decide("d1")).order.number == f"{ID}-0001"
    assert store.place(ID, "d1", decide("d1")).already
    found = store.system(ID)
    assert found is not None
    assert len(found.orders) == 1
    assert [line.event for line in store.events()].count("order") == 1
    store.close()


def test_who_holds_a_system_is_not_waited_for_without_end(
    database: str, new_database: Callable[[], PostgresqlStore]
) -> None:
    import psycopg

    new_database().close()
    store = open_store(database, AUDIT_KEY, TickingClock(), lock_seconds=0.2)
    store.add_systems([system()])
    with psycopg.connect(database.replace("user=desk", "user=owner")) as holder:
        holder.execute("SELECT 1 FROM systems FOR UPDATE")
        began = time.monotonic()
        with pytest.raises(StoreBusy):
            store.place(ID, "d1", decide("d1"))
        assert time.monotonic() - began < 5
    assert not store.place(ID, "d1", decide("d1")).already
    store.close()


def test_a_newer_schema_is_left_alone(
    database: str, new_database: Callable[[], PostgresqlStore], owner: Owner
) -> None:
    new_database().close()
    owner("INSERT INTO version VALUES (99)")
    with pytest.raises(StoreTooNew) as caught:
        open_store(database, AUDIT_KEY)
    assert caught.value.found == 99


def test_with_a_standby_only_the_time_is_kept(
    database: str,
    new_database: Callable[[], PostgresqlStore],
    owner: Owner,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """To libpq, a server that only reads is one."""
    new_database().close()
    monkeypatch.setattr(changing, "LOOKING", 1.0)
    reads = f"{database} options='-c default_transaction_read_only=on'"
    began = time.monotonic()
    with pytest.raises(StoreUnreachable) as caught:
        open_store(f"{reads} target_session_attrs=read-write password=s3cret-word", AUDIT_KEY)
    assert time.monotonic() - began < 4
    assert caught.value.reason is Unreachable.STANDBY
    assert "s3cret-word" not in repr(vars(caught.value)) + str(caught.value)


def test_a_server_that_is_not_there_is_told_without_the_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(changing, "LOOKING", 0.6)
    for place in (
        "host=/nowhere dbname=keycodes password='s3cret word'",
        "postgresql://portal:s3cret@localhost:1/keycodes",
        "host=/nowhere password=s3cret dbname",
    ):
        with pytest.raises(StoreUnreachable) as caught:
            open_store(place, AUDIT_KEY)
        assert "s3cret" not in caught.value.path, place


def test_a_connection_that_is_not_taken_is_closed_within_the_budget(
    database: str, new_database: Callable[[], PostgresqlStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server lets the portal in and refuses what it sets next: a number too large."""
    new_database().close()
    made: list[line._Connection] = []
    connect = line._Connection.connect

    def kept(*words: object, **more: object) -> line._Connection:
        made.append(connect(*words, **more))  # type: ignore[arg-type]  # handed on as they came
        return made[-1]

    monkeypatch.setattr(line._Connection, "connect", kept)
    greedy = line.Line(database, lock_seconds=1e9)
    with pytest.raises(StoreUnreachable):
        greedy.tried(lambda: greedy.ask(("SELECT 1", ())), 0.6)
    assert made
    assert all(each.closed for each in made)
    assert all(each.until == greedy.until for each in made)
