"""What the licence desk can do with companies and systems, as questions that full screens and plain
mode share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from engine.accounts.people import Company, Right
from engine.assembly import Portal
from engine.documents.dates import beginning_of_day
from engine.services.access import Session
from tui.visit.questions import COMPANY, RELEASE, Answers, Question
from tui.visit.requests import RUNS, what_runs

LONGEST = 200
DISCOUNT, FOUR_EYES, EQUIPMENT_ID, MODEL = "discount", "four_eyes_over", "equipment_id", "model"
DAYS = 7
"""The journal is shown for so many, until another day is asked for."""
LINES = 500
"""The most lines of the journal that are shown."""


class DeskDeed(NamedTuple):
    """One of them."""

    name: str
    """`company-add`, …: what its words are found by."""
    of: str
    """The company; "" of a new one, and of systems."""
    questions: tuple[Question, ...]
    act: Callable[[Answers], str]
    """Do it; what it was done to. Raises what the service raises."""


def adding_company(portal: Portal, session: Session) -> DeskDeed:
    """A new reseller."""

    def add(answers: Answers) -> str:
        return portal.desk.add_company(session, answers["name"]).name

    return DeskDeed("company-add", "", (Question("name", longest=LONGEST),), add)


def deeds_for(portal: Portal, session: Session, company: Company) -> list[DeskDeed]:
    """For a company that is there."""
    if Right.DESK not in session.role.rights:
        return []

    def set_terms(answers: Answers) -> str:
        return portal.desk.set_terms(
            session, company.name, answers[DISCOUNT], answers[FOUR_EYES]
        ).name

    def hold(_answers: Answers) -> str:
        return portal.desk.hold(session, company.name, on_hold=not company.on_hold).name

    over = company.four_eyes_over
    terms = (
        Question(DISCOUNT, f"{company.discount.normalize():f}"),
        Question(FOUR_EYES, "" if over is None else f"{over.normalize():f}"),
    )
    holding = "company-release" if company.on_hold else "company-hold"
    return [
        DeskDeed("company-terms", company.name, terms, set_terms),
        DeskDeed(holding, company.name, (), hold),
    ]


def adding_system(portal: Portal, session: Session) -> DeskDeed:
    """A system that is not known yet."""
    runs = what_runs(portal)

    def add(answers: Answers) -> str:
        product, release, model = runs[answers[RUNS]]
        return portal.desk.add_system(
            session, answers[EQUIPMENT_ID], answers[COMPANY], product, release, model
        ).equipment_id

    questions = (Question(EQUIPMENT_ID), Question(COMPANY), Question(RUNS, choices=tuple(runs)))
    return DeskDeed("system-add", "", questions, add)


def correcting_system(portal: Portal, session: Session) -> DeskDeed:
    """A system without orders; what is left empty stays."""

    def edit(answers: Answers) -> str:
        return portal.desk.edit_system(
            session,
            answers[EQUIPMENT_ID],
            company=answers[COMPANY],
            release=answers[RELEASE],
            model=answers[MODEL],
        ).equipment_id

    questions = tuple(Question(name) for name in (EQUIPMENT_ID, COMPANY, RELEASE, MODEL))
    return DeskDeed("system-edit", "", questions, edit)


def since(text: str, now: datetime) -> datetime:
    """The day from which on the journal is shown, as it is typed; the last week for an empty text.
    Raises `DateMalformed`."""
    return beginning_of_day(text) if text.strip() else now - timedelta(days=DAYS)
