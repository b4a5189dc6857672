"""Signing in: one answer to everything that is wrong, and an end to guessing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from engine.accounts.passwords import Passwords
from engine.accounts.people import User
from engine.audit import EventName
from engine.errors import (
    PasswordChangeDue,
    PasswordsDiffer,
    PasswordTooShort,
    PasswordUnchanged,
    PasswordWrong,
    SessionEnded,
    SignInRefused,
)
from engine.ports import OrderQuery
from engine.services import signing_in
from engine.services.attempts import FREE_FAILURES, MOST_FAILURES
from engine.services.signing_in import FLOOR_SECONDS
from tests.engine.services.house import OWN, PEPPER, House
from tests.support.clock import BEGIN, Clock
from tests.support.guide import PASSWORD

NEW = "a new long password"


def _disabled(user: User) -> User:
    return replace(user, disabled=True)


def _too_early(user: User) -> User:
    return replace(user, failures=6, not_before=BEGIN + timedelta(seconds=1))


def _expired(user: User) -> User:
    return replace(user, issued_until=BEGIN - timedelta(seconds=1))


def _closed(user: User) -> User:
    return replace(user, failures=MOST_FAILURES)


def _as_it_is(user: User) -> User:
    return user


WRONG: dict[str, tuple[Callable[[User], User], str, str, str]] = {
    "unknown company": (_as_it_is, "No Telecom", "jsmith", PASSWORD),
    "unknown user": (_as_it_is, OWN, "nobody", PASSWORD),
    "wrong password": (_as_it_is, OWN, "jsmith", "hunter2 hunter2 hunter2"),
    "disabled": (_disabled, OWN, "jsmith", PASSWORD),
    "too early": (_too_early, OWN, "jsmith", PASSWORD),
    "expired": (_expired, OWN, "jsmith", PASSWORD),
    "closed": (_closed, OWN, "jsmith", PASSWORD),
}


@pytest.mark.parametrize(
    ("company", "login"),
    [(OWN, "jsmith"), ("  demo   TELECOM ", "JSmith"), ("Demo\u200b Telecom", " jsmith\t")],
)
def test_the_right_combination_opens_a_session(each_house: House, company: str, login: str) -> None:
    session, user = each_house.signing_in.sign_in(company, login, PASSWORD)
    assert (session.company and session.company.name, session.login) == (OWN, "jsmith")
    assert (user.first_name, user.last_name, user.failures) == ("John", "Smith", 0)
    assert each_house.own_account.user(session) == user
    assert each_house.events()[-1] == "sign-in"
    assert each_house.pauses == []


@pytest.mark.parametrize("outcome", WRONG)
def test_everything_wrong_gets_one_answer(each_house: House, outcome: str) -> None:
    change, company, login, password = WRONG[outcome]
    each_house.change(change)
    before = each_house.passwords.compared
    with pytest.raises(SignInRefused) as caught:
        each_house.signing_in.sign_in(company, login, password)
    assert caught.value.data == {}
    assert each_house.passwords.compared == before + 1
    (pause,) = each_house.pauses
    assert 0 < pause <= FLOOR_SECONDS
    line = list(each_house.store.events())[-1]
    assert line.event == EventName.SIGN_IN_REFUSED
    for typed in {company, login, password} - {"jsmith"}:
        assert typed not in str(line)


@pytest.mark.parametrize("outcome", WRONG)
def test_exactly_one_bcrypt_whatever_is_wrong(
    house: House, outcome: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import bcrypt

    calls: list[bytes] = []
    real = bcrypt.checkpw

    def counted(password: bytes, hashed: bytes) -> bool:
        calls.append(hashed)
        return real(password, hashed)

    def never(*_: object) -> bytes:
        raise AssertionError("a refusal hashes nothing")

    monkeypatch.setattr(bcrypt, "checkpw", counted)
    monkeypatch.setattr(bcrypt, "hashpw", never)
    change, company, login, password = WRONG[outcome]
    house.change(change)
    with pytest.raises(SignInRefused):
        house.signing_in.sign_in(company, login, password)
    (hashed,) = calls
    assert hashed.startswith(b"$2b$04$")


def test_a_refusal_waits_for_the_rest_of_the_floor(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter([100.0, 100.2])
    monkeypatch.setattr(signing_in, "time", SimpleNamespace(monotonic=lambda: next(times)))
    assert house.refused()
    assert house.pauses == [pytest.approx(FLOOR_SECONDS - 0.2)]


def test_a_comparison_longer_than_the_floor_is_not_waited_for(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter([100.0, 107.0])
    monkeypatch.setattr(signing_in, "time", SimpleNamespace(monotonic=lambda: next(times)))
    assert house.refused()
    assert house.pauses == [0.0]


# Throttling


def test_waits_double_from_the_fifth_failure_to_an_hour(house: House, clock: Clock) -> None:
    waits: list[float] = []
    for _ in range(15):
        assert house.refused()
        not_before = house.user().not_before
        waits.append((not_before - clock.now).total_seconds() if not_before else 0)
        clock.now = max(clock.now, not_before or clock.now)
    doubling = [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600]
    assert waits == [0] * (FREE_FAILURES - 1) + doubling


def test_an_attempt_that_is_too_early_counts_for_nothing(house: House, clock: Clock) -> None:
    for _ in range(FREE_FAILURES):
        assert house.refused()
    kept = house.user()
    clock.advance(seconds=29)
    assert house.refused(password=PASSWORD)
    assert house.user() == kept
    clock.advance(seconds=1)
    assert not house.refused(password=PASSWORD)


def test_success_forgets_the_failures(each_house: House, clock: Clock) -> None:
    for _ in range(FREE_FAILURES):
        assert each_house.refused()
    clock.advance(seconds=30)
    each_house.sign_in()
    assert (each_house.user().failures, each_house.user().not_before) == (0, None)
    for _ in range(FREE_FAILURES - 1):
        assert each_house.refused()
    each_house.sign_in()


def test_fifty_failures_close_the_account_until_the_desk_opens_it(
    each_house: House, clock: Clock
) -> None:
    session = each_house.sign_in()
    for _ in range(MOST_FAILURES):
        assert not each_house.user().disabled
        assert each_house.refused()
        clock.advance(hours=1)
    assert each_house.user().disabled
    assert each_house.events().count("user-closed") == 1
    assert each_house.refused(password=PASSWORD)
    each_house.administration.enable_user(OWN, "jsmith", "desk")
    each_house.sign_in()
    with pytest.raises(SessionEnded):
        each_house.ordering.latest_orders(session, 1)


def test_resetting_the_password_does_not_open_a_closed_account(house: House) -> None:
    house.change(_closed)
    house.change(_disabled)
    issued = house.administration.reset_password(OWN, "jsmith", "desk")
    assert house.refused(password=issued)


# What somebody else does while a password is compared


class _Meanwhile(Passwords):
    """A comparison during which something happens."""

    def __init__(self, happens: Callable[[], object]) -> None:
        super().__init__(PEPPER, 4)
        self._happens = happens

    def verify(self, password: str, kept: str | None) -> bool:
        right = super().verify(password, kept)
        self._happens()
        return right


def test_a_sign_in_cannot_undo_a_reset(each_house: House) -> None:
    issued: list[str] = []
    door = each_house.door(
        _Meanwhile(
            lambda: issued.append(each_house.administration.reset_password(OWN, "jsmith", "desk"))
        )
    )
    with pytest.raises(SignInRefused):
        door.sign_in(OWN, "jsmith", PASSWORD)
    assert each_house.refused(password=PASSWORD)
    assert not each_house.refused(password=issued[0])


def test_an_account_closed_meanwhile_lets_nobody_in(house: House) -> None:
    door = house.door(_Meanwhile(lambda: house.change(_disabled)))
    with pytest.raises(SignInRefused):
        door.sign_in(OWN, "jsmith", PASSWORD)


def test_a_change_of_password_cannot_undo_a_reset(house: House) -> None:
    session = house.sign_in()
    own_account = house.own_account_with(
        _Meanwhile(lambda: house.administration.reset_password(OWN, "jsmith", "desk"))
    )
    with pytest.raises(SessionEnded):
        own_account.change_password(session, PASSWORD, NEW, NEW)
    assert house.refused(password=NEW)


def test_two_right_sign_ins_at_once_are_both_let_in(house: House) -> None:
    door = house.door(_Meanwhile(house.sign_in))
    door.sign_in(OWN, "jsmith", PASSWORD)


# Costs


def test_a_hash_of_a_lower_cost_is_made_anew_at_sign_in(each_house: House) -> None:
    assert each_house.user().password.startswith("kp1$$2b$04$")
    each_house.door(Passwords(PEPPER, 5)).sign_in(OWN, "jsmith", PASSWORD)
    assert each_house.user().password.startswith("kp1$$2b$05$")
    each_house.sign_in()
    assert each_house.user().password.startswith("kp1$$2b$05$")


# Changing the password


def test_a_changed_password_ends_the_other_sessions(each_house: House) -> None:
    own, other = each_house.sign_in(), each_house.sign_in()
    each_house.own_account.change_password(own, PASSWORD, NEW, NEW)
    each_house.ordering.latest_orders(own, 1)
    with pytest.raises(SessionEnded) as caught:
        each_house.ordering.latest_orders(other, 1)
    assert caught.value.reason == "password"
    assert each_house.refused(password=PASSWORD)
    assert not each_house.refused(password=NEW)
    assert "password-change" in each_house.events()


@pytest.mark.parametrize(
    ("previous", "new", "again", "error"),
    [
        (PASSWORD, "short", "short", PasswordTooShort),
        (PASSWORD, NEW, NEW + "x", PasswordsDiffer),
        (PASSWORD, PASSWORD, PASSWORD, PasswordUnchanged),
        ("mot de passe trop cafe\u0301", *["mot de passe trop caf\u00e9"] * 2, PasswordUnchanged),
        ("not the password", NEW, NEW, PasswordWrong),
    ],
)
def test_a_change_that_is_refused_changes_nothing(
    house: House, previous: str, new: str, again: str, error: type[Exception]
) -> None:
    session = house.sign_in()
    kept = house.user().password
    with pytest.raises(error):
        house.own_account.change_password(session, previous, new, again)
    assert house.user().password == kept
    house.ordering.latest_orders(session, 1)


def test_a_wrong_previous_password_is_an_attempt(house: House, clock: Clock) -> None:
    session = house.sign_in()
    for _ in range(FREE_FAILURES):
        with pytest.raises(PasswordWrong):
            house.own_account.change_password(session, "not the password", NEW, NEW)
    assert house.user().failures == FREE_FAILURES
    compared = house.passwords.compared
    with pytest.raises(PasswordWrong):
        house.own_account.change_password(session, PASSWORD, NEW, NEW)
    assert house.passwords.compared == compared
    assert house.events().count("password-change-refused") == FREE_FAILURES + 1
    clock.advance(seconds=30)
    house.own_account.change_password(session, PASSWORD, NEW, NEW)
    assert house.user().failures == 0


# Issued passwords


@pytest.fixture
def issued(house: House) -> str:
    return house.administration.reset_password(OWN, "jsmith", "desk")


def test_an_issued_password_opens_nothing_until_it_is_changed(house: House, issued: str) -> None:
    session, user = house.signing_in.sign_in(OWN, "jsmith", issued)
    assert user.issued_until == BEGIN + timedelta(hours=72)
    order = house.store.find_orders(OrderQuery(), 1)[0]
    for service in (
        lambda: house.ordering.find_system(session, "03FFFF0302AD4"),
        lambda: house.ordering.check(session, house.draft()),
        lambda: house.ordering.place(session, house.draft()),
        lambda: house.ordering.earlier_order(session, "x"),
        lambda: house.ordering.latest_orders(session, 1),
        lambda: house.ordering.last_address(session),
        lambda: house.ordering.unfinished(session),
        lambda: house.searching.by_equipment_id(session, "03FFFF0302AD4"),
        lambda: house.searching.orders(session, OrderQuery(), 1),
        lambda: house.searching.order(session, "03FFFF0302AD4-0001"),
        lambda: house.checking.check(session, "03FFFF0302AD4", "442Z"),
        lambda: house.exporting.export(session, order, "text"),
    ):
        with pytest.raises(PasswordChangeDue):
            service()
    house.own_account.change_password(session, issued, NEW, NEW)
    assert house.user().issued_until is None
    house.ordering.find_system(session, "03FFFF0302AD4")


@pytest.mark.parametrize(("hours", "usable"), [(72, True), (72.001, False)])
def test_an_issued_password_is_good_for_72_hours(
    house: House, clock: Clock, issued: str, hours: float, usable: bool
) -> None:
    clock.advance(hours=hours)
    assert house.refused(password=issued) is not usable


def test_an_issued_password_logs_in_once(each_house: House, clock: Clock) -> None:
    issued = each_house.administration.reset_password(OWN, "jsmith", "desk")
    session = each_house.sign_in(password=issued)
    assert each_house.refused(password=issued)
    assert each_house.user().failures == 0  # it is not even looked at
    clock.advance(hours=73)  # whoever is in may take his time
    session.seen_at = session.began_at = clock.now
    each_house.own_account.change_password(session, issued, NEW, NEW)
    assert not each_house.refused(password=NEW)
    assert not each_house.refused(password=NEW)


def test_who_leaves_without_choosing_needs_another(each_house: House) -> None:
    issued = each_house.administration.reset_password(OWN, "jsmith", "desk")
    each_house.signing_in.sign_out(each_house.sign_in(password=issued))
    assert each_house.refused(password=issued)
    another = each_house.administration.reset_password(OWN, "jsmith", "desk")
    assert each_house.refused(password=issued)
    each_house.sign_in(password=another)


def test_of_two_with_one_issued_password_one_is_let_in(house: House, issued: str) -> None:
    door = house.door(_Meanwhile(lambda: house.sign_in(password=issued)))
    with pytest.raises(SignInRefused):
        door.sign_in(OWN, "jsmith", issued)


def test_a_failed_login_does_not_use_an_issued_password_up(house: House, issued: str) -> None:
    assert house.refused()
    house.sign_in(password=issued)


# What somebody has changed in the files


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "hash",
        "kp1$",
        "kp1$$2b$04$" + "." * 52,
        "kp1$$2b$04$" + "." * 54,
        "kp1$$2b$04$" + "é" * 53,
        "kp1$$2b$4$" + "." * 53,
        "kp1$$2b$31$" + "." * 53,  # it would be compared for days
        "kp1$$2b$99$" + "." * 53,
        "kp1$$2y$04$" + "." * 53,
        "kp1$$2b$04$" + "." * 21 + "z" + "." * 31,
        "kp1$$2b$04$" + "." * 53 + "\n",
        "kp2$$2b$04$" + "." * 53,
        "x" * 100_000,
    ],
)
def test_a_garbage_hash_is_a_login_refused(each_house: House, kept: str) -> None:
    session = each_house.sign_in()
    each_house.change(lambda user: replace(user, password=kept))
    compared = each_house.passwords.compared
    assert each_house.refused(password=PASSWORD)
    assert each_house.passwords.compared == compared + 1
    with pytest.raises(PasswordWrong):
        each_house.own_account.change_password(session, PASSWORD, NEW, NEW)
    issued = each_house.administration.reset_password(OWN, "jsmith", "desk")
    each_house.sign_in(password=issued)
