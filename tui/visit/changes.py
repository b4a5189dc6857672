"""What can be done to a system after the sale, as questions and their answers: once for the full
screens and plain mode.

    questions → answers → plan (what it would be) → do (the order that it becomes)

A change holds nothing that was typed: what asks the store is given the answers as values, so that
it may run in any thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple, Protocol

from engine.accounts.people import Right
from engine.assembly import Portal
from engine.errors import (
    ChangeRefused,
    CompanyHasIt,
    CompanyUnknown,
    EquipmentIdMalformed,
    IdsDiffer,
    Problem,
)
from engine.licences.moves import REASONS as MOVE_REASONS
from engine.licences.order import Order, OrderKind
from engine.licences.plans import Plan, Said
from engine.licences.system import System, parse_equipment_id
from engine.ports import Placement
from engine.services.access import Session
from engine.services.changing import BACK_REASONS, CORRECTION_REASONS
from engine.services.transferring import REASONS as TRANSFER_REASONS

Answers = Mapping[str, str]
RELEASE, REFERENCE, REASON, NOTE = "release", "order_reference", "reason", "note"
NEW_ID, NEW_ID_AGAIN, PROOF, COMPANY = "new_id", "new_id_again", "proof", "company"
REFERENCE_LENGTH, NOTE_LENGTH, QUANTITY_LENGTH = 80, 120, 12
"""A field takes more than is allowed, so that what was pasted is not cut in silence."""


class Question(NamedTuple):
    """One field. Its `name` is that of the problem that is told there."""

    name: str
    value: str = ""
    choices: tuple[str, ...] = ()
    """Releases, or codes of reasons: one of these is wanted. Empty: a text."""
    longest: int = NOTE_LENGTH


class Change(Protocol):
    """One of the changes, for one system."""

    name: str
    """`upgrade`, …: what its words are found by."""
    page: str
    """Of the user guide."""
    of: str
    """The system, or the order, that it is about."""

    def questions(self) -> tuple[Question, ...]:
        """What has to be known."""

    def plan(self, answers: Answers) -> Plan:
        """What it would be. Raises what the service raises."""

    def do(self, answers: Answers, request_id: str) -> Placement:
        """Do it; asked again with the same id, it is done once."""


class Upgrade:
    """To another release; `back`: to an earlier one, which is the licence desk's."""

    def __init__(
        self, portal: Portal, session: Session, system: System, *, back: bool = False
    ) -> None:
        self.name = "downgrade" if back else "upgrade"
        self.page = "change-upgrade"
        self.of: str = system.equipment_id
        self._changing = portal.changing
        self._session = session
        self._system = system
        self._back = back

    def releases(self) -> tuple[str, ...]:
        """Those that the system may go to."""
        if self._back:
            return self._changing.earlier_releases(self._system)
        return self._changing.releases(self._system)

    def questions(self) -> tuple[Question, ...]:
        """The release, the reference; back, the reason."""
        releases = self.releases()
        asked = (
            Question(RELEASE, releases[0] if len(releases) == 1 else "", releases),
            Question(REFERENCE, longest=REFERENCE_LENGTH),
        )
        if not self._back:
            return asked
        return (*asked, Question(REASON, choices=BACK_REASONS), Question(NOTE))

    def plan(self, answers: Answers) -> Plan:
        """The same inventory in the other release."""
        self._said(answers)
        return self._changing.plan_upgrade(
            self._session, self._system.equipment_id, answers[RELEASE], back=self._back
        )

    def do(self, answers: Answers, request_id: str) -> Placement:
        """Its order."""
        said = self._said(answers, request_id)
        return self._changing.upgrade(
            self._session, self._system.equipment_id, answers[RELEASE], said, back=self._back
        )

    def _said(self, answers: Answers, request_id: str = "") -> Said:
        return self._changing.said(
            reference=answers[REFERENCE],
            reason=answers.get(REASON, ""),
            note=answers.get(NOTE, ""),
            request_id=request_id,
            reasons=BACK_REASONS if self._back else (),
        )


class Correction:
    """Of an order that was a mistake: the quantity of each item that was meant."""

    name = "correction"
    page = "change-correction"

    def __init__(self, portal: Portal, session: Session, order: Order) -> None:
        self._changing = portal.changing
        self._session = session
        self._order = order
        self.of = order.number

    def questions(self) -> tuple[Question, ...]:
        """The quantities, and why."""
        quantities = (
            Question(line.part, str(line.quantity), longest=QUANTITY_LENGTH)
            for line in self._order.lines
        )
        return (*quantities, Question(REASON, choices=CORRECTION_REASONS), Question(NOTE))

    def plan(self, answers: Answers) -> Plan:
        """What is left."""
        self._said(answers)
        return self._changing.plan_correction(
            self._session, self._order.number, self._meant(answers)
        )

    def do(self, answers: Answers, request_id: str) -> Placement:
        """Its order."""
        said = self._said(answers, request_id)
        return self._changing.correct(self._session, self._order.number, self._meant(answers), said)

    def _said(self, answers: Answers, request_id: str = "") -> Said:
        return self._changing.said(
            reason=answers[REASON],
            note=answers[NOTE],
            request_id=request_id,
            reasons=CORRECTION_REASONS,
        )

    def _meant(self, answers: Answers) -> dict[str, str]:
        """Of what was changed: an earlier correction may have left less than was ordered."""
        ordered = {line.part: str(line.quantity) for line in self._order.lines}
        return {part: answers[part] for part in ordered if answers[part] != ordered[part]}


