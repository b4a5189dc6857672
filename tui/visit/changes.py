"""What can be done to a system after the sale by whoever is here."""

from __future__ import annotations

from decimal import Decimal

from engine.accounts.people import Right
from engine.assembly import Portal
from engine.catalogue.item import Names
from engine.licences.order import Order, OrderKind, OrderLine
from engine.licences.plans import Plan
from engine.licences.system import System
from engine.ports import Placement
from engine.services.access import Session
from engine.services.changing import BACK_REASONS, CORRECTION_REASONS
from tui.visit.handing_on import Move, Transfer
from tui.visit.questions import (
    NOTE,
    QUANTITY_LENGTH,
    REASON,
    REFERENCE,
    REFERENCE_LENGTH,
    RELEASE,
    Answers,
    Change,
    Question,
    said_of,
)


class Upgrade:
    """To another release; `back`: to an earlier one, which is the licence desk's."""

    def __init__(
        self, portal: Portal, session: Session, system: System, *, back: bool = False
    ) -> None:
        self.name = "downgrade" if back else "upgrade"
        self.page = "change-upgrade"
        self.direct = False
        self.of: str = system.equipment_id
        self._changing = portal.changing
        self._session = session
        self._system = system
        self._back = back
        self._reasons = BACK_REASONS if back else ()

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
        said_of(self._changing, answers, self._reasons)
        return self._changing.plan_upgrade(
            self._session, self._system.equipment_id, answers[RELEASE], back=self._back
        )

    def do(self, answers: Answers, request_id: str, seen: Decimal | None = None) -> Placement:
        """Its order."""
        said = said_of(self._changing, answers, self._reasons, request_id)._replace(seen=seen)
        return self._changing.upgrade(
            self._session, self._system.equipment_id, answers[RELEASE], said, back=self._back
        )


class Correction:
    """Of an order that was a mistake: the quantity of each item that was meant."""

    name = "correction"
    page = "change-correction"
    direct = False

    def __init__(self, portal: Portal, session: Session, order: Order) -> None:
        self._changing = portal.changing
        self._catalogue = portal.catalogue
        self._session = session
        self._order = order
        self.of = order.number

    def questions(self) -> tuple[Question, ...]:
        """The quantities, and why."""
        quantities = (
            Question(line.part, str(line.quantity), longest=QUANTITY_LENGTH, item=self._names(line))
            for line in self._order.lines
        )
        return (*quantities, Question(REASON, choices=CORRECTION_REASONS), Question(NOTE))

    def plan(self, answers: Answers) -> Plan:
        """What is left."""
        said_of(self._changing, answers, CORRECTION_REASONS)
        return self._changing.plan_correction(
            self._session, self._order.number, self.meant(answers)
        )

    def do(self, answers: Answers, request_id: str, seen: Decimal | None = None) -> Placement:
        """Its order."""
        said = said_of(self._changing, answers, CORRECTION_REASONS, request_id)
        return self._changing.correct(self._session, self._order.number, self.meant(answers), said)

    def _names(self, line: OrderLine) -> Names:
        """Of an item, as the catalogue has it or, where that has it no more, as it was ordered."""
        product = self._catalogue.products.get(self._order.product)
        item = product.item(line.part) if product else None
        return item.name if item else Names(en=line.name)

    def meant(self, answers: Answers) -> dict[str, str]:
        """Of what was changed: an earlier correction may have left less than was ordered."""
        ordered = {line.part: str(line.quantity) for line in self._order.lines}
        return {part: answers[part] for part in ordered if answers[part] != ordered[part]}


class Reissue:
    """New keycodes for what a withdrawn key has signed."""

    name = "reissue"
    page = "change-reissue"
    direct = False

    def __init__(self, portal: Portal, session: Session, system: System) -> None:
        self.of: str = system.equipment_id
        self._reissuing = portal.reissuing
        self._changing = portal.changing
        self._session = session

    def questions(self) -> tuple[Question, ...]:
        """What there may be to say of it."""
        return (Question(NOTE),)

    def plan(self, answers: Answers) -> Plan:
        """The same inventory."""
        self._changing.said(note=answers[NOTE])
        return self._reissuing.plan_reissue(self._session, self.of)

    def do(self, answers: Answers, request_id: str, seen: Decimal | None = None) -> Placement:
        """Its order."""
        note = self._changing.said(note=answers[NOTE]).note
        return self._reissuing.reissue_one(self._session, self.of, note)


def changes_of(portal: Portal, session: Session, system: System) -> list[Change]:
    """What may be done with a system by whoever is here. Asks the store."""
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
        if portal.reissuing.withdrawn_key_of(system) is not None:
            found.append(Reissue(portal, session, system))
    return found


def may_correct(session: Session, order: Order) -> bool:
    """Whether an order can be corrected by whoever is here."""
    return order.kind is OrderKind.ORDER and Right.CORRECT in session.role.rights
