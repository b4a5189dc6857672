"""Requests: who may ask, answer, see and decide; and that each is decided once, and done once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.accounts.people import Right, Role
from engine.audit import EventName
from engine.errors import (
    ChangeRefused,
    CompanyHasIt,
    CompanyOnHold,
    EquipmentIdMalformed,
    MovesUsedUp,
    NotAllowed,
    OrderUnknown,
    OwnRequest,
    PaperDecided,
    PaperRepeated,
    PaperUnknown,
    ReleaseUnknown,
    SystemKnown,
    SystemUnknown,
    TargetUnusable,
    WhyRequired,
)
from engine.licences.order import OrderKind
from engine.licences.system import EquipmentId
from engine.papers.paper import Paper, PaperState
from engine.papers.requests import TakeOver
from engine.services.access import Session
from tests.engine.services.house import OTHER, OWN, House
from tests.support.guide import FOREIGN, SYSTEM

FRESH, NEW = "9123456789ABC", "03FFFF0302AFE"


@pytest.fixture
def desk(each_house: House) -> Session:
    """Somebody at the licence desk, who has asked for nothing."""
    return each_house.session_as(Role.LICENCE_DESK)


@pytest.fixture
def operator(each_house: House) -> Session:
    return each_house.session_as(Role.ORDER)


def fresh(house: House, session: Session, equipment_id: str = FRESH) -> Paper:
    return house.asking.ask_for_system(session, equipment_id, "aastra5000", "R5.2", note="new")


def wanted(house: House, session: Session, equipment_id: str = FOREIGN) -> Paper:
    return house.asking.ask_for_transfer(session, equipment_id, "merger", "we bought them")


def corrected(house: House, session: Session, number: str = f"{SYSTEM}-0001") -> Paper:
    system = house.store.system(EquipmentId(SYSTEM))
    assert system is not None
    said = house.changing.said(reason="cancelled")
    meant = {system.orders[0].lines[0].part: "0"}
    return house.asking.ask_for_correction(session, number, meant, said)


def events(house: House) -> list[tuple[str, str]]:
    lines = house.store.events()
    return [(e.event, e.details["paper"]) for e in lines if e.event.startswith("request-")]


# Each kind, from asking to done


def test_a_system_that_is_asked_for_is_there_and_can_be_ordered_for(
    each_house: House, operator: Session, desk: Session
) -> None:
    paper = fresh(each_house, operator)
    assert (paper.number, paper.by, paper.is_open) == ("R-2026-000001", operator.who, True)
    with pytest.raises(SystemUnknown):
        each_house.ordering.find_system(operator, FRESH)
    assert each_house.requests.plan(desk, paper) is None
    done = each_house.requests.approve(desk, paper.number)
    assert (done.state, done.outcome, done.decided_by) == (PaperState.DONE, FRESH, desk.who)
    assert each_house.ordering.find_system(operator, FRESH).release == "R5.2"
    assert events(each_house) == [
        (EventName.REQUEST_ADD, paper.number),
        (EventName.REQUEST_APPROVE, paper.number),
    ]


def test_a_transfer_is_asked_for_answered_and_approved(
    each_house: House, operator: Session, desk: Session
) -> None:
    each_house.administration.set_role(OTHER, "mmartin", "company-admin", "test")
    loser = each_house.sign_in("mmartin", OTHER)
    paper = wanted(each_house, operator)
    assert each_house.requests.to_decide(loser) == [paper]
    answered = each_house.requests.answer(loser, paper.number, agreed=True)
    assert isinstance(answered.content, TakeOver)
    assert (answered.content.agreed, answered.content.answered_by) == (True, loser.who)
    plan = each_house.requests.plan(desk, answered)
    assert plan is not None
    assert plan.company_name == OWN
    done = each_house.requests.approve(desk, paper.number)
    system = each_house.ordering.find_system(operator, FOREIGN)
    order = system.orders[-1]
    assert (order.kind, order.number, order.draft_id) == (
        *(OrderKind.TRANSFER, done.outcome, paper.number),
    )
    assert order.placed_by == desk.who


def test_a_move_beyond_the_years_is_asked_for(each_house: House, desk: Session) -> None:
    admin = each_house.session_as(Role.COMPANY_ADMIN)
    at, said = SYSTEM, each_house.changing.said(reason="failed-hardware", proof="RMA-1")
    for count in range(each_house.settings.moves_a_year):
        to = f"03FFFF0303{count:02X}4"
        each_house.moving.move(admin, at, to, each_house.changing.said(reason="relocation"))
        at = to
    with pytest.raises(MovesUsedUp):
        each_house.moving.plan_move(admin, at, NEW)
    paper = each_house.asking.ask_for_move(admin, at, NEW, said)
    plan = each_house.requests.plan(desk, paper)
    assert plan is not None
    assert plan.other_id == NEW
    done = each_house.requests.approve(desk, paper.number)
    assert done.outcome == f"{NEW}-0001"
    order = each_house.ordering.find_system(admin, NEW).orders[-1]
    assert (order.kind, order.proof) == (OrderKind.MOVE_IN, "RMA-1")


def test_a_correction_is_asked_for_and_its_total_is_confirmed(
    each_house: House, operator: Session, desk: Session
) -> None:
    paper = corrected(each_house, operator)
    plan = each_house.requests.plan(desk, paper)
    assert plan is not None
    assert plan.total < 0
    done = each_house.requests.approve(desk, paper.number, seen=plan.total)
    order = each_house.ordering.find_system(operator, SYSTEM).orders[-1]
    assert (order.kind, order.number, order.total) == (
        *(OrderKind.CORRECTION, done.outcome, plan.total),
    )


# Who may


ASKING: dict[str, tuple[Right, Callable[[House, Session], Paper]]] = {
    "system": (Right.ORDER, fresh),
    "transfer": (Right.ORDER, wanted),
    "move": (
        Right.MOVE,
        lambda h, s: h.asking.ask_for_move(s, SYSTEM, NEW, h.changing.said(reason="relocation")),
    ),
    "correction": (Right.ORDER, corrected),
}
DECIDING: dict[str, tuple[Right, Callable[[House, Session, str], object]]] = {
    "approve": (Right.DECIDE, lambda h, s, n: h.requests.approve(s, n)),
    "refuse": (Right.DECIDE, lambda h, s, n: h.requests.refuse(s, n, "not yours")),
    "withdraw": (Right.ORDER, lambda h, s, n: h.requests.withdraw(s, n)),
    "answer": (Right.MOVE, lambda h, s, n: h.requests.answer(s, n, agreed=False)),
    "request": (Right.SEARCH, lambda h, s, n: h.requests.request(s, n)),
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", ASKING)
def test_who_may_ask(house: House, role: Role, kind: str) -> None:
    session = house.session_as(role)
    right, ask = ASKING[kind]
    if right in session.role.rights:
        assert ask(house, session).company_id == house.company_id()
        with pytest.raises(PaperRepeated) as caught:
            ask(house, session)
        assert caught.value.number == "R-2026-000001"
    else:
        with pytest.raises(NotAllowed):
            ask(house, session)
        assert events(house) == []


@pytest.mark.parametrize("company", [OWN, OTHER])
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("deed", DECIDING)
def test_who_may_do_what_with_a_request(house: House, role: Role, company: str, deed: str) -> None:
    """Another's of the same company, one of another company, and one about one's own system."""
    asker = house.sign_in("mmartin", OTHER)
    house.administration.add_company("Third Telecom", "test")
    paper = fresh(house, asker)
    reader = house.session_as(role, company)
    right, do = DECIDING[deed]
    rights = reader.role.rights
    own, sees = company == OTHER, company == OTHER or Right.ALL_COMPANIES in rights
    if right not in rights:
        with pytest.raises(NotAllowed):
            do(house, reader, paper.number)
    elif not sees or deed == "answer" or (deed == "withdraw" and not own):
        with pytest.raises(PaperUnknown):
            do(house, reader, paper.number)
    else:
        assert do(house, reader, paper.number)
    changed = house.store.paper(paper.number) != paper
    assert changed == (len(events(house)) == 2)


def test_who_asked_does_not_decide(each_house: House, desk: Session) -> None:
    paper = fresh(each_house, desk)
    assert each_house.requests.to_decide(desk) == []
    for deed in ("approve", "refuse"):
        with pytest.raises(OwnRequest):
            DECIDING[deed][1](each_house, desk, paper.number)
    assert each_house.store.paper(paper.number) == paper
    assert each_house.requests.withdraw(desk, paper.number).state is PaperState.WITHDRAWN


def test_only_who_has_the_system_answers(each_house: House, operator: Session) -> None:
    paper = wanted(each_house, operator)
    own = each_house.session_as(Role.COMPANY_ADMIN)
    with pytest.raises(PaperUnknown):
        each_house.requests.answer(own, paper.number, agreed=True)
    reader = each_house.session_as(Role.READ, OTHER)
    assert each_house.requests.to_decide(reader) == []
    with pytest.raises(NotAllowed):
        each_house.requests.answer(reader, paper.number, agreed=True)


def test_nothing_is_said_of_a_system_that_is_asked_for(house: House) -> None:
    """Unknown or another company's: the same answer."""
    operator = house.session_as(Role.ORDER)
    said = [wanted(house, operator, each).number[-1] for each in (FOREIGN, FRESH, "0123456789ABC")]
    assert said == ["1", "2", "3"]
    asked = [fresh(house, operator, each).state for each in (FOREIGN, FRESH)]
    assert asked == [PaperState.OPEN, PaperState.OPEN]


