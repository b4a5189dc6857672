"""Quotes: an order as it could be, under a number, at prices that hold for a while.

    draft → made → (copied) → ordered, or withdrawn, or expired

A quote has no effect. It is ordered under its lock, with its number as the id of the order, so that
one quote is one order. If that was cut short, the order is there and the quote still open: whoever
looks after it next finds the order.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from engine.accounts.people import Right
from engine.audit import Actor, EventName
from engine.errors import PaperUnknown, QuoteClosed, StoreTrouble
from engine.licences.order import Draft
from engine.licences.quote import Quote
from engine.licences.system import EquipmentId, parse_equipment_id
from engine.papers.paper import Paper, PaperQuery, PaperState, Series
from engine.papers.quotations import Quotation, Standing, last_moment
from engine.ports import Clock, Placement, Store
from engine.safe_text import clean
from engine.services.access import Access, Session
from engine.services.all_orders import all_orders, order_numbered
from engine.services.ordering import Ordering
from engine.services.price_lists import PriceLists
from engine.services.terms import QuotedTerms

_PAGE = 200
_VALIDATION = 4
"""The step at which the order of a quote begins."""


class Ordered(NamedTuple):
    """What came of ordering from a quote."""

    quote: Paper
    placement: Placement


class Quotations:
    """Makes quotes, finds them, and orders from them."""

    def __init__(
        self,
        store: Store,
        access: Access,
        ordering: Ordering,
        prices: PriceLists,
        clock: Clock,
        days: int,
    ) -> None:
        self._store = store
        self._access = access
        self._ordering = ordering
        self._prices = prices
        self._clock = clock
        self._days = days

    # Looking

    def quotes(
        self, session: Session, text: str = "", *, all_states: bool = False, limit: int = 100
    ) -> list[Paper]:
        """Those of one's own company, or of all for who sees all, the last first; with a text,
        those that have it in their number, Equipment ID, reference or licensee."""
        self._access.require(session, Right.SEARCH)
        found: list[Paper] = []
        for paper in self._all(session, all_states=all_states):
            if paper.quotation.has(text):
                found.append(paper)
                if len(found) == limit:
                    break
        return found

    def quote(self, session: Session, number: str) -> Paper:
        """One of them. Raises `PaperUnknown`."""
        self._access.require(session, Right.SEARCH)
        number = clean(number).upper()
        paper = self._store.paper(number)
        if paper is None or not isinstance(paper.content, Quotation):
            raise PaperUnknown(number=number)
        if not self._access.sees(session, paper.company_id):
            raise PaperUnknown(number=number)
        return paper

    def company_names(self, session: Session) -> dict[str, str]:
        """By their ids, those that the session may see."""
        self._access.require(session, Right.SEARCH)
        companies = self._store.companies()
        return {c.company_id: c.name for c in companies if self._access.sees(session, c.company_id)}

    def standing(self, paper: Paper) -> Standing:
        """How it stands now."""
        if paper.state is PaperState.DONE:
            return Standing.ORDERED
        if paper.state is not PaperState.OPEN:
            return Standing.WITHDRAWN
        expired = paper.quotation.has_expired(self._clock())
        return Standing.EXPIRED if expired else Standing.OPEN

    def waiting(self, session: Session) -> list[Paper]:
        """Those of the session's own company that only somebody else than who made them may order,
        and that the session may. None where the company has no such limit."""
        self._access.require(session, Right.SEARCH)
        most = self._prices.four_eyes_over(session.company_id or "")
        if most is None or Right.ORDER not in session.role.rights:
            return []
        query = PaperQuery(Series.QUOTE, session.company_id, states=frozenset({PaperState.OPEN}))
        now, reader = self._clock(), Actor.parse(session.who)
        return [
            paper
            for paper in self._store.papers(query, _PAGE)
            if paper.quotation.total > most
            and not paper.quotation.has_expired(now)
            and not Actor.parse(paper.by).is_same_person(reader)
        ]

    def review(self, session: Session, paper: Paper) -> Quote:
        """What ordering it now would give. Raises what stands against that: `OrderRefused`,
        `SystemUnknown`, `SystemMoved`, `QuoteExpired`, `SecondPersonNeeded`, `QuoteClosed`."""
        self._access.require(session, Right.ORDER)
        self._require_open(paper)
        terms = QuotedTerms(self._prices, paper, session.who, self._clock())
        quoted = self._ordering.check(session, paper.quotation.draft, terms)
        terms.check(quoted.system, quoted.total, quoted.product.currency)
        return quoted

    # Doing

    def make(self, session: Session, draft: Draft) -> Paper:
        """A quote of what a draft says, at the prices of today. As an order that was left
        unfinished the draft is forgotten.

        Raises as `Ordering.check`, and `StoreTrouble`.
        """
        quoted = self._ordering.check(session, draft)
        now, system = self._clock(), quoted.system
        checked = replace(
            self._ordering.check_reference(draft),
            equipment_id=system.equipment_id,
            quantities={line.part: str(line.quantity) for line in quoted.lines},
            step=_VALIDATION,
            saved_at=None,
        )

        def made(number: str) -> Paper:
            content = Quotation(
                draft=replace(checked, draft_id=number),
                product=quoted.product.key,
                release=system.release,
                currency=quoted.product.currency,
                lines=quoted.lines,
                valid_until=last_moment(now, self._days),
            )
            self._record(EventName.QUOTE_ADD, session, number, equipment_id=system.equipment_id)
            return Paper(
                number=number,
                company_id=system.company_id,
                by=session.who,
                at=now,
                content=content,
            )

        paper = self._store.add_paper(Series.QUOTE, now.year, made)
        with suppress(StoreTrouble):  # the quote is there, and must not look as if it were not
            self._ordering.forget(session, draft.draft_id)
        return paper

    def copy(self, session: Session, number: str, equipment_id: str = "") -> Paper:
        """The same once more at the prices of today, for its system or another one.

        Raises `PaperUnknown`, and as `make`.
        """
        self._access.require(session, Right.ORDER)
        draft = self.quote(session, number).quotation.draft
        of = parse_equipment_id(equipment_id) if equipment_id else draft.equipment_id
        return self.make(session, replace(draft, equipment_id=of))

    def withdraw(self, session: Session, number: str) -> Paper:
        """It is offered no longer. Raises `PaperUnknown`, `QuoteClosed`."""
        self._access.require(session, Right.ORDER)
        known = self.quote(session, number)

        def withdrawn(paper: Paper) -> Paper:
            self._require_open(paper)
            if order := self._came_of(paper):
                return self._closed(session, paper, PaperState.DONE, order)
            self._record(EventName.QUOTE_WITHDRAW, session, paper.number)
            return self._closed(session, paper, PaperState.WITHDRAWN)

        after = self._store.change_paper(known.number, withdrawn)
        if after.state is not PaperState.WITHDRAWN:
            raise QuoteClosed(number=after.number, order=after.outcome)
        return after

    def order(
        self, session: Session, number: str, seen: Decimal | None = None, *, sure: bool = False
    ) -> Ordered:
        """Order it, or answer the order that it has become already. `seen` and `sure` as in
        `Ordering.place`.

        Raises `PaperUnknown`, `QuoteClosed`, `QuoteExpired`, `SecondPersonNeeded`, and as
        `Ordering.place`: then it is as it was.
        """
        self._access.require(session, Right.ORDER)
        known = self.quote(session, number)
        came: list[Placement] = []

        def ordered(paper: Paper) -> Paper:
            if paper.state is PaperState.DONE:
                return paper
            self._require_open(paper)
            terms = QuotedTerms(self._prices, paper, session.who, self._clock())
            placement = self._ordering.place(
                session, paper.quotation.draft, seen, sure=sure, terms=terms
            )
            came[:] = [placement]
            order = placement.order.number
            self._record(EventName.QUOTE_ORDER, session, paper.number, number=order)
            return self._closed(session, paper, PaperState.DONE, order)

        after = self._store.change_paper(known.number, ordered)
        if came:
            return Ordered(after, came[0])
        order = order_numbered(self._store, after.outcome)
        if order is None:  # it went with a system that was put back from a backup
            raise QuoteClosed(number=after.number, order=after.outcome)
        return Ordered(after, Placement(order, already=True))

    def _all(self, session: Session, *, all_states: bool) -> Iterator[Paper]:
        sees_all = session.company_id is None or Right.ALL_COMPANIES in session.role.rights
        company_id = None if sees_all else session.company_id
        states = None if all_states else frozenset({PaperState.OPEN})
        query = PaperQuery(Series.QUOTE, company_id, states=states)
        while page := self._store.papers(query, _PAGE):
            yield from page
            query = query._replace(before=page[-1].number)

    def _came_of(self, paper: Paper) -> str:
        """The order that an open one has become all the same, or ""."""
        system = self._store.system(EquipmentId(paper.quotation.equipment_id))
        orders = all_orders(self._store, system) if system else ()
        return next((each.number for each in orders if each.draft_id == paper.number), "")

    def _closed(self, session: Session, paper: Paper, state: PaperState, order: str = "") -> Paper:
        return replace(
            paper,
            state=state,
            decided_by=session.who,
            decided_at=self._clock(),
            outcome=order,
        )

    def _require_open(self, paper: Paper) -> None:
        if not paper.is_open:
            raise QuoteClosed(number=paper.number, order=paper.outcome)

    def _record(self, event: EventName, session: Session, paper: str, **details: str) -> None:
        self._store.record(event, session.who, paper=paper, **details)
