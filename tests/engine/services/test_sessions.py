"""Sessions: how they end, and what counts from the next action on."""

from __future__ import annotations

import pytest

from engine.accounts.people import Role
from engine.errors import CompanyOnHold, CompanyUnknown, NotAllowed, SessionEnded, UserUnknown
from engine.services.access import Session
from tests.engine.services.house import OWN, House
from tests.support.clock import Clock
from tests.support.guide import FOREIGN, SYSTEM


def _act(house: House, session: Session) -> None:
    house.ordering.find_system(session, SYSTEM)


def _ended(house: House, session: Session) -> str:
    with pytest.raises(SessionEnded) as caught:
        _act(house, session)
    return str(caught.value.reason)


def test_fifteen_idle_minutes_end_a_session(house: House, clock: Clock) -> None:
    session = house.sign_in()
    clock.advance(minutes=15)
    _act(house, session)
    clock.advance(minutes=15, seconds=1)
    assert _ended(house, session) == "idle"


def test_every_action_and_every_key_count(house: House, clock: Clock) -> None:
    session = house.sign_in()
    for number in range(6):
        clock.advance(minutes=14)
        if number % 2:
            _act(house, session)
        else:
            house.access.seen(session)
    _act(house, session)


def test_no_key_revives_a_session_that_is_over(house: House, clock: Clock) -> None:
    session = house.sign_in()
    clock.advance(minutes=16)
    house.access.seen(session)
    assert _ended(house, session) == "idle"


def test_nor_does_an_action_that_was_refused(house: House, clock: Clock) -> None:
    session = house.sign_in()
    clock.advance(minutes=16)
    assert _ended(house, session) == "idle"
    assert _ended(house, session) == "idle"


def test_eight_hours_are_the_most(house: House, clock: Clock) -> None:
    session = house.sign_in()
    for _ in range(48):
        clock.advance(minutes=10)
        _act(house, session)
    clock.advance(seconds=1)
    assert _ended(house, session) == "age"


def test_a_disabled_account_ends_its_sessions_for_good(each_house: House, clock: Clock) -> None:
    session, other = each_house.sign_in(), each_house.sign_in("helpdesk")
    each_house.administration.disable_user(OWN, "jsmith", "desk")
    assert _ended(each_house, session) == "disabled"
    each_house.administration.enable_user(OWN, "jsmith", "desk")
    assert _ended(each_house, session) == "password"
    each_house.searching.by_equipment_id(other, SYSTEM)
    _act(each_house, each_house.sign_in())


def test_a_reset_password_ends_the_sessions(house: House) -> None:
    session = house.sign_in()
    house.administration.reset_password(OWN, "jsmith", "desk")
    assert _ended(house, session) == "password"


def test_another_role_counts_from_the_next_action_on(each_house: House) -> None:
    session = each_house.sign_in()
    _act(each_house, session)
    each_house.administration.set_role(OWN, "jsmith", "read", "desk")
    with pytest.raises(NotAllowed) as caught:
        _act(each_house, session)
    assert caught.value.right == "order"
    each_house.searching.by_equipment_id(session, SYSTEM)
    each_house.administration.set_role(OWN, "jsmith", "licence-desk", "desk")
    each_house.ordering.find_system(session, FOREIGN)


def test_a_command_in_a_users_name_needs_no_password_and_names_who_ran_it(
    each_house: House, clock: Clock
) -> None:
    session = each_house.signing_in.act_as("demo telecom", "JSMITH", "alice")
    assert (session.role, session.who) == (Role.ORDER, "demo-1/jsmith (unix:alice)")
    clock.advance(days=1)
    order = each_house.ordering.place(session, each_house.draft()).order
    assert order.placed_by == "demo-1/jsmith (unix:alice)"


def test_a_command_in_the_name_of_nobody(house: House) -> None:
    with pytest.raises(CompanyUnknown) as company:
        house.signing_in.act_as("No Telecom", "jsmith", "alice")
    assert company.value.name == "No Telecom"
    with pytest.raises(UserUnknown) as user:
        house.signing_in.act_as(OWN, "nobody", "alice")
    assert (user.value.company, user.value.login) == (OWN, "nobody")
    house.administration.disable_user(OWN, "jsmith", "desk")
    with pytest.raises(SessionEnded):
        house.signing_in.act_as(OWN, "jsmith", "alice")


def test_a_command_in_a_users_name_has_no_more_rights_than_he(house: House) -> None:
    session = house.signing_in.act_as(OWN, "helpdesk", "alice")
    with pytest.raises(NotAllowed):
        _act(house, session)


def test_the_desk_at_the_command_line_sees_all_companies(house: House, clock: Clock) -> None:
    session = house.signing_in.at_the_desk("alice")
    clock.advance(days=1)
    for equipment_id in (SYSTEM, FOREIGN):
        house.ordering.find_system(session, equipment_id)
    assert {o.equipment_id for o in house.ordering.latest_orders(session, 9)} >= {FOREIGN}
    assert house.ordering.unfinished(session) == []


def test_the_last_language_is_remembered(each_house: House) -> None:
    session = each_house.sign_in()
    each_house.own_account.remember_language(session, "fr")
    _, user = each_house.signing_in.sign_in(OWN, "jsmith", "demonstration only")
    assert user.language == "fr"


def test_signing_out_is_noted(each_house: House) -> None:
    each_house.signing_in.sign_out(each_house.sign_in())
    assert each_house.events()[-2:] == ["sign-in", "sign-out"]


def test_a_company_on_hold_looks_things_up_and_orders_nothing(house: House) -> None:
    """It counts from the next action on, and for its own users alone."""
    session = house.sign_in()
    house.administration.hold(OWN, "desk", on_hold=True)
    assert house.searching.by_equipment_id(session, SYSTEM).system.equipment_id == SYSTEM
    for act in (
        lambda: house.ordering.find_system(session, SYSTEM),
        lambda: house.ordering.place(session, house.draft()),
        lambda: house.changing.plan_upgrade(session, SYSTEM, "R5.2"),
    ):
        with pytest.raises(CompanyOnHold):
            act()
    house.ordering.keep(session, house.draft())
    desk = house.signing_in.at_the_desk("alice")
    assert house.ordering.find_system(desk, SYSTEM).equipment_id == SYSTEM
    house.administration.hold(OWN, "desk", on_hold=False)
    assert house.ordering.place(session, house.draft()).order.reference == "2125469-65891"
