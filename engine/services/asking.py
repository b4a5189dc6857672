"""Asking the licence desk for what one may not do oneself."""

from __future__ import annotations

from collections.abc import Mapping

from engine.accounts.people import Company, Right
from engine.audit import EventName
from engine.errors import CompanyHasIt, PaperRepeated, SystemKnown
from engine.licences.plans import Said
from engine.licences.system import EquipmentId, parse_equipment_id
from engine.papers.paper import Paper, Series
from engine.papers.requests import (
    CorrectionAsked,
    MoveAsked,
    NewSystem,
    RequestContent,
    TakeOver,
)
from engine.ports import Clock, Store
from engine.services.access import Access, Session
from engine.services.changing import Changing
from engine.services.moving import Moving
from engine.services.open_requests import open_requests, record
from engine.services.registering import Registering
from engine.services.transferring import REASONS


class Asking:
    """Makes requests, for the session's own company. The same is asked for once."""

    def __init__(
        self,
        store: Store,
        access: Access,
        clock: Clock,
        changing: Changing,
        moving: Moving,
        registering: Registering,
    ) -> None:
        self._store = store
        self._access = access
        self._clock = clock
        self._changing = changing
        self._moving = moving
        self._registering = registering

    def ask_for_system(
        self,
        session: Session,
        equipment_id: str,
        product: str,
        release: str,
        *,
        model: str = "",
        note: str = "",
    ) -> Paper:
        """Ask for a system to be added for one's own company.

        Raises `EquipmentIdMalformed`, `ProductUnknown`, `ReleaseUnknown`, `ModelUnknown`,
        `ChangeRefused` (a note that is too long), `SystemKnown` (one's own company's),
        `PaperRepeated`.
        """
        company = self._company(session, Right.ORDER)
        system = self._registering.new_system(equipment_id, product, release, company, model)
        if self._has(company, system.equipment_id):
            raise SystemKnown(equipment_id=system.equipment_id)
        content = NewSystem(
            equipment_id=system.equipment_id,
            product=system.product,
            release=system.release,
            model=system.model,
            note=self._changing.said(note=note).note,
        )
        return self._ask(session, company, content)

    def ask_for_transfer(
        self, session: Session, equipment_id: str, reason: str, note: str = ""
    ) -> Paper:
        """Ask for another company's system to go to one's own. Whether there is one is not said.

        Raises `EquipmentIdMalformed`, `ChangeRefused`, `CompanyHasIt`, `PaperRepeated`.
        """
        company = self._company(session, Right.ORDER)
        said = self._changing.said(reason=reason, note=note, reasons=REASONS)
        of = parse_equipment_id(equipment_id)
        if self._has(company, of):
            raise CompanyHasIt(equipment_id=of, company=company.name)
        content = TakeOver(equipment_id=of, reason=said.reason, note=said.note)
        return self._ask(session, company, content)

    def ask_for_move(self, session: Session, equipment_id: str, to: str, said: Said) -> Paper:
        """Ask for a move that is one more than the company may make by itself.

        Raises as `Moving.plan_move`, but for `MovesUsedUp`; `PaperRepeated`.
        """
        company = self._company(session, Right.MOVE)
        plan = self._moving.plan_asked(session, equipment_id, to)
        content = MoveAsked(
            equipment_id=plan.system.equipment_id,
            to=plan.other_id,
            reason=said.reason,
            reference=said.reference,
            proof=said.proof,
            note=said.note,
        )
        return self._ask(session, company, content)

    def ask_for_correction(
        self, session: Session, number: str, meant: Mapping[str, str], said: Said
    ) -> Paper:
        """Ask for an order of one's own company to be taken back, in part or whole.

        Raises as `Changing.plan_asked`; `PaperRepeated`.
        """
        company = self._company(session, Right.ORDER)
        self._changing.plan_asked(session, number, meant)
        content = CorrectionAsked(
            number=number.upper(),
            meant=dict(meant),
            reason=said.reason,
            reference=said.reference,
            note=said.note,
        )
        return self._ask(session, company, content)

    def _has(self, company: Company, equipment_id: EquipmentId) -> bool:
        system = self._store.system(equipment_id)
        return system is not None and system.company_id == company.company_id

    def _ask(self, session: Session, company: Company, content: RequestContent) -> Paper:
        def make(number: str) -> Paper:
            for other in open_requests(self._store, company.company_id):
                if _same(other.content, content):
                    raise PaperRepeated(number=other.number)
            paper = Paper(
                number=number,
                company_id=company.company_id,
                by=session.who,
                at=self._clock(),
                content=content,
            )
            record(self._store, EventName.REQUEST_ADD, session, paper)
            return paper

        return self._store.add_paper(Series.REQUEST, self._clock().year, make)

    def _company(self, session: Session, right: Right) -> Company:
        """The company that asks."""
        self._access.require(session, right)
        assert session.company is not None, "who has no company has no need to ask"
        return session.company


def _same(one: object, other: RequestContent) -> bool:
    """Whether two requests ask for the same, in whatever words."""
    return type(one) is type(other) and getattr(one, "equipment_id", "") == other.equipment_id
