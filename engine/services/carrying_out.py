"""Doing what a request asks for: by the service that the licence desk itself would use."""

from __future__ import annotations

from decimal import Decimal

from engine.accounts.people import Company
from engine.errors import CompanyUnknown, SystemKnown
from engine.licences.plans import Plan, Said
from engine.licences.system import EquipmentId
from engine.papers.paper import Paper
from engine.papers.requests import CorrectionAsked, MoveAsked, NewSystem, TakeOver
from engine.ports import Store
from engine.services.access import Session
from engine.services.all_orders import all_orders
from engine.services.changing import Changing
from engine.services.moving import Moving
from engine.services.registering import Registering
from engine.services.transferring import Transferring


class CarryingOut:
    """What approving a request does, would do, and has done."""

    def __init__(
        self,
        store: Store,
        changing: Changing,
        moving: Moving,
        transferring: Transferring,
        registering: Registering,
    ) -> None:
        self._store = store
        self._changing = changing
        self._moving = moving
        self._transferring = transferring
        self._registering = registering

    def plan(self, session: Session, paper: Paper) -> Plan | None:
        """What approving would do to a system that is known; None where one would be added.

        Raises what the service raises that would do it: as things are, it would be refused.
        """
        content = paper.asked
        if isinstance(content, TakeOver):
            company = self._company_of(paper).name
            return self._transferring.plan_transfer(session, content.equipment_id, company)
        if isinstance(content, MoveAsked):
            return self._moving.plan_move(session, content.equipment_id, content.to)
        if isinstance(content, CorrectionAsked):
            return self._changing.plan_correction(session, content.number, content.meant)
        known = self._store.system(EquipmentId(content.equipment_id))
        if known is not None and self.came_of(paper) is None:
            raise SystemKnown(equipment_id=content.equipment_id)
        return None

    def do(self, session: Session, paper: Paper, seen: Decimal | None) -> str:
        """Do it; answers the number of the order, or the Equipment ID of the new system."""
        content, company = paper.asked, self._company_of(paper)
        if isinstance(content, NewSystem):
            system = self._registering.new_system(
                content.equipment_id, content.product, content.release, company, content.model
            )
            self._registering.add_system(system, session.who)
            return system.equipment_id
        said = Said(paper.number, note=content.note, reason=content.reason)
        if isinstance(content, TakeOver):
            placement = self._transferring.transfer(
                session, content.equipment_id, company.name, said
            )
        elif isinstance(content, MoveAsked):
            said = said._replace(reference=content.reference, proof=content.proof)
            placement = self._moving.move(session, content.equipment_id, content.to, said)
        else:
            said = said._replace(reference=content.reference, seen=seen)
            placement = self._changing.correct(session, content.number, content.meant, said)
        return placement.order.number

    def came_of(self, paper: Paper) -> str | None:
        """What came of a request that is open all the same, or None."""
        content = paper.asked
        system = self._store.system(EquipmentId(content.equipment_id))
        if system is None:
            return None
        if isinstance(content, NewSystem):
            wanted = (content.product, content.release, content.model, paper.company_id)
            is_it = (system.product, system.release, system.model, system.company_id) == wanted
            return system.equipment_id if is_it else None
        orders = all_orders(self._store, system)
        return next((order.number for order in orders if order.draft_id == paper.number), None)

    def _company_of(self, paper: Paper) -> Company:
        for company in self._store.companies():
            if company.company_id == paper.company_id:
                return company
        raise CompanyUnknown(name=paper.company_id, close="")