class Move:
    """To other hardware, whose Equipment ID is typed twice: a transposed digit cannot be taken
    back by anybody but the licence desk."""

    name = "move"
    page = "change-move"

    def __init__(self, portal: Portal, session: Session, system: System) -> None:
        self.of: str = system.equipment_id
        self._moving = portal.moving
        self._changing = portal.changing
        self._session = session

    def questions(self) -> tuple[Question, ...]:
        """Where to, twice; why; and what proves it."""
        return (
            Question(NEW_ID, longest=REFERENCE_LENGTH),
            Question(NEW_ID_AGAIN, longest=REFERENCE_LENGTH),
            Question(REASON, choices=MOVE_REASONS),
            Question(NOTE),
            Question(PROOF, longest=REFERENCE_LENGTH),
        )

    def plan(self, answers: Answers) -> Plan:
        """What is left, and where it goes. Raises `ChangeRefused`, a problem a field."""
        self._said(answers)
        try:
            new = parse_equipment_id(answers[NEW_ID])
        except EquipmentIdMalformed as error:
            raise ChangeRefused(problems=(Problem(NEW_ID, error),)) from None
        with suppress(EquipmentIdMalformed):
            if parse_equipment_id(answers[NEW_ID_AGAIN]) == new:
                return self._moving.plan_move(self._session, self.of, new)
        raise ChangeRefused(problems=(Problem(NEW_ID_AGAIN, IdsDiffer()),))

    def do(self, answers: Answers, request_id: str) -> Placement:
        """Its orders; the answer is the new hardware's."""
        said = self._said(answers, request_id)
        return self._moving.move(self._session, self.of, answers[NEW_ID], said)

    def _said(self, answers: Answers, request_id: str = "") -> Said:
        return self._changing.said(
            reason=answers[REASON],
            note=answers[NOTE],
            proof=answers[PROOF],
            request_id=request_id,
            reasons=MOVE_REASONS,
        )


class Transfer:
    """To another company, which the licence desk decides."""

    name = "transfer"
    page = "change-transfer"

    def __init__(self, portal: Portal, session: Session, system: System) -> None:
        self.of: str = system.equipment_id
        self._transferring = portal.transferring
        self._changing = portal.changing
        self._session = session

    def questions(self) -> tuple[Question, ...]:
        """To whom; why; and what proves it."""
        return (
            Question(COMPANY),
            Question(REASON, choices=TRANSFER_REASONS),
            Question(NOTE),
            Question(PROOF, longest=REFERENCE_LENGTH),
        )

    def plan(self, answers: Answers) -> Plan:
        """What goes over. Raises `ChangeRefused`, a problem a field."""
        self._said(answers)
        try:
            return self._transferring.plan_transfer(self._session, self.of, answers[COMPANY])
        except (CompanyUnknown, CompanyHasIt) as error:
            raise ChangeRefused(problems=(Problem(COMPANY, error),)) from None

    def do(self, answers: Answers, request_id: str) -> Placement:
        """Its order."""
        said = self._said(answers, request_id)
        return self._transferring.transfer(self._session, self.of, answers[COMPANY], said)

    def _said(self, answers: Answers, request_id: str = "") -> Said:
        return self._changing.said(
            reason=answers[REASON],
            note=answers[NOTE],
            proof=answers[PROOF],
            request_id=request_id,
            reasons=TRANSFER_REASONS,
        )


def changes_of(portal: Portal, session: Session, system: System) -> list[Change]:
    """What may be done with a system by whoever is here."""
    found: list[Change] = []
    rights = session.role.rights
    if system.moved_to:
        return found
    if not system.inventory:
        return [Transfer(portal, session, system)] if Right.CORRECT in rights else found
    upgrade = Upgrade(portal, session, system)
    if Right.ORDER in rights and upgrade.releases():
        found.append(upgrade)
    downgrade = Upgrade(portal, session, system, back=True)
    if Right.CORRECT in rights and downgrade.releases():
        found.append(downgrade)
    if Right.MOVE in rights:
        found.append(Move(portal, session, system))
    if Right.CORRECT in rights:
        found.append(Transfer(portal, session, system))
    return found


def may_correct(session: Session, order: Order) -> bool:
    """Whether an order can be corrected by whoever is here."""
    return order.kind is OrderKind.ORDER and Right.CORRECT in session.role.rights
