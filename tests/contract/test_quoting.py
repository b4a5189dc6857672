"""Quotes and their orders are one transaction on every store, whatever is cut short."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

from engine.errors import QuoteClosed
from engine.papers.paper import Paper
from engine.papers.quotations import Standing
from engine.ports import Store
from tests.engine.services.house import House
from tests.support.clock import Clock
from tests.support.guide import SYSTEM


class CutShort(Exception):
    """The power went."""


@pytest.fixture
def house(store: Store) -> House:
    return House(store, Clock())


def orders_of(house: House, paper: Paper) -> int:
    system = house.searching.by_equipment_id(house.sign_in(), SYSTEM)
    return [order.draft_id for order in system.orders].count(paper.number)


def test_an_order_from_a_quote_closes_it(house: House) -> None:
    session = house.sign_in()
    paper = house.quotations.make(session, house.draft())
    order = house.quotations.order(session, paper.number).placement.order
    assert house.quotations.order(session, paper.number).placement.already
    assert house.quotations.quote(session, paper.number).outcome == order.number
    with pytest.raises(QuoteClosed):
        house.quotations.withdraw(session, paper.number)
    assert orders_of(house, paper) == 1


def test_cut_short_at_every_line_of_the_audit_log(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then asked for again, by whoever comes: one order, and the quote says which."""
    session = house.sign_in()
    record: Callable[..., None] = house.store.record
    for lines in range(3):
        paper = house.quotations.make(session, house.draft(quantities={"BHW1095A": "1"}))
        left = [lines]

        def cut(*given: object, left: list[int] = left, **details: object) -> None:
            if not left[0]:
                raise CutShort
            left[0] -= 1
            record(*given, **details)

        with monkeypatch.context() as patch:
            patch.setattr(house.store, "record", cut)
            with suppress(CutShort):
                house.quotations.order(session, paper.number)
        ordered = house.quotations.order(session, paper.number)
        assert house.quotations.standing(ordered.quote) is Standing.ORDERED
        assert orders_of(house, paper) == 1
