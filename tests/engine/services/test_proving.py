"""The proofs of moves: given with the move or later; three overdue, and nothing moves any more."""

from __future__ import annotations

import pytest

from engine.accounts.people import Role
from engine.errors import (
    FieldRequired,
    FieldTooLong,
    NotAllowed,
    NotAMove,
    OrderUnknown,
    ProofGiven,
    ProofsOverdue,
)
from engine.services.access import Session
from tests.engine.services.house import OTHER, House
from tests.support.guide import FOREIGN, SYSTEM

NEW = [f"03FFFF0302AF{digit}" for digit in "0123456789"]


@pytest.fixture
def house(each_house: House) -> House:
    return each_house


def move(
    house: House,
    session: Session,
    source: str,
    to: str,
    *,
    proof: str = "",
    reason: str = "failed-hardware",
) -> str:
    """The number of the old hardware's order."""
    request = house.changing.said(reason=reason, proof=proof)
    house.moving.move(session, source, to, request)
    record = house.searching.by_equipment_id(session, source)
    return record.orders[0].number


def later(house: House, *sessions: Session, days: int) -> None:
    house.clock.advance(days=days)
    for session in sessions:
        session.seen_at = session.began_at = house.clock()


def test_a_proof_is_given_later_for_both_sides(house: House) -> None:
    admin = house.session_as(Role.COMPANY_ADMIN)
    number = move(house, admin, SYSTEM, NEW[0])
    (open_move,) = house.proving.open_moves(admin)
    assert open_move.order.number == number
    assert (open_move.due - open_move.order.placed_at).days == 30
    with pytest.raises(FieldRequired):
        house.proving.prove(admin, number, "  ")
    with pytest.raises(FieldTooLong):
        house.proving.prove(admin, number, "x" * 41)
    order = house.proving.prove(admin, f"{NEW[0].lower()}-0001", " RMA-7 ")
    assert (order.number, order.proof) == (number, "RMA-7")
    _record, into = house.searching.order(admin, f"{NEW[0]}-0001")
    assert into.proof == "RMA-7"
    assert house.proving.open_moves(admin) == []
    assert house.proving.prove(admin, number, "RMA-7").proof == "RMA-7"  # asked again
    with pytest.raises(ProofGiven):
        house.proving.prove(admin, number, "RMA-8")


def test_a_proof_given_with_the_move_and_a_wrong_id_are_not_open(house: House) -> None:
    desk = house.session_as(Role.LICENCE_DESK)
    move(house, desk, SYSTEM, NEW[0], proof="RMA-1")
    move(house, desk, FOREIGN, NEW[1], reason="wrong-id")
    assert house.proving.open_moves(desk) == []


def test_three_overdue_proofs_bar_the_company_and_not_the_desk(house: House) -> None:
    admin, desk = house.session_as(Role.COMPANY_ADMIN), house.session_as(Role.LICENCE_DESK)
    numbers = [move(house, desk, SYSTEM, NEW[0])]
    numbers += [move(house, desk, NEW[at], NEW[at + 1]) for at in range(2)]
    later(house, admin, desk, days=400)  # no move within a year counts any more
    with pytest.raises(ProofsOverdue) as caught:
        house.moving.plan_move(admin, NEW[2], NEW[3])
    assert (caught.value.count, caught.value.days) == (3, 30)
    assert house.moving.plan_move(desk, NEW[2], NEW[3])
    house.proving.prove(admin, numbers[1], "RMA-2")
    assert [each.order.number for each in house.proving.open_moves(admin)] == [
        numbers[0],
        numbers[2],
    ]
    assert house.moving.plan_move(admin, NEW[2], NEW[3])


def test_others_moves_are_nobodys_business(house: House) -> None:
    desk, admin = house.session_as(Role.LICENCE_DESK), house.session_as(Role.COMPANY_ADMIN)
    foreign = move(house, desk, FOREIGN, NEW[0])
    assert house.proving.open_moves(admin) == []
    assert len(house.proving.open_moves(desk)) == 1
    assert len(house.proving.open_moves(house.sign_in("mmartin", OTHER))) == 1
    for number in (foreign, "nothing", f"{SYSTEM}-0009"):
        with pytest.raises(OrderUnknown):
            house.proving.prove(admin, number, "RMA-1")
    with pytest.raises(NotAMove):
        house.proving.prove(admin, f"{SYSTEM}-0001", "RMA-1")
    with pytest.raises(NotAllowed):
        house.proving.prove(house.sign_in(), foreign, "RMA-1")
