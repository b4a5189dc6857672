"""What people ask of the licence desk: one queue, each request decided once, by somebody else.

    asked for → (the company that has the system agrees or objects) → approved, refused, withdrawn

Approving does what was asked for, by the same service as the desk's own screen or command, under
the request's lock and with its number as the id of the order. If that was cut short, the order is
there and the request still open: whoever decides it next finds the order, and it is done.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from decimal import Decimal

from msgspec.structs import replace

from engine.accounts.people import Right
from engine.audit import Actor, EventName
from engine.errors import (
    OwnRequest,
    PaperDecided,
    PaperUnknown,
    WhyRequired,
)
from engine.licences.plans import Plan
from engine.licences.system import EquipmentId
from engine.papers.paper import OPEN_STATES, Paper, PaperQuery, PaperState, Series
from engine.papers.requests import (
    RequestContent,
    TakeOver,
)
from engine.ports import Clock, Store
from engine.safe_text import clean
from engine.services.access import Access, Session
from engine.services.carrying_out import CarryingOut
from engine.services.changing import Changing
from engine.services.open_requests import open_requests, record

_MOST = 1000
"""Open requests that are looked through."""


class Requests:
    """Looks requests through, answers and decides them."""

    def __init__(
        self,
        store: Store,
        access: Access,
        clock: Clock,
        changing: Changing,
        carrying_out: CarryingOut,
    ) -> None:
        self._store = store
        self._access = access
        self._clock = clock
        self._changing = changing
        self._carrying_out = carrying_out

    # Looking

    def requests(
        self,
        session: Session,
        states: Collection[PaperState] = OPEN_STATES,
        before: str | None = None,
        limit: int = 100,
    ) -> list[Paper]:
        """Those of one's own company, or of all for who sees all; the last first."""
        self._access.require(session, Right.SEARCH)
        company_id = None if self._sees_all(session) else session.company_id
        query = PaperQuery(Series.REQUEST, company_id, states=frozenset(states), before=before)
        return self._store.papers(query, limit)

    def to_decide(self, session: Session) -> list[Paper]:
        """What waits for whoever asks: requests that he may decide, or that his company is to
        answer; the oldest first."""
        self._access.require(session, Right.SEARCH)
        found = [
            paper
            for paper in open_requests(self._store)
            if self.may_decide(session, paper) or self._is_unanswered(session, paper)
        ]
        return found[::-1]

    def request(self, session: Session, number: str) -> Paper:
        """One of those that may be seen. Raises `PaperUnknown`."""
        self._access.require(session, Right.SEARCH)
        number = clean(number).upper()
        paper = self._store.paper(number)
        if paper is None or not isinstance(paper.content, RequestContent):
            raise PaperUnknown(number=number)
        if self._access.sees(session, paper.company_id) or self._is_to_answer(session, paper):
            return paper
        raise PaperUnknown(number=number)

    def company_names(self, session: Session, papers: Collection[Paper]) -> dict[str, str]:
        """Who has asked, and for who sees all companies who has the systems now; by their ids."""
        self._access.require(session, Right.SEARCH)
        wanted = {paper.company_id for paper in papers}
        every = self._sees_all(session)
        companies = self._store.companies()
        return {c.company_id: c.name for c in companies if every or c.company_id in wanted}

    def plan(self, session: Session, paper: Paper) -> Plan | None:
        """What approving would do, as `CarryingOut.plan`."""
        self._access.require(session, Right.DECIDE)
        return self._carrying_out.plan(session, paper)

    def may_decide(self, session: Session, paper: Paper) -> bool:
        """Whether it is for whoever asks to decide: not what he asked for himself."""
        return Right.DECIDE in session.role.rights and not _asked_by(session, paper)

    def may_answer(self, session: Session, paper: Paper) -> bool:
        """Whether it is about a system that the session's company has, and is to say whether it
        may go."""
        return Right.MOVE in session.role.rights and self._is_to_answer(session, paper)

    def may_withdraw(self, session: Session, paper: Paper) -> bool:
        """Whether it is his company's own."""
        return Right.ORDER in session.role.rights and paper.company_id == session.company_id

    # Deciding

    def answer(self, session: Session, number: str, *, agreed: bool) -> Paper:
        """What the company that has the system says to its going to another; the desk decides.

        Raises `PaperUnknown`, `PaperDecided`.
        """
        self._access.require(session, Right.MOVE)
        known = self.request(session, number)
        if not self._is_to_answer(session, known):
            raise PaperUnknown(number=known.number)

        def answered(paper: Paper) -> Paper:
            _require_open(paper)
            assert isinstance(paper.content, TakeOver), "as it was a moment ago"
            content = replace(paper.content, agreed=agreed, answered_by=session.who)
            record(
                self._store,
                EventName.REQUEST_ANSWER,
                session,
                paper,
                agreed="yes" if agreed else "no",
            )
            return replace(paper, content=content)

        return self._store.change_paper(known.number, answered)

    def approve(self, session: Session, number: str, seen: Decimal | None = None) -> Paper:
        """Do what was asked for. `seen` is the total that somebody confirms.

        Raises `PaperUnknown`, `PaperDecided`, `OwnRequest`, and what doing it raises: then it
        still waits.
        """
        self._access.require(session, Right.DECIDE)

        def approved(paper: Paper) -> Paper:
            _require_open(paper)
            if _asked_by(session, paper):
                raise OwnRequest(number=paper.number)
            outcome = self._carrying_out.came_of(paper) or self._carrying_out.do(
                session, paper, seen
            )
            record(self._store, EventName.REQUEST_APPROVE, session, paper, outcome=outcome)
            return self._closed(session, paper, PaperState.DONE, outcome=outcome)

        return self._store.change_paper(self.request(session, number).number, approved)

    def refuse(self, session: Session, number: str, why: str) -> Paper:
        """Say no, and why. Raises `PaperUnknown`, `PaperDecided`, `OwnRequest`, `WhyRequired`,
        `ChangeRefused` (a reason that is too long)."""
        self._access.require(session, Right.DECIDE)
        why = self._changing.said(note=why).note
        if not why:
            raise WhyRequired()

        def check(paper: Paper) -> None:
            if _asked_by(session, paper):
                raise OwnRequest(number=paper.number)

        return self._close(
            session, number, PaperState.REFUSED, EventName.REQUEST_REFUSE, check, why
        )

    def withdraw(self, session: Session, number: str) -> Paper:
        """Ask no longer: anybody of the company may who may ask. Raises `PaperUnknown`,
        `PaperDecided`."""
        self._access.require(session, Right.ORDER)

        def check(paper: Paper) -> None:
            if paper.company_id != session.company_id:
                raise PaperUnknown(number=paper.number)

        return self._close(session, number, PaperState.WITHDRAWN, EventName.REQUEST_WITHDRAW, check)

    def _close(
        self,
        session: Session,
        number: str,
        state: PaperState,
        event: EventName,
        check: Callable[[Paper], None],
        why: str = "",
    ) -> Paper:
        def closed(paper: Paper) -> Paper:
            check(paper)
            _require_open(paper)
            came = self._carrying_out.came_of(paper)
            if came is not None:  # approved, and cut short before that was written down
                return self._closed(session, paper, PaperState.DONE, outcome=came)
            record(self._store, event, session, paper)
            return self._closed(session, paper, state, why=why)

        after = self._store.change_paper(self.request(session, number).number, closed)
        if after.state is not state:
            raise PaperDecided(number=after.number, state=after.state.value, by=after.decided_by)
        return after

    def _closed(
        self, session: Session, paper: Paper, state: PaperState, *, outcome: str = "", why: str = ""
    ) -> Paper:
        return replace(
            paper,
            state=state,
            decided_by=session.who,
            decided_at=self._clock(),
            outcome=outcome,
            why=why,
        )

    def _is_unanswered(self, session: Session, paper: Paper) -> bool:
        asked = paper.content
        nothing_said = isinstance(asked, TakeOver) and asked.agreed is None
        return nothing_said and self.may_answer(session, paper)

    def _is_to_answer(self, session: Session, paper: Paper) -> bool:
        """Whether it is about a system that the session's company has, and is to say whether it
        may go."""
        if not isinstance(paper.content, TakeOver) or not paper.is_open:
            return False
        system = self._store.system(EquipmentId(paper.content.equipment_id))
        return system is not None and system.company_id == session.company_id

    def _sees_all(self, session: Session) -> bool:
        return session.company is None or Right.ALL_COMPANIES in session.role.rights


def _require_open(paper: Paper) -> None:
    if not paper.is_open:
        raise PaperDecided(number=paper.number, state=paper.state.value, by=paper.decided_by)


def _asked_by(session: Session, paper: Paper) -> bool:
    """Whether the same person asked."""
    return Actor.parse(paper.by).is_same_person(Actor.parse(session.who))
