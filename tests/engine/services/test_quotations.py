"""Quotes: made, found, copied, withdrawn, ordered once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from decimal import Decimal

import pytest
from msgspec.structs import replace

from engine.accounts.people import Right, Role
from engine.audit import EventName
from engine.errors import (
    CompanyOnHold,
    NotAllowed,
    OrderRefused,
    OutcomeUnknown,
    PaperUnknown,
    PriceChanged,
    QuoteClosed,
    QuoteExpired,
    SecondPersonNeeded,
    SystemMoved,
    SystemTransferred,
    Unsettled,
)
from engine.licences.system import EquipmentId, System
from engine.papers.paper import Paper
from engine.papers.quotations import Standing
from engine.ports import Placement
from engine.services.access import Session
from engine.services.erasing import Erased
from tests.engine.services.house import OTHER, OWN, House
from tests.support.guide import FOREIGN, FRESH, SYSTEM, TOTAL

Call = Callable[[House, Session, str], object]


def system_of(house: House, of: str = SYSTEM) -> System:
    system = house.store.system(EquipmentId(of))
    assert system is not None
    return system


def quote(house: House, session: Session | None = None, **changes: object) -> Paper:
    return house.quotations.make(session or house.sign_in(), house.draft(**changes))  # type: ignore[arg-type]


def standing(house: House, number: str) -> Standing:
    paper = house.store.paper(number)
    assert paper is not None
    return house.quotations.standing(paper)


def test_a_quote_has_a_number_frozen_prices_and_no_effect(each_house: House) -> None:
    house = each_house
    before = system_of(house)
    paper = quote(house)
    assert paper.number == f"Q-{house.clock().year}-000001"
    assert paper.company_id == house.company_id()
    quoted = paper.quotation
    assert (quoted.total, quoted.currency, quoted.release) == (TOTAL, "EUR", before.release)
    assert quoted.draft.draft_id == paper.number
    assert system_of(house) == before
    assert house.store.paper(paper.number) == paper
    assert house.events()[-1] == EventName.QUOTE_ADD


def test_what_could_not_be_ordered_is_not_quoted(house: House) -> None:
    with pytest.raises(OrderRefused):
        quote(house, quantities={"BHW1095A": "x"})
    with pytest.raises(OrderRefused):
        quote(house, reference="")
    assert house.quotations.quotes(house.sign_in()) == []


def test_ordering_from_a_quote_is_its_order_once(each_house: House) -> None:
    house = each_house
    paper, session = quote(house), house.sign_in()
    ordered = house.quotations.order(session, paper.number)
    order = ordered.placement.order
    assert not ordered.placement.already
    assert (order.draft_id, order.total) == (paper.number, TOTAL)
    assert (ordered.quote.outcome, standing(house, paper.number)) == (
        order.number,
        Standing.ORDERED,
    )
    again = house.quotations.order(session, paper.number)
    assert again.placement == Placement(order, already=True)
    assert [each.draft_id for each in system_of(house).orders].count(paper.number) == 1
    with pytest.raises(QuoteClosed) as refused:
        house.quotations.withdraw(session, paper.number)
    assert refused.value.order == order.number


def test_eight_confirm_one_quote(each_house: House) -> None:
    house = each_house
    paper = quote(house)
    sessions = [house.sign_in() for _ in range(8)]

    def confirm(session: Session) -> str:
        return house.quotations.order(session, paper.number).placement.order.number

    with ThreadPoolExecutor(8) as pool:
        assert len({*pool.map(confirm, sessions)}) == 1
    assert [each.draft_id for each in system_of(house).orders].count(paper.number) == 1


def test_ordered_or_withdrawn_never_both(each_house: House) -> None:
    house = each_house
    sessions = [house.sign_in() for _ in range(8)]
    papers = [quote(house, sessions[0], quantities={"BHW1095A": "1"}) for _ in range(4)]

    def settle(at: int) -> None:
        number, session = papers[at // 2].number, sessions[at]
        with suppress(QuoteClosed):
            if at % 2:
                house.quotations.order(session, number)
            else:
                house.quotations.withdraw(session, number)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(settle, range(8)))
    placed = {each.draft_id for each in system_of(house).orders}
    for paper in papers:
        is_ordered = standing(house, paper.number) is Standing.ORDERED
        assert (paper.number in placed) == is_ordered


def test_the_price_holds_and_the_lower_one_counts(each_house: House) -> None:
    house, session = each_house, each_house.sign_in()
    house.administration.set_discount(OWN, "20", "test")
    dear, cheap = quote(house, session), None
    house.administration.set_discount(OWN, "0", "test")
    order = house.quotations.order(session, dear.number).placement.order
    assert order.total == dear.quotation.total == TOTAL * 8 / 10
    cheap = quote(house, session, equipment_id=FRESH, quantities={"BHW1095A": "2"})
    house.administration.set_discount(OWN, "50", "test")
    with pytest.raises(PriceChanged):  # somebody confirms what he has seen, not less either
        house.quotations.order(session, cheap.number, cheap.quotation.total)
    assert house.quotations.review(session, cheap).total == cheap.quotation.total / 2
    order = house.quotations.order(session, cheap.number, cheap.quotation.total / 2).placement.order
    assert order.total == cheap.quotation.total / 2


def test_a_quote_expires_at_the_end_of_its_last_day(house: House) -> None:
    paper = quote(house)
    last = paper.quotation.valid_until.astimezone()
    assert (last - house.clock()).days in {29, 30}
    assert (last.hour, last.minute, last.second) == (23, 59, 59)
    house.clock.advance(days=31)
    session = house.sign_in()
    assert standing(house, paper.number) is Standing.EXPIRED
    for call in (house.quotations.order, lambda s, n: house.quotations.review(s, paper)):
        with pytest.raises(QuoteExpired):
            call(session, paper.number)
    copy = house.quotations.copy(session, paper.number)
    assert house.quotations.order(session, copy.number).placement.order.total == TOTAL


def test_an_order_that_was_cut_short_is_found(each_house: House) -> None:
    """The order is there, the quote still open: whoever comes next finds it, even later."""
    house, paper = each_house, quote(each_house)
    real = house.store.place

    def place(*given: object) -> Placement:
        real(*given)  # type: ignore[arg-type]
        raise OutcomeUnknown(path="/srv", reason="EIO", what=Unsettled.ORDER)

    house.store.place = place  # type: ignore[assignment,method-assign]
    with pytest.raises(OutcomeUnknown):
        house.quotations.order(house.sign_in(), paper.number)
    house.store.place = real  # type: ignore[method-assign]
    assert standing(house, paper.number) is Standing.OPEN
    house.clock.advance(days=40)
    session = house.sign_in()
    with pytest.raises(QuoteClosed):
        house.quotations.withdraw(session, paper.number)
    assert standing(house, paper.number) is Standing.ORDERED
    assert house.quotations.order(session, paper.number).placement.already


def test_a_copy_is_for_its_system_or_another(house: House) -> None:
    session = house.sign_in()
    paper = quote(house, session)
    copy = house.quotations.copy(session, paper.number, FRESH.lower())
    assert copy.quotation.equipment_id == FRESH
    assert copy.quotation.lines == paper.quotation.lines
    house.quotations.order(session, copy.number)
    assert standing(house, paper.number) is Standing.OPEN


def test_over_the_limit_whoever_made_it_does_not_order(each_house: House) -> None:
    house = each_house
    house.administration.set_four_eyes(OWN, "6000", "test")
    maker, other = house.sign_in(), house.session_as(Role.COMPANY_ADMIN)
    with pytest.raises(SecondPersonNeeded):
        house.ordering.place(maker, house.draft())
    with pytest.raises(SecondPersonNeeded):
        house.ordering.trial(maker, house.draft())
    paper = quote(house, maker)
    with pytest.raises(SecondPersonNeeded) as refused:
        house.quotations.order(maker, paper.number)
    assert refused.value.number == paper.number
    with pytest.raises(SecondPersonNeeded):
        house.quotations.order(house.signing_in.act_as(OWN, "jsmith", "root"), paper.number)
    assert house.quotations.order(other, paper.number).placement.order.total == TOTAL
    small = house.draft(FRESH, "small", quantities={"BHW1095A": "1"})
    assert house.ordering.place(maker, small).order.total < 6000
    house.administration.set_four_eyes(OWN, "", "test")
    assert house.company_id()
    assert house.ordering.place(maker, house.draft(FRESH, "d9", quantities={"BHW1087A": "50"}))


def test_what_happened_to_the_system_meanwhile(house: House) -> None:
    session = house.sign_in()
    paper = quote(house, session)
    desk = house.session_as(Role.LICENCE_DESK)
    house.transferring.transfer(desk, SYSTEM, OTHER, house.changing.said(reason="reseller-change"))
    with pytest.raises(SystemTransferred):
        house.quotations.order(session, paper.number)
    with pytest.raises(PaperUnknown):
        house.quotations.quote(house.sign_in("mmartin", OTHER), paper.number)
    house.quotations.withdraw(session, paper.number)


def test_somebody_else_has_ordered_what_was_quoted(house: House) -> None:
    session = house.sign_in()
    paper = quote(house, session, quantities={"BHW1063A": "1"})
    house.ordering.place(session, house.draft(quantities={"BHW1063A": "1"}))
    with pytest.raises(OrderRefused):
        house.quotations.order(session, paper.number)
    assert standing(house, paper.number) is Standing.OPEN


CALLS: dict[str, tuple[Right, Call]] = {
    "quote": (Right.SEARCH, lambda h, s, n: h.quotations.quote(s, n)),
    "export": (
        Right.SEARCH,
        lambda h, s, n: h.exporting.export_quote(s, h.store.paper(n), "text"),  # type: ignore[arg-type]
    ),
    "copy": (Right.ORDER, lambda h, s, n: h.quotations.copy(s, n)),
    "order": (Right.ORDER, lambda h, s, n: h.quotations.order(s, n)),
    "withdraw": (Right.ORDER, lambda h, s, n: h.quotations.withdraw(s, n)),
}


@pytest.mark.parametrize("role", Role)
def test_every_role_and_the_quotes_of_both_companies(each_house: House, role: Role) -> None:
    house = each_house
    other = house.sign_in("mmartin", OTHER)
    session = house.session_as(role)
    for name, (right, call) in CALLS.items():
        own = quote(house, quantities={"BHW1095A": "1"})
        foreign = quote(house, other, equipment_id=FOREIGN, quantities={"BHW1095A": "1"})
        for paper in (own, foreign):
            seen = paper is own or Right.ALL_COMPANIES in role.rights
            if right not in role.rights:
                with pytest.raises(NotAllowed):
                    call(house, session, paper.number)
            elif not seen:
                with pytest.raises(PaperUnknown):
                    call(house, session, paper.number)
            else:
                assert call(house, session, paper.number), name


def test_a_company_on_hold_reads_its_quotes(house: House) -> None:
    session, paper = house.sign_in(), quote(house)
    house.administration.hold(OWN, "test", on_hold=True)
    assert house.quotations.quotes(session) == [paper]
    for call in (house.quotations.order, house.quotations.copy, house.quotations.withdraw):
        with pytest.raises(CompanyOnHold):
            call(session, paper.number)


def test_quotes_are_found_by_what_they_say(each_house: House) -> None:
    house, session = each_house, each_house.sign_in()
    first = quote(house, session, licensee="Émile Dubois", reference="PO-1")
    second = quote(house, session, equipment_id=FRESH, quantities={"BHW1095A": "1"})
    house.quotations.withdraw(session, second.number)

    def found(text: str = "", *, all_states: bool = True) -> list[str]:
        papers = house.quotations.quotes(session, text, all_states=all_states)
        return [paper.number for paper in papers]

    assert found() == [second.number, first.number]
    assert found(all_states=False) == [first.number]
    for text in ("emile", "po-1", first.number.lower(), first.number[-3:]):
        assert found(text) == [first.number]
    assert found(FRESH[-4:]) == [second.number]
    assert found("nobody") == []


def test_a_licensee_is_erased_from_quotes_too(each_house: House) -> None:
    house, session = each_house, each_house.sign_in()
    mine, others = quote(house, session, licensee="To Forget"), quote(house, session)
    erased = house.erasing.erase_licensee("to forget", "test")
    assert (erased.orders, erased.quotes) == (0, 1)
    kept = house.quotations.quote(session, mine.number).quotation
    assert not kept.is_personal
    assert kept.lines == mine.quotation.lines
    assert house.quotations.quote(session, others.number) == others
    with pytest.raises(OrderRefused):
        house.quotations.order(session, mine.number)


def test_an_order_is_erased_with_its_quote(each_house: House) -> None:
    house, paper = each_house, quote(each_house)
    order = house.quotations.order(house.sign_in(), paper.number).placement.order
    erased = house.erasing.erase_order(order.number, "test")
    assert (erased.orders, erased.quotes) == (1, 1)
    assert not house.quotations.quote(house.sign_in(), paper.number).quotation.is_personal
    assert house.erasing.erase_order(order.number, "test") == Erased(0)


def test_a_quote_is_for_the_system_as_it_is_when_it_is_ordered(house: House) -> None:
    session = house.sign_in()
    paper = quote(house, session, quantities={"BHW1095A": "2"})
    house.changing.upgrade(session, SYSTEM, "R5.2", house.changing.said())
    order = house.quotations.order(session, paper.number).placement.order
    assert (paper.quotation.release, order.release) == ("R5.1", "R5.2")
    other = quote(house, session, quantities={"BHW1095A": "2"})
    desk = house.session_as(Role.LICENCE_DESK)
    said = house.changing.said(reason="failed-hardware")
    house.moving.move(desk, SYSTEM, "03FFFF0302AFE", said)
    with pytest.raises(SystemMoved):
        house.quotations.order(session, other.number)
    with pytest.raises(SystemMoved):
        house.quotations.review(session, other)
    copy = house.quotations.copy(session, other.number, "03FFFF0302AFE")
    assert house.quotations.order(session, copy.number).quote.outcome == "03FFFF0302AFE-0002"


def test_what_is_over_the_limit_waits_for_the_others(each_house: House) -> None:
    house = each_house
    maker, other = house.sign_in(), house.session_as(Role.ORDER)
    reader = house.session_as(Role.READ)
    paper = quote(house, maker)
    quote(house, maker, equipment_id=FRESH, quantities={"BHW1095A": "1"})
    assert house.quotations.waiting(other) == []
    house.administration.set_four_eyes(OWN, "6000", "test")
    assert house.quotations.waiting(other) == [paper]
    assert house.quotations.waiting(maker) == house.quotations.waiting(reader) == []
    house.quotations.order(other, paper.number)
    assert house.quotations.waiting(other) == []


def test_the_limit_of_a_company_is_read_as_it_is_typed(house: House) -> None:
    company = house.administration.set_four_eyes(OWN, "2500,5", "test")
    assert company.four_eyes_over == Decimal("2500.5")
    assert replace(company, four_eyes_over=None) == house.administration.set_four_eyes(
        OWN, " ", "test"
    )
