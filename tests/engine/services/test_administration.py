"""What the licence desk does: companies, users, systems."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from engine.accounts.people import Role
from engine.audit import EventName
from engine.errors import (
    CompanyUnknown,
    EmailMalformed,
    EquipmentIdMalformed,
    FieldRequired,
    FieldTooLong,
    LoginMalformed,
    ModelUnknown,
    NameTaken,
    PasswordIsName,
    PasswordTooShort,
    PortalError,
    ProductUnknown,
    ReleaseUnknown,
    RoleUnknown,
    SystemKnown,
    UserUnknown,
    WriteFailed,
)
from tests.engine.services.house import OTHER, OWN, House
from tests.support.clock import BEGIN
from tests.support.guide import SYSTEM

GIVEN = "a good long password"
Change = Callable[[House], object]


def _add_user(house: House, **changes: str) -> str:
    values = {
        "company_name": OWN,
        "login": "ann",
        "last_name": "Ex",
        "first_name": "Ann",
        "email": "ann@example.com",
        "who": "unix:desk",
    }
    return house.administration.add_user(**(values | changes))


def _add_system(house: House, **changes: str) -> None:
    values = {"equipment_id": "0123456789ABC", "product": "aastra5000", "release": "R5.1"}
    company = house.administration.company(OWN)
    system = house.registering.new_system(**(values | changes), company=company)
    house.registering.add_system(system, "unix:desk")


# Companies


def test_a_company(each_house: House) -> None:
    added = each_house.administration.add_company("  New\x1b\tTelecom ", "unix:desk")
    assert (added.name, added.created_at) == ("New Telecom", BEGIN)
    assert added in each_house.administration.companies()
    assert each_house.administration.company("NEW  telecom") == added
    line = list(each_house.store.events())[-1]
    assert (line.event, line.who, line.details) == (
        "company-add",
        "unix:desk",
        {"company": added.company_id},
    )


@pytest.mark.parametrize("name", [OWN, "demo  TELECOM", "\u200bDemo Telecom"])
def test_a_company_is_there_once(each_house: House, name: str) -> None:
    before = each_house.events()
    with pytest.raises(NameTaken):
        each_house.administration.add_company(name, "unix:desk")
    assert len(each_house.administration.companies()) == 2
    assert each_house.events() == before


@pytest.mark.parametrize(
    ("name", "error"),
    [("", FieldRequired), ("\u200b\x1b", FieldRequired), ("x" * 61, FieldTooLong)],
)
def test_a_company_has_a_name_that_fits(house: House, name: str, error: type[PortalError]) -> None:
    with pytest.raises(error):
        house.administration.add_company(name, "unix:desk")


# Users


def test_a_user_with_an_issued_password(each_house: House) -> None:
    issued = _add_user(each_house, role="read")
    user = each_house.user("ANN")
    assert (user.role, user.issued_until) == (Role.READ, BEGIN + timedelta(hours=72))
    assert issued not in str(list(each_house.store.events()))
    assert not each_house.refused("ann", password=issued)
    line = [e for e in each_house.store.events() if e.event == EventName.USER_ADD][-1]
    assert line.details == {"user": "demo-1/ann", "role": "read"}


def test_a_user_with_a_given_password(each_house: House) -> None:
    assert _add_user(each_house, password=GIVEN) == ""
    session = each_house.sign_in("ann", password=GIVEN)
    each_house.ordering.find_system(session, SYSTEM)


def test_users_by_company(each_house: House) -> None:
    found = each_house.administration.users()
    logins = [(company.name, user.login) for company, user in found]
    assert logins == [(OWN, "helpdesk"), (OWN, "jsmith"), (OTHER, "mmartin")]
    assert [user.login for _, user in each_house.administration.users("other telecom")] == [
        "mmartin"
    ]
    with pytest.raises(CompanyUnknown):
        each_house.administration.users("No Telecom")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"company_name": "No Telecom"}, CompanyUnknown),
        ({"login": ""}, FieldRequired),
        ({"login": "x" * 61}, FieldTooLong),
        ({"login": "JSMITH"}, NameTaken),
        ({"login": "\u200bjsmith "}, NameTaken),
        ({"last_name": " "}, FieldRequired),
        ({"first_name": "\x00"}, FieldRequired),
        ({"first_name": "x" * 10_000}, FieldTooLong),
        ({"email": ""}, EmailMalformed),
        ({"email": "ann"}, EmailMalformed),
        ({"email": "ann@"}, EmailMalformed),
        ({"login": "a b"}, LoginMalformed),
        ({"login": "a/b"}, LoginMalformed),
        ({"email": "a b@example.com"}, EmailMalformed),
        ({"email": "a@b@example.com"}, EmailMalformed),
        ({"email": "x" * 65 + "@example.com"}, EmailMalformed),
        ({"role": "root"}, RoleUnknown),
        ({"role": "ORDER"}, RoleUnknown),
        ({"password": "short"}, PasswordTooShort),
        ({"password": "a-login-as-long", "login": "A-login-as-long"}, PasswordIsName),
    ],
)
def test_a_user_that_is_refused_is_not_there(
    house: House, changes: dict[str, str], error: type[PortalError]
) -> None:
    before = house.store.users()
    lines = house.events()
    with pytest.raises(error):
        _add_user(house, **changes)
    assert house.store.users() == before
    assert house.events() == lines


def test_the_roles_that_there_are_are_named(house: House) -> None:
    with pytest.raises(RoleUnknown) as caught:
        house.administration.set_role(OWN, "jsmith", "root", "unix:desk")
    assert caught.value.known == ("read", "order", "company-admin", "licence-desk", "auditor")


def test_a_reset_password_is_issued_or_given(each_house: House) -> None:
    administration = each_house.administration
    issued = administration.reset_password(OWN, "jsmith", "unix:desk")
    assert each_house.user().issued_until == BEGIN + timedelta(hours=72)
    assert not each_house.refused(password=issued)
    assert administration.reset_password(OWN, "jsmith", "unix:desk", GIVEN) == ""
    assert each_house.user().issued_until is None
    assert each_house.refused(password=issued)
    assert not each_house.refused(password=GIVEN)
    with pytest.raises(PasswordTooShort):
        administration.reset_password(OWN, "jsmith", "unix:desk", "short")
    assert not each_house.refused(password=GIVEN)


def test_each_change_of_a_user_is_noted_once(each_house: House) -> None:
    administration = each_house.administration
    before = len(each_house.events())
    administration.disable_user(OWN, "JSmith", "unix:desk")
    administration.enable_user(OWN, "jsmith", "unix:desk")
    administration.set_role(OWN, "jsmith", "auditor", "unix:desk")
    administration.reset_password(OWN, "jsmith", "unix:desk")
    lines = list(each_house.store.events())[before:]
    assert [(line.event, line.details["role"]) for line in lines] == [
        ("user-disable", "order"),
        ("user-enable", "order"),
        ("user-role", "auditor"),
        ("user-reset-password", "auditor"),
    ]
    assert {(line.who, line.details["user"]) for line in lines} == {("unix:desk", "demo-1/jsmith")}


@pytest.mark.parametrize(
    "change",
    [
        lambda house, company, login: house.administration.disable_user(company, login, "w"),
        lambda house, company, login: house.administration.enable_user(company, login, "w"),
        lambda house, company, login: house.administration.set_role(company, login, "read", "w"),
        lambda house, company, login: house.administration.reset_password(company, login, "w"),
    ],
    ids=["disable", "enable", "role", "reset"],
)
def test_whom_nobody_knows(house: House, change: Callable[[House, str, str], object]) -> None:
    with pytest.raises(CompanyUnknown):
        change(house, "No Telecom", "jsmith")
    with pytest.raises(UserUnknown) as caught:
        change(house, OWN, "mmartin")
    assert (caught.value.company, caught.value.login) == (OWN, "mmartin")


# Systems


def test_a_system(each_house: House) -> None:
    _add_system(each_house, equipment_id="0123-4567-89abc", product="Aastra5000")
    _add_system(
        each_house,
        equipment_id="0123456789ABD",
        product="nexspan",
        release="R4.2",
        model="Nexspan 50",
    )
    session = each_house.sign_in()
    assert each_house.ordering.find_system(session, "0123456789ABC").product == "aastra5000"
    assert each_house.ordering.find_system(session, "0123456789ABD").model == "Nexspan 50"
    assert [system.equipment_id for system in each_house.registering.systems()][:3] == [
        "0123456789ABC",
        "0123456789ABD",
        "01A0B40000C17",
    ]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"equipment_id": SYSTEM}, SystemKnown),
        ({"equipment_id": "0123"}, EquipmentIdMalformed),
        ({"product": "pbx"}, ProductUnknown),
        ({"release": "R9"}, ReleaseUnknown),
        ({"release": ""}, ReleaseUnknown),
        ({"model": "Nexspan 50"}, ModelUnknown),
        ({"product": "nexspan", "release": "R4.2"}, ModelUnknown),
        ({"product": "nexspan", "release": "R4.2", "model": "Nexspan X"}, ModelUnknown),
    ],
)
def test_a_system_that_is_refused_is_not_there(
    each_house: House, changes: dict[str, str], error: type[PortalError]
) -> None:
    lines, count = each_house.events(), each_house.store.system_count()
    with pytest.raises(error):
        _add_system(each_house, **changes)
    assert (each_house.events(), each_house.store.system_count()) == (lines, count)


# No line in the audit log, no change


@pytest.mark.parametrize(
    "change",
    [
        lambda house: house.administration.add_company("New Telecom", "w"),
        _add_user,
        lambda house: house.administration.disable_user(OWN, "jsmith", "w"),
        lambda house: house.administration.enable_user(OWN, "jsmith", "w"),
        lambda house: house.administration.set_role(OWN, "jsmith", "read", "w"),
        lambda house: house.administration.reset_password(OWN, "jsmith", "w"),
        _add_system,
    ],
    ids=["company", "user", "disable", "enable", "role", "reset", "system"],
)
def test_no_line_no_change(
    each_house: House, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = each_house.store
    before = store.companies(), store.users(), list(store.systems())

    def full(*_: str, **__: str) -> None:
        raise WriteFailed(path="journal", reason="ENOSPC")

    with monkeypatch.context() as patch:
        patch.setattr(store, "record", full)
        with pytest.raises(WriteFailed):
            change(each_house)
    assert (store.companies(), store.users(), list(store.systems())) == before
    change(each_house)  # it was only the line that was missing


def test_no_line_no_new_password(each_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    session = each_house.sign_in()

    def full(*_: str, **__: str) -> None:
        raise WriteFailed(path="journal", reason="ENOSPC")

    with monkeypatch.context() as patch:
        patch.setattr(each_house.store, "record", full)
        with pytest.raises(WriteFailed):
            each_house.own_account.change_password(session, "demonstration only", GIVEN, GIVEN)
    assert not each_house.refused(password="demonstration only")
