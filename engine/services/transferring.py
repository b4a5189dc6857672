"""A system goes to another company, which the licence desk decides.

No keycode changes, since no tag covers the company. Who gave the system up goes on seeing his own
orders, and no longer the system; who takes it sees what it has, and nobody's prices and names.
"""

from __future__ import annotations

from engine.accounts.people import Right
from engine.catalogue.product import Catalogue
from engine.errors import DraftPlaced
from engine.keycode.signing import Keys
from engine.licences.order import Order, OrderKind
from engine.licences.plans import Plan, Said, order_of, plan_transfer
from engine.licences.system import System
from engine.ports import Clock, Placement, Store
from engine.services.access import Access, Session
from engine.services.companies import known_company

REASONS = ("reseller-change", "merger", "company-closed", "wrong-company", "other")


class Transferring:
    """Transfers of systems to other companies."""

    def __init__(
        self, store: Store, access: Access, catalogue: Catalogue, keys: Keys, clock: Clock
    ) -> None:
        self._store = store
        self._access = access
        self._catalogue = catalogue
        self._keys = keys
        self._clock = clock

    def plan_transfer(self, session: Session, equipment_id: str, company: str) -> Plan:
        """What a transfer to the company of that name would be.

        Raises `NotAllowed`, `EquipmentIdMalformed`, `SystemUnknown`, `CompanyUnknown`,
        `SystemMoved`, `CompanyHasIt`.
        """
        self._access.require(session, Right.CORRECT)
        return self._plan(self._access.system(session, equipment_id), company)

    def transfer(self, session: Session, equipment_id: str, company: str, said: Said) -> Placement:
        """Do it; a system that came to that company with its latest order is told of that order.

        Raises as `plan_transfer`, and as `Store.place`.
        """
        self._access.require(session, Right.CORRECT)
        system = self._access.system(session, equipment_id)
        latest = system.orders[-1] if system.orders else None
        taker = known_company(self._store, company)
        if latest and latest.kind is OrderKind.TRANSFER and latest.company_id == taker.company_id:
            return Placement(latest, already=True)

        def decide(now: System) -> Order:
            plan = self._plan(now, company)
            return order_of(plan, said, session.who, self._clock(), self._keys)

        placement = self._store.place(system.equipment_id, said.request_id, decide)
        if placement.order.kind is not OrderKind.TRANSFER:
            raise DraftPlaced(number=placement.order.number)
        return placement

    def _plan(self, system: System, company: str) -> Plan:
        taker = known_company(self._store, company)
        product = self._catalogue.product(system.product)
        return plan_transfer(product, system, taker.company_id, taker.name)