# What is wrong


def test_bad_requests_are_refused_when_they_are_made(house: House) -> None:
    operator, ask = house.session_as(Role.ORDER), house.asking
    admin = house.session_as(Role.COMPANY_ADMIN)
    said = house.changing.said(reason="cancelled")
    wrong: list[tuple[type[Exception], Callable[[], object]]] = [
        (EquipmentIdMalformed, lambda: fresh(house, operator, "12")),
        (ReleaseUnknown, lambda: ask.ask_for_system(operator, FRESH, "aastra5000", "R9")),
        (ChangeRefused, lambda: ask.ask_for_transfer(operator, FOREIGN, "because")),
        (ChangeRefused, lambda: ask.ask_for_transfer(operator, FOREIGN, "merger", "x" * 999)),
        (TargetUnusable, lambda: ask.ask_for_move(admin, SYSTEM, FOREIGN, said)),
        (SystemUnknown, lambda: ask.ask_for_move(admin, FOREIGN, NEW, said)),
        (SystemUnknown, lambda: corrected(house, operator, f"{FOREIGN}-0001")),
        (OrderUnknown, lambda: corrected(house, operator, f"{SYSTEM}-0099")),
        (SystemKnown, lambda: fresh(house, operator, SYSTEM)),
        (CompanyHasIt, lambda: wanted(house, operator, SYSTEM)),
    ]
    for error, do in wrong:
        with pytest.raises(error):
            do()
    assert events(house) == []


