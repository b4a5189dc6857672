"""The licence desk's own services: role by deed, and what they leave behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from engine.accounts.people import Right, Role
from engine.audit import EventName
from engine.errors import (
    AmountMalformed,
    CompanyUnknown,
    DeskAccount,
    NotAllowed,
    NotOneself,
    SystemHasOrders,
    SystemKnown,
    SystemUnknown,
)
from engine.services.access import Session
from tests.engine.services.house import OTHER, OWN, House
from tests.support.guide import PASSWORD, SYSTEM

FRESH = "9123456789ABC"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
Deed = Callable[[House, Session], object]


def added(house: House, session: Session) -> object:
    return house.desk.add_system(session, FRESH, OTHER, "aastra5000", "R5.2")


DEEDS: dict[str, tuple[Right, Deed]] = {
    "companies": (Right.ALL_COMPANIES, lambda h, s: h.desk.companies(s)),
    "add-company": (Right.DESK, lambda h, s: h.desk.add_company(s, "Third Telecom")),
    "set-terms": (Right.DESK, lambda h, s: h.desk.set_terms(s, OTHER, "5", "1000")),
    "hold": (Right.DESK, lambda h, s: h.desk.hold(s, OTHER, on_hold=True)),
    "add-system": (Right.DESK, added),
    "journal": (Right.JOURNAL, lambda h, s: h.desk.journal(s, LONG_AGO, lambda _e: True, 9)),
    "names": (Right.JOURNAL, lambda h, s: h.desk.names(s)),
    "people": (Right.DESK, lambda h, s: h.people.of(OTHER).people(s)),
    "edit": (
        Right.DESK,
        lambda h, s: h.people.of(OTHER).edit(
            s, "mmartin", last_name="N", first_name="N", email="n@example.com"
        ),
    ),
    "issue": (
        Right.DESK,
        lambda h, s: h.people.of(OTHER).issue(s, "a good long password", "mmartin"),
    ),
}
READING = {"companies", "journal", "names", "people"}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", DEEDS)
def test_who_may(house: House, role: Role, name: str) -> None:
    session = house.session_as(role)
    right, deed = DEEDS[name]
    lines = len(house.events())
    if right not in session.role.rights:
        with pytest.raises(NotAllowed):
            deed(house, session)
    else:
        deed(house, session)
    changed = right in role.rights and name not in READING
    assert (len(house.events()) > lines) == changed


@pytest.fixture
def desk(house: House) -> Session:
    return house.session_as(Role.LICENCE_DESK)


def test_the_terms_change_together_or_not_at_all(house: House, desk: Session) -> None:
    company = house.desk.set_terms(desk, OTHER, "12,5", "50000")
    assert (str(company.discount), str(company.four_eyes_over)) == ("12.5", "50000")
    with pytest.raises(AmountMalformed):
        house.desk.set_terms(desk, OTHER, "1", "many")
    assert house.administration.company(OTHER) == company
    (line,) = [e for e in house.store.events() if e.event == EventName.COMPANY_EDIT]
    assert (line.who, line.details["discount"], line.details["four_eyes_over"]) == (
        *(desk.who, "12.5", "50000"),
    )
    assert house.desk.set_terms(desk, OTHER, "0", "").four_eyes_over is None


def test_a_system_is_added_once_and_corrected_while_it_has_no_orders(
    house: House, desk: Session
) -> None:
    added(house, desk)
    with pytest.raises(SystemKnown):
        added(house, desk)
    with pytest.raises(CompanyUnknown):
        house.desk.edit_system(desk, FRESH, company="Nobody", release="", model="")
    system = house.desk.edit_system(desk, FRESH, company=OWN, release="R5.1", model="")
    assert (system.release, system.company_id) == ("R5.1", house.company_id())
    with pytest.raises(SystemHasOrders):
        house.desk.edit_system(desk, SYSTEM, company="", release="R5.2", model="")
    with pytest.raises(SystemUnknown):
        house.desk.edit_system(desk, "9123456789ABD", company="", release="R5.2", model="")


def test_the_desk_may_leave_a_company_without_an_administrator(house: House, desk: Session) -> None:
    people = house.people.of(OTHER)
    people.close(desk, "mmartin")
    assert house.user("mmartin", OTHER).disabled
    people.open(desk, "mmartin")
    password = "a good long password"
    people.set_role(desk, password, "mmartin", "company-admin")
    people.set_role(desk, password, "mmartin", "order")
    with pytest.raises(CompanyUnknown):
        house.people.of("Nobody").people(desk)


def test_accounts_of_the_desk_stay_commands_and_nobody_closes_himself(
    house: House, desk: Session
) -> None:
    for role in ("licence-desk", "auditor"):
        with pytest.raises(DeskAccount):
            house.people.of(OTHER).set_role(desk, "a good long password", "mmartin", role)
    with pytest.raises(DeskAccount):
        house.people.of(OWN).close(desk, "licence-desk")
    house.administration.set_role(OWN, "jsmith", "company-admin", "test")
    admin = house.sign_in("jsmith", OWN, PASSWORD)
    with pytest.raises(NotOneself):
        house.people.close(admin, "jsmith")
    # somebody of another company with the same login is somebody else
    house.administration.add_user(
        OTHER,
        "licence-desk",
        last_name="N",
        first_name="N",
        email="n@example.com",
        who="test",
    )
    house.people.of(OTHER).close(desk, "licence-desk")


def test_the_journal_ends_with_the_latest_and_has_what_is_wanted(
    house: House, desk: Session
) -> None:
    house.desk.hold(desk, OTHER, on_hold=True)
    house.desk.hold(desk, OTHER, on_hold=False)
    found = house.desk.journal(desk, LONG_AGO, lambda e: e.event.startswith("company-"), 1)
    assert [line.event for line in found] == [EventName.COMPANY_RELEASE]
    found = house.desk.journal(desk, LONG_AGO, lambda _e: True, 2)
    assert [line.event for line in found] == ["company-release", "company-hold"]
    assert house.desk.names(desk).companies[house.company_id()] == OWN
