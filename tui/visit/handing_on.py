"""A system goes on to other hardware, or to another company; and the proof of it."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

from engine.assembly import Portal
from engine.errors import (
    BadValue,
    ChangeRefused,
    CompanyHasIt,
    CompanyUnknown,
    EquipmentIdMalformed,
    IdsDiffer,
    Problem,
)
from engine.licences.moves import REASONS as MOVE_REASONS
from engine.licences.order import Order, OrderKind
from engine.licences.plans import Plan
from engine.licences.system import System, parse_equipment_id
from engine.ports import Placement
from engine.services.access import Session
from engine.services.transferring import REASONS as TRANSFER_REASONS
from tui.visit.questions import (
    COMPANY,
    NEW_ID,
    NEW_ID_AGAIN,
    NOTE,
    PROOF,
    REASON,
    REFERENCE_LENGTH,
    Answers,
    Question,
    said_of,
)


class Move:
    """To other hardware, whose Equipment ID is typed twice: a transposed digit cannot be taken
    back by anybody but the licence desk."""

    name = "move"
    page = "change-move"
    direct = False

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
        said_of(self._changing, answers, MOVE_REASONS)
        try:
            new = parse_equipment_id(answers[NEW_ID])
        except EquipmentIdMalformed as error:
            raise ChangeRefused(problems=(Problem(NEW_ID, error),)) from None
        with suppress(EquipmentIdMalformed):
            if parse_equipment_id(answers[NEW_ID_AGAIN]) == new:
                return self._moving.plan_move(self._session, self.of, new)
        raise ChangeRefused(problems=(Problem(NEW_ID_AGAIN, IdsDiffer()),))

    def do(self, answers: Answers, request_id: str, seen: Decimal | None = None) -> Placement:
        """Its orders; the answer is the new hardware's."""
        said = said_of(self._changing, answers, MOVE_REASONS, request_id)
        return self._moving.move(self._session, self.of, answers[NEW_ID], said)


class Proof:
    """Of a move that was made without."""

    name = "proof"
    page = "change-move"
    direct = True

    def __init__(self, portal: Portal, session: Session, order: Order) -> None:
        self._proving = portal.proving
        self._session = session
        self.of = order.number

    def questions(self) -> tuple[Question, ...]:
        """The return note."""
        return (Question(PROOF, longest=REFERENCE_LENGTH),)

    def plan(self, answers: Answers) -> Plan:
        """There is nothing to be planned."""
        raise AssertionError("a direct change has no plan")

    def do(self, answers: Answers, request_id: str, seen: Decimal | None = None) -> Placement:
        """The order with its proof. Raises `ChangeRefused`."""
        try:
            order = self._proving.prove(self._session, self.of, answers[PROOF])
        except BadValue as error:
            raise ChangeRefused(problems=(Problem(PROOF, error),)) from None
        return Placement(order, already=False)


class Transfer:
    """To another company, which the licence desk decides."""

    name = "transfer"
    page = "change-transfer"
    direct = False

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
        said_of(self._changing, answers, TRANSFER_REASONS)
        try:
            return self._transferring.plan_transfer(self._session, self.of, answers[COMPANY])
        except (CompanyUnknown, CompanyHasIt) as error:
            raise ChangeRefused(problems=(Problem(COMPANY, error),)) from None

    def do(self, answers: Answers, request_id: str, seen: Decimal | None = None) -> Placement:
        """Its order."""
        said = said_of(self._changing, answers, TRANSFER_REASONS, request_id)
        return self._transferring.transfer(self._session, self.of, answers[COMPANY], said)


def is_unproved(order: Order) -> bool:
    """Whether it is a move that has no proof yet."""
    return order.kind in {OrderKind.MOVE_OUT, OrderKind.MOVE_IN} and not order.proof