def test_a_company_on_hold_asks_for_nothing(house: House) -> None:
    operator = house.session_as(Role.ORDER)
    house.administration.hold(OWN, "desk", on_hold=True)
    with pytest.raises(CompanyOnHold):
        fresh(house, operator)


def test_a_refusal_says_why(each_house: House, operator: Session, desk: Session) -> None:
    paper = wanted(each_house, operator)
    with pytest.raises(WhyRequired):
        each_house.requests.refuse(desk, paper.number, "  ")
    after = each_house.requests.refuse(desk, paper.number, " not a customer of yours ")
    assert (after.state, after.why) == (PaperState.REFUSED, "not a customer of yours")
    assert each_house.requests.requests(operator) == []
    (found,) = each_house.requests.requests(operator, [PaperState.REFUSED])
    assert found == after


@pytest.mark.parametrize("first", ["approve", "refuse", "withdraw"])
@pytest.mark.parametrize("then", ["approve", "refuse", "withdraw"])
def test_a_request_is_decided_once(house: House, first: str, then: str) -> None:
    operator, desk = house.session_as(Role.ORDER), house.session_as(Role.LICENCE_DESK)
    paper = fresh(house, operator)

    def do(name: str) -> object:
        return DECIDING[name][1](house, operator if name == "withdraw" else desk, paper.number)

    do(first)
    after = house.store.paper(paper.number)
    assert after is not None
    with pytest.raises(PaperDecided) as caught:
        do(then)
    assert (caught.value.state, caught.value.by) == (after.state.value, after.decided_by)
    assert house.store.paper(paper.number) == after


