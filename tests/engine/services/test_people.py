"""A company's administrator and its people: role × deed × own company, another, oneself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.accounts.people import Role
from engine.audit import EventName
from engine.errors import (
    DeskAccount,
    LastAdministrator,
    NameTaken,
    NotAllowed,
    NotOneself,
    PasswordWrong,
    PeopleFull,
    SessionEnded,
    UserUnknown,
)
from engine.services.access import Session
from engine.services.people import People
from tests.engine.services.house import OWN, House
from tests.support.guide import PASSWORD

ANNA = {"last_name": "Essai", "first_name": "Anna", "email": "anna@example.com", "role": "order"}
Deed = Callable[[People, Session, str], object]
DEEDS: dict[str, Deed] = {
    "edit": lambda p, s, login: p.edit(
        s, login, last_name="New", first_name="Name", email="n@example.com"
    ),
    "set_role": lambda p, s, login: p.set_role(s, PASSWORD, login, "read"),
    "issue": lambda p, s, login: p.issue(s, PASSWORD, login),
    "close": lambda p, s, login: p.close(s, login),
    "open": lambda p, s, login: p.open(s, login),
    "end_sessions": lambda p, s, login: p.end_sessions(s, login),
}


@pytest.fixture
def admin(house: House) -> Session:
    """jsmith, as the administrator of his company."""
    house.administration.set_role(OWN, "jsmith", "company-admin", "desk")
    return house.sign_in()


def added(house: House, admin: Session, login: str = "anna", **changes: str) -> str:
    return house.people.add(admin, PASSWORD, login, **(ANNA | changes))


def test_somebody_new_logs_in_with_the_password_that_was_issued(
    house: House, admin: Session
) -> None:
    issued = added(house, admin)
    assert "anna" in [user.login for user in house.people.people(admin)]
    session, user = house.signing_in.sign_in(OWN, "anna", issued)
    assert (user.role, user.issued_until is not None) == (Role.ORDER, True)
    (line,) = [line for line in house.store.events() if line.event == EventName.USER_ADD][-1:]
    assert line.who == admin.who
    assert session.company == admin.company


@pytest.mark.parametrize("role", Role)
def test_only_administrators_and_the_desk_may(house: House, role: Role) -> None:
    session = house.session_as(role)
    before = house.store.users()
    if role in (Role.COMPANY_ADMIN, Role.LICENCE_DESK):
        assert house.people.people(session)
        return
    with pytest.raises(NotAllowed):
        house.people.people(session)
    with pytest.raises(NotAllowed):
        added(house, session)
    for deed in DEEDS.values():
        with pytest.raises(NotAllowed):
            deed(house.people, session, "helpdesk")
    assert house.store.users() == before


@pytest.mark.parametrize("name", DEEDS)
def test_nobody_of_another_company_and_no_account_of_the_desk(
    house: House, admin: Session, name: str
) -> None:
    house.administration.add_user(
        OWN,
        "boss",
        last_name="B",
        first_name="B",
        email="b@example.com",
        role="licence-desk",
        who="d",
    )
    before = house.store.users()
    with pytest.raises(UserUnknown):
        DEEDS[name](house.people, admin, "mmartin")
    with pytest.raises(DeskAccount):
        DEEDS[name](house.people, admin, "boss")
    assert house.store.users() == before


@pytest.mark.parametrize("role", ["licence-desk", "auditor"])
def test_roles_of_the_desk_are_not_given(house: House, admin: Session, role: str) -> None:
    added(house, admin)
    with pytest.raises(DeskAccount):
        house.people.set_role(admin, PASSWORD, "anna", role)
    with pytest.raises(DeskAccount):
        added(house, admin, "bob", role=role)


@pytest.mark.parametrize("name", ["set_role", "issue", "close"])
def test_not_to_oneself(house: House, admin: Session, name: str) -> None:
    with pytest.raises(NotOneself):
        DEEDS[name](house.people, admin, "JSMITH")


def test_of_two_administrators_one_is_left(house: House, admin: Session) -> None:
    added(house, admin, role="company-admin")
    house.administration.reset_password(OWN, "anna", "desk", "a password of my own")
    anna = house.sign_in("anna", password="a password of my own")
    house.people.close(anna, "jsmith")
    with pytest.raises(SessionEnded):
        house.people.close(admin, "anna")
    house.people.open(anna, "jsmith")
    house.people.set_role(anna, "a password of my own", "jsmith", "order")
    with pytest.raises(NotAllowed):
        house.people.close(house.sign_in(), "anna")


def test_the_last_administrator_is_not_demoted_by_the_desk_in_the_company(house: House) -> None:
    house.administration.set_role(OWN, "jsmith", "company-admin", "desk")
    house.administration.add_user(
        *(OWN, "boss"),
        last_name="B",
        first_name="B",
        email="b@example.com",
        role="licence-desk",
        password="a password of my own",
        who="d",
    )
    desk = house.sign_in("boss", password="a password of my own")
    with pytest.raises(LastAdministrator):
        house.people.close(desk, "jsmith")
    with pytest.raises(LastAdministrator):
        house.people.set_role(desk, "a password of my own", "jsmith", "order")


@pytest.mark.parametrize("name", ["set_role", "issue"])
def test_a_wrong_password_of_ones_own_changes_nothing_and_counts(
    house: House, admin: Session, name: str
) -> None:
    added(house, admin)
    before = {user.login: user for user in house.store.users()}["anna"]
    deeds: dict[str, Callable[[], object]] = {
        "issue": lambda: house.people.issue(admin, "wrong", "anna"),
        "set_role": lambda: house.people.set_role(admin, "wrong", "anna", "read"),
    }
    with pytest.raises(PasswordWrong):
        deeds[name]()
    assert {user.login: user for user in house.store.users()}["anna"] == before
    own = house.store.user(house.company_id(OWN), "jsmith")
    assert own is not None
    assert own.failures == 1
    house.people.issue(admin, PASSWORD, "anna")
    own = house.store.user(house.company_id(OWN), "jsmith")
    assert own is not None
    assert own.failures == 0


def test_a_company_has_so_many_and_no_more(house: House, admin: Session) -> None:
    house.people._most = len(house.people.people(admin)) + 1
    added(house, admin)
    with pytest.raises(PeopleFull):
        added(house, admin, "bob")
    house.people._most = 99
    with pytest.raises(NameTaken):
        added(house, admin, "ANNA")


def test_ended_sessions_are_over_and_the_account_is_open(house: House, admin: Session) -> None:
    helpdesk = house.sign_in("helpdesk")
    house.people.end_sessions(admin, "helpdesk")
    with pytest.raises(SessionEnded):
        house.searching.companies(helpdesk)
    house.searching.companies(house.sign_in("helpdesk"))


def test_a_role_that_was_taken_away_counts_at_once(house: House, admin: Session) -> None:
    assert house.people.people(admin)
    house.administration.set_role(OWN, "jsmith", "order", "desk")
    with pytest.raises(NotAllowed):
        house.people.close(admin, "helpdesk")
