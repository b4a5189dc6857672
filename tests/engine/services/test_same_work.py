"""Whatever is wrong at a login, the same is read and written: nobody can tell by the time."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.accounts.passwords import Passwords
from engine.errors import SignInRefused
from engine.files.writing import write_unsynced
from engine.services.signing_in import FLOOR_SECONDS
from engine.store.folder.former_accounts import user_document
from engine.store.folder.store import FolderStore, open_store
from tests.contract.folder.faults import Faulty
from tests.contract.values import AUDIT_KEY, user
from tests.engine.services.house import OWN, PEPPER, House
from tests.engine.services.test_signing_in import WRONG
from tests.support.clock import Clock
from tests.support.guide import PASSWORD


@pytest.fixture
def counted(folder: Path, clock: Clock) -> Iterator[tuple[House, Faulty]]:
    calls = Faulty()
    store = open_store(folder, AUDIT_KEY, clock, calls=calls)
    house = House(store, clock)
    assert house.refused()  # the first one of a process syncs the folder of the store
    house.administration.enable_user(OWN, "jsmith", "desk")
    yield house, calls
    store.close()


def calls_of(counted: tuple[House, Faulty], outcome: str) -> list[str]:
    house, calls = counted
    change, company, login, password = WRONG[outcome]
    house.change(change)
    before = len(calls.made)
    assert house.refused(login, company, password)
    return calls.made[before:]


def test_every_outcome_makes_the_same_calls(counted: tuple[House, Faulty]) -> None:
    made = {outcome: calls_of(counted, outcome) for outcome in WRONG}
    for outcome, calls in made.items():
        assert calls == made["wrong password"], outcome
    assert made["unknown user"].count("read") == 3  # company, user, and the user under the lock
    assert sum("sync" in call for call in made["unknown user"]) == 3


def crowd(store: FolderStore, of: str, count: int) -> None:
    """So many more people, without a sync for each."""
    for number in range(count):
        document = user_document(user(f"user-{number}", of), store.folder.paths)
        write_unsynced(store.folder.calls, *document)


def test_a_login_reads_no_more_among_many(counted: tuple[House, Faulty]) -> None:
    house, calls = counted
    few = calls_of(counted, "wrong password")
    assert isinstance(house.store, FolderStore)
    crowd(house.store, house.company_id(), 300)
    assert calls_of(counted, "wrong password") == few
    session = house.sign_in()
    before = calls.count
    house.access.require_signed_in(session)
    assert calls.made[before:] == ["read"]


@pytest.mark.long
def test_no_outcome_can_be_told_by_its_time(folder: Path, clock: Clock) -> None:
    """With 10,000 users, the real clock and the real pause."""
    store = open_store(folder, AUDIT_KEY, clock)
    house = House(store, clock)
    crowd(store, house.company_id(), 10_000)
    door = house.door(Passwords(PEPPER, 12))
    door._pause = time.sleep
    kept = replace(house.user(), password=Passwords(PEPPER, 12).hash(PASSWORD))
    took: dict[str, list[float]] = {outcome: [] for outcome in WRONG}
    for _ in range(9):  # in turns: what else the machine does weighs on all
        for outcome, (change, *typed) in WRONG.items():
            house.change(lambda _, change=change: change(kept))  # type: ignore[misc]
            began = time.perf_counter()
            with pytest.raises(SignInRefused):
                door.sign_in(*typed)
            took[outcome].append(time.perf_counter() - began)
    medians = [statistics.median(each) for each in took.values()]
    assert min(medians) >= FLOOR_SECONDS
    assert max(medians) <= 1.1 * min(medians)
    store.close()