def test_what_cannot_be_done_still_waits(
    each_house: House, operator: Session, desk: Session
) -> None:
    """Somebody else has registered the system meanwhile, for another company."""
    paper = fresh(each_house, operator)
    other = each_house.registering.new_system(
        FRESH, "aastra5000", "R5.2", each_house.administration.company(OTHER)
    )
    each_house.registering.add_system(other, "desk")
    for refused in (
        lambda: each_house.requests.plan(desk, paper),
        lambda: each_house.requests.approve(desk, paper.number),
    ):
        with pytest.raises(SystemKnown):
            refused()
    assert each_house.store.paper(paper.number) == paper
    assert each_house.requests.refuse(desk, paper.number, "it is Other Telecom's").why


class CutShort(Exception):
    """The process ends there."""


@pytest.mark.parametrize("then", ["approve", "refuse", "withdraw"])
@pytest.mark.parametrize("kind", ["system", "transfer", "correction"])
def test_what_was_done_and_cut_short_is_done(
    each_house: House, monkeypatch: pytest.MonkeyPatch, kind: str, then: str
) -> None:
    """The order is there and the request is open: whoever decides next is told that it is done,
    and nothing is done twice."""
    house = each_house
    operator, desk = house.session_as(Role.ORDER), house.session_as(Role.LICENCE_DESK)
    paper = ASKING[kind][1](house, operator)

    def end(*_args: object, **_more: object) -> None:
        raise CutShort

    with monkeypatch.context() as patch:
        patch.setattr("engine.services.requests.record", end)
        with pytest.raises(CutShort):
            house.requests.approve(desk, paper.number)
    assert house.store.paper(paper.number) == paper
    systems = [*house.store.systems()]
    if then == "approve":
        assert house.requests.approve(desk, paper.number).state is PaperState.DONE
    else:
        with pytest.raises(PaperDecided) as caught:
            DECIDING[then][1](house, operator if then == "withdraw" else desk, paper.number)
        assert caught.value.state == "done"
    after = house.store.paper(paper.number)
    assert after is not None
    assert (after.state, bool(after.outcome)) == (PaperState.DONE, True)
    assert [*house.store.systems()] == systems


def test_what_waits_comes_the_oldest_first(each_house: House, desk: Session) -> None:
    operator = each_house.session_as(Role.ORDER)
    first = fresh(each_house, operator)
    each_house.clock.advance(days=1)
    operator = each_house.sign_in("order", OWN, "a good long password")
    desk = each_house.sign_in("licence-desk", OWN, "a good long password")
    second = wanted(each_house, operator)
    assert each_house.requests.to_decide(desk) == [first, second]
    assert each_house.requests.requests(desk) == [second, first]
    assert each_house.requests.requests(operator) == [second, first]
    other = each_house.sign_in("mmartin", OTHER)
    assert each_house.requests.requests(other) == []
    names = each_house.requests.company_names(other, [second])
    assert names == {each_house.company_id(): OWN}
