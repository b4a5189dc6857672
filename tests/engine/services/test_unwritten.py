"""Signing in where the store can only be read: on a full disk, and on a read-only one."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.errors import SignInRefused, StoreBusy, WriteFailed
from engine.ports import OrderQuery
from engine.services.attempts import MOST_UNWRITTEN
from engine.services.signing_in import FLOOR_SECONDS, UNWRITTEN_SECONDS
from engine.store.folder.store import FolderStore, open_store
from tests.contract.folder.faults import Unwritable
from tests.contract.folder.former import make_former
from tests.contract.values import AUDIT_KEY
from tests.engine.services.house import OWN, House
from tests.support.clock import Clock
from tests.support.guide import PASSWORD, SYSTEM

DISKS = {"full": errno.ENOSPC, "read-only": errno.EROFS}


@pytest.fixture(params=list(DISKS.values()), ids=list(DISKS))
def disk(request: pytest.FixtureRequest) -> Unwritable:
    """A disk that lets itself be written until a test says otherwise."""
    disk = Unwritable()
    disk.fault, disk.breaks = None, request.param  # type: ignore[attr-defined]
    return disk


@pytest.fixture
def at(folder: Path, clock: Clock, disk: Unwritable) -> Iterator[House]:
    store = open_store(folder, AUDIT_KEY, clock, lock_seconds=0.05, calls=disk)
    yield House(store, clock)
    store.close()


@pytest.fixture
def breaks(disk: Unwritable) -> Callable[[], None]:
    """From now on nothing can be written."""

    def broken() -> None:
        disk.fault = disk.breaks  # type: ignore[attr-defined]

    return broken


def events(house: House) -> list[str]:
    return [event.event for event in house.store.events()]


def test_the_right_combination_lets_in_to_read(at: House, breaks: Callable[[], None]) -> None:
    breaks()
    before = events(at)
    session = at.sign_in()
    assert not session.written
    assert at.pauses == [UNWRITTEN_SECONDS]
    (told,) = at.told
    assert told.startswith("signed in, and not written down (E")
    assert told.endswith(f"): {session.who}")
    assert at.searching.by_equipment_id(session, SYSTEM).system.equipment_id == SYSTEM
    assert at.ordering.latest_orders(session, 8)
    assert at.searching.orders(session, OrderQuery(), 5)
    with pytest.raises(WriteFailed):
        at.ordering.place(session, at.draft())
    at.ordering.forget(session, "d1")  # of an order that was never kept, as when somebody leaves
    at.own_account.user(session)
    assert events(at) == before


@pytest.mark.parametrize(
    ("company", "login"), [("No Telecom", "jsmith"), (OWN, "nobody"), (OWN, "jsmith")]
)
def test_everything_wrong_gets_the_same_answer(
    at: House, breaks: Callable[[], None], company: str, login: str
) -> None:
    breaks()
    compared = at.passwords.compared
    with pytest.raises(SignInRefused):
        at.signing_in.sign_in(company, login, "not the password")
    assert at.passwords.compared == compared + 1
    waited, rest = at.pauses
    assert (waited, 0 <= rest <= FLOOR_SECONDS) == (UNWRITTEN_SECONDS, True)
    (told,) = at.told
    assert told.startswith("refused, and not written down")
    assert not {"No Telecom", "nobody", "not the password"} & set(told.split(": "))


def test_a_process_that_has_failed_looks_at_no_more(at: House, breaks: Callable[[], None]) -> None:
    """Of whomever: filling the disk is no way round the count."""
    breaks()
    for login in ("jsmith", "nobody", "helpdesk"):
        assert at.refused(login)
    assert MOST_UNWRITTEN == 3
    assert at.refused(password=PASSWORD)
    assert at.refused("helpdesk", password=PASSWORD)


def test_what_was_counted_before_counts(at: House, breaks: Callable[[], None]) -> None:
    later = at.clock.now + timedelta(seconds=30)
    at.change(lambda user: replace(user, failures=5, not_before=later))
    breaks()
    assert at.refused(password=PASSWORD)
    at.clock.advance(seconds=30)
    assert not at.refused(password=PASSWORD)


def test_failures_are_added_when_the_store_can_be_written(
    at: House, disk: Unwritable, breaks: Callable[[], None]
) -> None:
    breaks()
    for _ in range(MOST_UNWRITTEN):
        assert at.refused()
    assert at.user().failures == 0
    disk.fault = None
    assert at.refused()
    assert at.user().failures == MOST_UNWRITTEN + 1
    at.sign_in()
    assert at.user().failures == 0


def test_one_attempt_at_a_time_in_all_processes(
    at: House, folder: Path, breaks: Callable[[], None]
) -> None:
    breaks()
    other = open_store(folder, AUDIT_KEY)
    with other.one_at_a_time(), pytest.raises(StoreBusy):
        at.sign_in()
    at.sign_in()
    other.close()


def test_an_issued_password_is_not_used_up_and_lets_nobody_in(
    at: House, disk: Unwritable, breaks: Callable[[], None]
) -> None:
    issued = at.administration.reset_password(OWN, "jsmith", "desk")
    breaks()
    with pytest.raises(WriteFailed):
        at.sign_in(password=issued)
    disk.fault = None
    at.sign_in(password=issued)


def test_a_disk_that_fills_up_while_the_password_is_compared(
    at: House, breaks: Callable[[], None]
) -> None:
    reserve = at.store.change_user

    def then_full(*arguments: object) -> object:
        answer = reserve(*arguments)  # type: ignore[arg-type]
        breaks()
        return answer

    at.store.change_user = then_full  # type: ignore[method-assign, assignment]
    assert at.sign_in().login == "jsmith"


def test_a_store_of_the_first_release_too(at: House, breaks: Callable[[], None]) -> None:
    assert isinstance(at.store, FolderStore)
    make_former(at.store)
    store = open_store(at.store.folder.paths.root, AUDIT_KEY, at.clock, calls=at.store.folder.calls)
    breaks()
    house = House(store, at.clock, filled=False)
    session = house.sign_in()
    assert house.searching.by_equipment_id(session, SYSTEM).system.equipment_id == SYSTEM
    assert house.refused()
    store.close()
