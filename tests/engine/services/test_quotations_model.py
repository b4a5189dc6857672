"""Quotes against a plain model: whatever is quoted, ordered, withdrawn, copied, however prices,
limits and days go, one quote is one order at the right price, confirmed by whoever may."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from engine.accounts.people import Role
from engine.errors import (
    OrderRefused,
    PriceChanged,
    QuoteClosed,
    QuoteExpired,
    SecondPersonNeeded,
)
from engine.papers.quotations import Standing
from engine.services.access import Session
from engine.store.memory.store import MemoryStore
from tests.engine.services.house import OWN, House
from tests.support.clock import Clock
from tests.support.guide import FRESH, SYSTEM

PRICE = Decimal(120)
"""Of a SIP trunk, in the list."""
MOST_DAYS = 30
which = st.integers(0, 7)
people = st.sampled_from((0, 1))


class Known(NamedTuple):
    """What the model knows of a quote."""

    number: str
    of: str
    quantity: int
    price: Decimal
    by: int
    made: int
    """The day."""


class Quoting(RuleBasedStateMachine):
    """Two people of one company, two systems, one item."""

    @initialize()
    def begin(self) -> None:
        self.clock = Clock()
        self.house = House(MemoryStore(self.clock), self.clock)
        self.house.session_as(Role.ORDER)
        self.day = 0
        self.discount, self.limit = 0, 0
        self.quotes: list[Known] = []
        self.closed: dict[str, str] = {}
        """By number: the order, or "" for one that is withdrawn."""

    def person(self, who: int) -> Session:
        return self.house.signing_in.act_as(OWN, ("jsmith", "order")[who], "tester")

    @property
    def today(self) -> Decimal:
        return PRICE * (100 - self.discount) / 100

    @rule(
        of=st.sampled_from((SYSTEM, FRESH)),
        quantity=st.sampled_from((1, 4, 5, 10, 20, 60)),
        who=people,
    )
    def make(self, of: str, quantity: int, who: int) -> None:
        draft = self.house.draft(of, "typed", quantities={"BHW1095A": str(quantity)})
        try:
            paper = self.house.quotations.make(self.person(who), draft)
        except OrderRefused:  # no room for so many more
            return
        self.quotes.append(Known(paper.number, of, quantity, self.today, who, self.day))
        assert paper.quotation.total == self.today * quantity

    @rule(at=which, who=people)
    def copy(self, at: int, who: int) -> None:
        if not self.quotes:
            return
        known = self.quotes[at % len(self.quotes)]
        try:
            paper = self.house.quotations.copy(self.person(who), known.number)
        except OrderRefused:
            return
        self.quotes.append(
            known._replace(number=paper.number, price=self.today, by=who, made=self.day)
        )

    @rule(at=which, who=people, sees=st.booleans())
    def order(self, at: int, who: int, *, sees: bool) -> None:
        if not self.quotes:
            return
        known = self.quotes[at % len(self.quotes)]
        total = min(known.price, self.today) * known.quantity
        seen = total if sees else total + 1
        try:
            ordered = self.house.quotations.order(self.person(who), known.number, seen)
        except QuoteClosed:
            assert self.closed[known.number] == ""
        except QuoteExpired:
            assert known.number not in self.closed
            assert self.day - known.made > MOST_DAYS
        except SecondPersonNeeded:
            assert self.limit
            assert total > self.limit
            assert who == known.by
        except PriceChanged:
            assert not sees
        except OrderRefused:
            assert known.number not in self.closed
        else:
            order = ordered.placement.order
            assert ordered.placement.already == (known.number in self.closed)
            if not ordered.placement.already:
                assert order.total == total
                assert sees
                assert self.day - known.made <= MOST_DAYS
                assert who != known.by or not self.limit or total <= self.limit
                self.closed[known.number] = order.number
            assert order.number == self.closed[known.number]

    @rule(at=which, who=people)
    def withdraw(self, at: int, who: int) -> None:
        if not self.quotes:
            return
        known = self.quotes[at % len(self.quotes)]
        try:
            self.house.quotations.withdraw(self.person(who), known.number)
        except QuoteClosed:
            assert known.number in self.closed
        else:
            assert known.number not in self.closed
            self.closed[known.number] = ""

    @rule(days=st.sampled_from((1, 15, 30, 31)))
    def days_go_by(self, days: int) -> None:
        self.clock.advance(days=days)
        self.day += days

    @rule(percent=st.sampled_from((0, 10, 50)))
    def prices_change(self, percent: int) -> None:
        self.house.administration.set_discount(OWN, str(percent), "test")
        self.discount = percent

    @rule(limit=st.sampled_from((0, 480, 1200)))
    def limit_changes(self, limit: int) -> None:
        self.house.administration.set_four_eyes(OWN, str(limit or ""), "test")
        self.limit = limit

    @invariant()
    def each_stands_as_the_model_says(self) -> None:
        session = self.person(0)
        known = {each.number: each for each in self.quotes}
        papers = self.house.quotations.quotes(session, all_states=True)
        assert {paper.number for paper in papers} == {*known}
        for paper in papers:
            order = self.closed.get(paper.number)
            expected = {None: None, "": Standing.WITHDRAWN}.get(order, Standing.ORDERED)
            expired = self.day - known[paper.number].made > MOST_DAYS
            unclosed = Standing.EXPIRED if expired else Standing.OPEN
            assert self.house.quotations.standing(paper) is (expected or unclosed)

    @invariant()
    def one_quote_is_one_order(self) -> None:
        for of in (SYSTEM, FRESH):
            record = self.house.searching.by_equipment_id(self.person(0), of)
            placed = [o.number for o in record.orders if o.draft_id.startswith("Q-")]
            said = [number for number in self.closed.values() if number.startswith(of)]
            assert sorted(placed) == sorted(said)


def test_quotes_do_what_the_model_says() -> None:
    run_state_machine_as_test(
        Quoting,
        settings=settings(
            max_examples=100,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
