"""What a change of a system after the sale is to the full screens and plain mode: questions.

    questions → answers → plan (what it would be) → do (the order that it becomes)

A change holds nothing that was typed: what asks the store is given the answers as values, so that
it may run in any thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple, Protocol, TypeVar

from engine.catalogue.item import Names
from engine.licences.plans import Plan, Said
from engine.ports import Placement
from engine.services.changing import Changing

Answers = Mapping[str, str]
Result_co = TypeVar("Result_co", covariant=True)
RELEASE, REFERENCE, REASON, NOTE = "release", "order_reference", "reason", "note"
NEW_ID, NEW_ID_AGAIN, PROOF, COMPANY = "new_id", "new_id_again", "proof", "company"
REFERENCE_LENGTH, NOTE_LENGTH, QUANTITY_LENGTH = 80, 120, 12
"""A field takes more than is allowed, so that what was pasted is not cut in silence."""


def said_of(
    changing: Changing, answers: Answers, reasons: tuple[str, ...], request_id: str = ""
) -> Said:
    """What goes with a change, of its answers. Raises `ChangeRefused`."""
    return changing.said(
        reference=answers.get(REFERENCE, ""),
        reason=answers.get(REASON, ""),
        note=answers.get(NOTE, ""),
        proof=answers.get(PROOF, ""),
        request_id=request_id,
        reasons=reasons,
    )


class Question(NamedTuple):
    """One field. Its `name` is that of the problem that is told there."""

    name: str
    value: str = ""
    choices: tuple[str, ...] = ()
    """Releases, or codes of reasons: one of these is wanted. Empty: a text."""
    longest: int = NOTE_LENGTH
    item: Names | None = None
    """The item that it is about, whose part number is its name."""
    secret: bool = False
    """What is typed is not shown."""


class Change(Protocol):
    """One of the changes, for one system."""

    name: str
    """`upgrade`, …: what its words are found by."""
    page: str
    """Of the user guide."""
    of: str
    """The system, or the order, that it is about."""
    direct: bool
    """Done as soon as it is answered: it changes nothing of what a system has."""

    def questions(self) -> tuple[Question, ...]:
        """What has to be known."""

    def plan(self, answers: Answers) -> Plan:
        """What it would be. Raises what the service raises."""

    def do(self, answers: Answers, request_id: str, seen: Decimal | None = None) -> Placement:
        """Do it; asked again with the same id, it is done once. `seen`: the total of the plan."""


class Deed(Protocol[Result_co]):
    """Something that is asked about, and then done: to a person, a company, a request."""

    @property
    def name(self) -> str:
        """What its words are found by."""

    @property
    def of(self) -> str:
        """What it is done to."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """What has to be known."""

    @property
    def act(self) -> Callable[[Answers], Result_co]:
        """Do it. Raises what the service raises."""
