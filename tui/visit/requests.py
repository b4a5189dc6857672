"""Asking the licence desk and deciding, as questions that full screens and plain mode share."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from engine.accounts.people import Right
from engine.assembly import Portal
from engine.errors import PortalError, StoreTrouble
from engine.licences.moves import REASONS as MOVE_REASONS
from engine.licences.order import Order
from engine.licences.plans import Plan
from engine.papers.paper import OPEN_STATES, Paper, PaperState
from engine.papers.requests import TakeOver
from engine.services.access import Session
from engine.services.changing import CORRECTION_REASONS
from engine.services.transferring import REASONS as TRANSFER_REASONS
from tui.visit.changes import Correction
from tui.visit.questions import NEW_ID, NOTE, REASON, Answers, Question, said_of

RUNS, WHY = "runs", "why"
DECIDED_SHOWN = 50
"""Requests that are decided already, in a list of all."""


class RequestDeed(NamedTuple):
    """Something that somebody can do with a request, or to make one."""

    name: str
    """`request-approve`, …: what its words are found by."""
    of: str
    """The system, the order or the request that it is about."""
    questions: tuple[Question, ...]
    act: Callable[[Answers], Paper]
    """Do it. Raises what the service raises."""


class Look(NamedTuple):
    """A request as somebody sees it."""

    paper: Paper
    names: dict[str, str]
    """Of the companies that it names, by their ids."""
    plan: Plan | None
    """What approving it would do to a system that is known."""
    obstacle: PortalError | None
    """Why it could not be done as things are."""
    deeds: list[RequestDeed]


class Listed(NamedTuple):
    """The requests that somebody sees, those that wait first."""

    papers: list[Paper]
    names: dict[str, str]


def waiting_for(portal: Portal, session: Session) -> list[Paper]:
    """What he is to decide or to answer; none where they cannot be read: the list says why."""
    try:
        return portal.requests.to_decide(session)
    except StoreTrouble:
        return []


def listed(portal: Portal, session: Session) -> Listed:
    """Those that wait for him, the other open ones, and the latest that are decided."""
    requests = portal.requests
    waiting = requests.to_decide(session)
    open_ones = requests.requests(session)
    closed = requests.requests(session, frozenset(PaperState) - OPEN_STATES, limit=DECIDED_SHOWN)
    numbers = {paper.number for paper in waiting}
    papers = [*waiting, *(each for each in open_ones if each.number not in numbers), *closed]
    return Listed(papers, requests.company_names(session, papers))


def look(portal: Portal, session: Session, number: str) -> Look:
    """One of them, and what can be done with it. Raises `PaperUnknown`."""
    requests = portal.requests
    paper = requests.request(session, number)
    plan, obstacle = None, None
    if paper.is_open and Right.DECIDE in session.role.rights:
        try:
            plan = requests.plan(session, paper)
        except PortalError as error:
            obstacle = error
    deeds = deeds_for(portal, session, paper, plan)
    return Look(paper, requests.company_names(session, [paper]), plan, obstacle, deeds)


def deeds_for(
    portal: Portal, session: Session, paper: Paper, plan: Plan | None
) -> list[RequestDeed]:
    """What may be done with a request by whoever is here, who was shown the plan."""
    requests, number = portal.requests, paper.number
    seen = plan.total if plan else None
    found: list[RequestDeed] = []

    def deed(name: str, act: Callable[[Answers], Paper], *questions: Question) -> None:
        found.append(RequestDeed(f"request-{name}", number, questions, act))

    if not paper.is_open:
        return found
    if requests.may_decide(session, paper):
        deed("approve", lambda _answers: requests.approve(session, number, seen))
        deed(
            "refuse", lambda answers: requests.refuse(session, number, answers[WHY]), Question(WHY)
        )
    if requests.may_answer(session, paper):
        asked = paper.asked
        said = asked.agreed if isinstance(asked, TakeOver) else None
        if said is not True:
            deed("agree", lambda _answers: requests.answer(session, number, agreed=True))
        if said is not False:
            deed("object", lambda _answers: requests.answer(session, number, agreed=False))
    if requests.may_withdraw(session, paper):
        deed("withdraw", lambda _answers: requests.withdraw(session, number))
    return found


def what_runs(portal: Portal) -> dict[str, tuple[str, str, str]]:
    """Product, release and model of all that a system can be, by how they are chosen: each product
    has releases of its own, so that it is one question."""
    return {
        f"{model or product.name} · {release}": (product.key, release, model)
        for product in portal.catalogue.products.values()
        for model in product.models or ("",)
        for release in reversed(product.releases)
    }


def asking_for_system(portal: Portal, session: Session, equipment_id: str) -> RequestDeed:
    """That an unknown system is added."""
    runs = what_runs(portal)

    def act(answers: Answers) -> Paper:
        product, release, model = runs[answers[RUNS]]
        return portal.asking.ask_for_system(
            session, equipment_id, product, release, model=model, note=answers[NOTE]
        )

    questions = (Question(RUNS, choices=tuple(runs)), Question(NOTE))
    return RequestDeed("request-system", equipment_id, questions, act)


def asking_for_transfer(portal: Portal, session: Session, equipment_id: str) -> RequestDeed:
    """That a system of another company's comes to one's own."""

    def act(answers: Answers) -> Paper:
        return portal.asking.ask_for_transfer(session, equipment_id, answers[REASON], answers[NOTE])

    questions = (Question(REASON, choices=TRANSFER_REASONS), Question(NOTE))
    return RequestDeed("request-transfer", equipment_id, questions, act)


def asking_for_move(
    portal: Portal, session: Session, equipment_id: str, answers: Answers
) -> RequestDeed:
    """A move beyond those of the year, whose questions were answered already."""

    def act(_answers: Answers) -> Paper:
        said = said_of(portal.changing, answers, MOVE_REASONS)
        return portal.asking.ask_for_move(session, equipment_id, answers[NEW_ID], said)

    return RequestDeed("request-move", equipment_id, (), act)


def asking_for_correction(portal: Portal, session: Session, order: Order) -> RequestDeed:
    """That an order of one's own company is taken back, in part or whole."""
    correction = Correction(portal, session, order)

    def act(answers: Answers) -> Paper:
        said = said_of(portal.changing, answers, CORRECTION_REASONS)
        return portal.asking.ask_for_correction(
            session, order.number, correction.meant(answers), said
        )

    return RequestDeed("request-correction", order.number, correction.questions(), act)
