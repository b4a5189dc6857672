"""Every service, every role, systems of the own and of another company."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import get_type_hints

import pytest
from msgspec.structs import replace

from engine.accounts.people import Right, Role
from engine.assembly import Portal
from engine.errors import (
    NotAllowed,
    OrderUnknown,
    PortalError,
    SystemUnknown,
)
from engine.licences.order import Draft, Order
from engine.licences.system import EquipmentId, System
from engine.ports import OrderQuery, Placement
from engine.services.access import Access, Session
from engine.services.administration import Administration
from engine.services.asking import Asking
from engine.services.cataloguing import Cataloguing
from engine.services.changing import Changing
from engine.services.checking import Checking
from engine.services.desk import Desk
from engine.services.erasing import Erasing
from engine.services.exporting import Exporting
from engine.services.looking_up import LookingUp
from engine.services.moving import Moving
from engine.services.ordering import Ordering
from engine.services.own_account import OwnAccount
from engine.services.people import People
from engine.services.proving import Proving
from engine.services.quotations import Quotations
from engine.services.registering import Registering
from engine.services.reissuing import Reissuing
from engine.services.reporting import Reporting
from engine.services.requests import Requests
from engine.services.searching import Searching
from engine.services.signing_in import SigningIn
from engine.services.ssh_access import SshAccess
from engine.services.transferring import Transferring
from tests.engine.services.house import OWN, House
from tests.support.guide import FOREIGN, SYSTEM

THIRD = "Third Telecom"
UNKNOWN_ID = "0123456789ABC"
FRESH_ID = "9123456789ABC"
ALL = OrderQuery()


def _order_of(house: House, equipment_id: str) -> Order:
    system = house.store.system(EquipmentId(equipment_id))
    assert system is not None
    return system.orders[0]


def _nothing(house: House, equipment_id: str) -> dict[str, str]:
    """A correction that takes one item back."""
    known = house.store.system(EquipmentId(equipment_id))
    return {known.orders[0].lines[0].part: "0"} if known else {}


Call = Callable[[House, Session, str], object]


def _reported(house: House, session: Session) -> list[str]:
    """The names of the companies that a report counts."""
    asked = house.reporting.asked("companies", "2000-01-01", "2099-12-31")
    names = {company.company_id: company.name for company in house.store.companies()}
    return [names[row.groups[0]] for row in house.reporting.report(session, asked).rows]


# Each public method that acts for somebody, with the right that it asks for: the system that it
# is about, and what comes back.
CALLS: dict[str, tuple[Right, Call]] = {
    "Ordering.find_system": (Right.ORDER, lambda h, s, i: h.ordering.find_system(s, i)),
    "Ordering.check_items": (Right.ORDER, lambda h, s, i: h.ordering.check_items(s, _draft(h, i))),
    "Ordering.check": (Right.ORDER, lambda h, s, i: h.ordering.check(s, _draft(h, i))),
    "Ordering.trial": (Right.ORDER, lambda h, s, i: h.ordering.trial(s, _draft(h, i))),
    "Ordering.place": (Right.ORDER, lambda h, s, i: h.ordering.place(s, _draft(h, i))),
    "Searching.by_equipment_id": (Right.SEARCH, lambda h, s, i: h.searching.by_equipment_id(s, i)),
    "Searching.order": (Right.SEARCH, lambda h, s, i: h.searching.order(s, f"{i}-0001")),
    "Checking.check": (Right.SEARCH, lambda h, s, i: h.checking.check(s, i, "442ZP5M1V51")),
    "Checking.check_each": (
        Right.SEARCH,
        lambda h, s, i: h.checking.check_each(s, i, "442ZP5M1V51"),
    ),
    "Checking.keycodes": (Right.SEARCH, lambda h, s, i: (i, h.checking.keycodes(s, i))),
    "Quotations.make": (Right.ORDER, lambda h, s, i: h.quotations.make(s, _draft(h, i))),
    "Exporting.export": (
        Right.SEARCH,
        lambda h, s, i: h.exporting.export(s, _order_of(h, i), "text"),
    ),
    "Exporting.hand_over": (
        Right.SEARCH,
        lambda h, s, i: h.exporting.hand_over(s, _order_of(h, i)),
    ),
    "Changing.plan_correction": (
        Right.CORRECT,
        lambda h, s, i: h.changing.plan_correction(s, f"{i}-0001", _nothing(h, i)),
    ),
    "Changing.plan_upgrade": (
        Right.ORDER,
        lambda h, s, i: h.changing.plan_upgrade(s, i, "R5.2"),
    ),
    "Moving.plan_move": (Right.MOVE, lambda h, s, i: h.moving.plan_move(s, i, FRESH_ID)),
    "Changing.upgrade": (
        Right.ORDER,
        lambda h, s, i: h.changing.upgrade(s, i, "R5.2", h.changing.said()),
    ),
    "Changing.correct": (
        Right.CORRECT,
        lambda h, s, i: h.changing.correct(
            s, f"{i}-0001", _nothing(h, i), h.changing.said(reason="cancelled")
        ),
    ),
    "Transferring.plan_transfer": (
        Right.CORRECT,
        lambda h, s, i: h.transferring.plan_transfer(s, i, THIRD),
    ),
    "Transferring.transfer": (
        Right.CORRECT,
        lambda h, s, i: h.transferring.transfer(
            s, i, THIRD, h.changing.said(reason="reseller-change")
        ),
    ),
    "Moving.move": (
        Right.MOVE,
        lambda h, s, i: h.moving.move(s, i, f"9{i[1:]}", h.changing.said(reason="failed-hardware")),
    ),
}
CHANGES = {
    "Ordering.place",
    "Changing.upgrade",
    "Changing.correct",
    "Moving.move",
    "Transferring.transfer",
}
"""Those among them that leave something behind."""
# These are about no system, and answer what is the company's own.
LISTS: dict[str, tuple[Right, Call]] = {
    "Ordering.latest_orders": (Right.SEARCH, lambda h, s, i: h.ordering.latest_orders(s, 99)),
    "Ordering.last_address": (Right.SEARCH, lambda h, s, i: h.ordering.last_address(s)),
    "Ordering.earlier_order": (
        Right.ORDER,
        lambda h, s, i: h.ordering.earlier_order(s, "of the other"),
    ),
    "LookingUp.these": (Right.SEARCH, lambda h, s, i: h.looking_up.these(s, [i])),
    "LookingUp.systems": (
        Right.SEARCH,
        lambda h, s, i: [*h.looking_up.systems(s, FOREIGN[-4:]), *h.looking_up.systems(s, "Other")],
    ),
    "Searching.orders": (Right.SEARCH, lambda h, s, i: h.searching.orders(s, ALL, 99)),
    "Searching.found": (Right.SEARCH, lambda h, s, i: h.searching.found(s, ALL, 99)),
    "Reporting.report": (Right.REPORT, lambda h, s, i: _reported(h, s)),
    "Reporting.company_names": (Right.REPORT, lambda h, s, i: h.reporting.company_names(s)),
    "Quotations.quotes": (Right.SEARCH, lambda h, s, i: h.quotations.quotes(s, all_states=True)),
    "Quotations.company_names": (Right.SEARCH, lambda h, s, i: h.quotations.company_names(s)),
    "Searching.companies": (Right.SEARCH, lambda h, s, i: h.searching.companies(s)),
}
OTHERS = {
    # Asked of a system or a draft that somebody has been given already.
    "Ordering.product",
    "Ordering.choices",
    "Ordering.unusual",
    "Ordering.orders_of",
    "Ordering.new_draft",
    "Ordering.renewed",
    "Ordering.check_reference",
    # The drafts of the user himself: test_ordering.py.
    "Ordering.unfinished",
    "Ordering.closed",
    "Ordering.reads_unfinished",
    "Ordering.keep",
    "Ordering.forget",
    "Changing.said",
    # Of people: test_people.py.
    "People.people",
    "People.add",
    "People.edit",
    "People.set_role",
    "People.issue",
    "People.close",
    "People.open",
    "People.end_sessions",
    "People.of",
    "People.keys",
    "People.add_key",
    "People.remove_key",
    # The licence desk's: test_desk.py.
    *(f"Desk.{name}" for name in vars(Desk) if not name.startswith("_")),
    # Of quotes, by their numbers: test_quotations.py.
    "Quotations.quote",
    "Quotations.standing",
    "Quotations.waiting",
    "Quotations.review",
    "Quotations.copy",
    "Quotations.withdraw",
    "Quotations.order",
    "Exporting.export_quote",
    "Exporting.hand_over_quote",
    "Reporting.asked",
    # Of moves: test_proving.py.
    "Proving.open_moves",
    "Proving.prove",
    "Proving.require_few_overdue",
    "Changing.releases",
    # Of requests: test_requests.py.
    "Changing.plan_asked",
    "Moving.plan_asked",
    *(f"Requests.{name}" for name in vars(Requests) if not name.startswith("_")),
    *(f"Asking.{name}" for name in vars(Asking) if not name.startswith("_")),
    "Changing.earlier_releases",
    # The licence desk's, over all systems: test_reissuing.py.
    "Reissuing.withdraw",
    "Reissuing.systems",
    "Reissuing.reissue",
    "Reissuing.reissue_one",
    "Reissuing.plan_reissue",
    "Reissuing.withdrawn_key_of",
}


# What acts for somebody who has signed in; and what does not, but before, on his own account, or on
# the command line.
FOR_SESSIONS = {
    LookingUp,
    People,
    Reporting,
    Quotations,
    Ordering,
    Searching,
    Checking,
    Exporting,
    Changing,
    Moving,
    Proving,
    Transferring,
    Reissuing,
    Requests,
    Asking,
    Desk,
}
FOR_NO_SESSION = {
    Access,
    SigningIn,
    OwnAccount,
    Administration,
    Registering,
    Cataloguing,
    Erasing,
    SshAccess,
}


def _draft(house: House, equipment_id: str) -> Draft:
    return house.draft(equipment_id, quantities={"BHW1095A": "1"})


@pytest.fixture
def busy_house(each_house: House) -> House:
    """The other company has ordered too, after ours, under a reference of its own."""
    each_house.clock.advance(days=1)
    each_house.administration.add_company(THIRD, "test")
    other = each_house.sign_in("mmartin", "Other Telecom")
    each_house.quotations.make(other, _draft(each_house, FOREIGN))
    draft = each_house.draft(FOREIGN, "other", reference="of the other", licensee="Other Customer")
    each_house.ordering.place(other, draft)
    return each_house


def _state(house: House) -> list[object]:
    return [*house.store.systems(), *house.store.users(), *house.store.companies()]


def test_no_service_was_forgotten() -> None:
    fields = get_type_hints(Portal).values()
    assert {
        kind for kind in fields if getattr(kind, "__module__", "").startswith("engine.services")
    } == FOR_SESSIONS | FOR_NO_SESSION
    public = {
        f"{service.__name__}.{name}"
        for service in FOR_SESSIONS
        for name in vars(service)
        if not name.startswith("_")
    }
    assert public == {*CALLS, *LISTS, *OTHERS}


@pytest.mark.parametrize("role", Role)
def test_every_service_for_every_role(busy_house: House, role: Role) -> None:
    session = busy_house.session_as(role)
    for name, (right, call) in CALLS.items():
        for equipment_id in (SYSTEM, FOREIGN):
            before = _state(busy_house)
            foreign = equipment_id == FOREIGN and Right.ALL_COMPANIES not in role.rights
            answer, error = _outcome(call, busy_house, session, equipment_id)
            if right not in role.rights:
                assert isinstance(error, NotAllowed), (name, equipment_id)
            elif foreign:
                assert isinstance(error, SystemUnknown | OrderUnknown), (name, equipment_id)
            else:
                assert error is None, (name, equipment_id)
                assert equipment_id in str(answer)
            if name not in CHANGES or error is not None:
                assert _state(busy_house) == before, (name, equipment_id)


@pytest.mark.parametrize("role", Role)
def test_no_list_shows_what_is_another_companys(busy_house: House, role: Role) -> None:
    session = busy_house.session_as(role)
    for name, (right, call) in LISTS.items():
        answer, error = _outcome(call, busy_house, session, "")
        assert isinstance(error, NotAllowed) == (right not in role.rights), name
        others = f"{FOREIGN}|Other Customer|of the other|Other Telecom"
        seen = re.findall(others, str(answer))
        may_see = (
            name.startswith(("Searching.", "Checking.", "Reporting.", "Quotations."))
            and Right.ALL_COMPANIES in role.rights
        )
        assert bool(seen) == may_see, name


@pytest.mark.parametrize("role", [r for r in Role if Right.ALL_COMPANIES not in r.rights])
def test_nobody_chooses_another_company_to_search_in(busy_house: House, role: Role) -> None:
    session = busy_house.session_as(role)
    for query in _queries(busy_house):
        found = busy_house.searching.orders(session, query, 99)
        assert all(order.company_id == busy_house.company_id(OWN) for order in found), query


def _queries(house: House) -> Iterator[OrderQuery]:
    other = house.company_id("Other Telecom")
    keycode = _order_of(house, FOREIGN).keycode
    yield OrderQuery(company_id=other)
    yield OrderQuery(company_id="")
    yield OrderQuery(keycode=keycode)
    yield OrderQuery(company_id=other, reference="of the other")
    yield OrderQuery(licensee="Other")


@pytest.mark.parametrize("role", [r for r in Role if Right.ALL_COMPANIES not in r.rights])
def test_unknown_and_foreign_cannot_be_told_apart(busy_house: House, role: Role) -> None:
    session = busy_house.session_as(role)
    for name, (_, call) in CALLS.items():
        if name.startswith("Exporting."):  # of an order in hand: there is no unknown one
            continue
        _, foreign = _outcome(call, busy_house, session, FOREIGN)
        _, unknown = _outcome(call, busy_house, session, UNKNOWN_ID)
        assert foreign is not None
        assert unknown is not None
        assert type(foreign) is type(unknown), name
        said = [str(error.data).replace(FOREIGN, "?") for error in (foreign, unknown)]
        assert said[0] == said[1].replace(UNKNOWN_ID, "?"), name


def test_an_order_for_another_company_is_that_companys(busy_house: House) -> None:
    desk = busy_house.session_as(Role.LICENCE_DESK)
    order = busy_house.ordering.place(desk, _draft(busy_house, FOREIGN)).order
    assert order.company_id == busy_house.company_id("Other Telecom")
    assert order.placed_by == f"{busy_house.company_id(OWN)}/licence-desk"
    assert order not in busy_house.ordering.latest_orders(desk, 99)
    other = busy_house.sign_in("mmartin", "Other Telecom")
    assert order in busy_house.ordering.latest_orders(other, 99)


def test_a_system_that_changes_hands_while_it_is_ordered_for(house: House) -> None:
    """The company is looked at again inside the transaction."""
    session = house.sign_in()
    real = house.store.place

    def place(
        equipment_id: EquipmentId, draft_id: str, decide: Callable[[System], Order]
    ) -> Placement:
        return real(
            equipment_id, draft_id, lambda system: decide(replace(system, company_id="other"))
        )

    house.store.place = place  # type: ignore[method-assign]
    before = _state(house)
    with pytest.raises(SystemUnknown):
        house.ordering.place(session, house.draft())
    assert _state(house) == before


def _outcome(
    call: Call, house: House, session: Session, equipment_id: str
) -> tuple[object, PortalError | None]:
    try:
        return call(house, session, equipment_id), None
    except PortalError as error:
        return None, error


def test_no_line_of_the_audit_log_names_a_user_who_does_not_exist(each_house: House) -> None:
    house = each_house
    sessions = [house.session_as(role) for role in Role]
    sessions.append(house.signing_in.act_as(OWN, "licence-desk", "alice"))
    for number, session in enumerate((*sessions, house.signing_in.at_the_desk("alice"))):
        for name, (_, call) in CALLS.items():
            for of in (SYSTEM, FOREIGN):
                if name != "Moving.move":  # the orders below are for this hardware
                    _outcome(call, house, session, of)
        draft = house.draft(FOREIGN, f"of {number}", quantities={"BHW1095A": "1"})
        with suppress(NotAllowed, SystemUnknown):
            house.ordering.place(session, draft)
    house.refused()
    house.refused("nobody")
    users = {f"{user.company_id}/{user.login}" for user in house.store.users()}
    # "portal" is the program itself, which makes the demonstration's users.
    desk = {"licence-desk (unix:alice)", "test", "demo-1/unknown user", "portal"}
    lines = list(house.store.events())
    placed_by = {line.who for line in lines if line.details.get("number", "").startswith(FOREIGN)}
    assert placed_by == {
        *("demo-1/licence-desk", "demo-1/licence-desk (unix:alice)"),
        *("licence-desk (unix:alice)", "demo-2/mmartin"),
    }
    for line in lines:
        assert line.who in desk or line.who.removesuffix(" (unix:alice)") in users, line
