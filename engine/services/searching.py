"""Searching: what a system has, and its keycodes (guide, Search for a keycode)."""

from __future__ import annotations

from typing import NamedTuple

from engine.accounts import Company, Right
from engine.catalogue.product import Catalogue, Product
from engine.cleaning import clean
from engine.errors import EquipmentIdMalformed, OrderUnknown, SystemUnknown
from engine.keycode.codec import cleaned
from engine.keycode.repair import Repair, repair
from engine.keycode.verifying import Verdict, verify
from engine.orders import FunctionKeycode, Order
from engine.services.access import Access, Session
from engine.services.ports import Keys, OrderQuery, Store
from engine.systems import System


class SystemRecord(NamedTuple):
    """All that a search shows of one system."""

    system: System
    product: Product
    orders: tuple[Order, ...]
    """All of them, the latest first."""

    @property
    def function_keycodes(self) -> tuple[FunctionKeycode, ...]:
        """The complete list of functions and keycodes, in the catalogue's order (Nexspan)."""
        codes = {code.function: code for order in self.orders for code in order.function_keycodes}
        return tuple(codes[f.key] for f in self.product.functions if f.key in codes)


class Check(NamedTuple):
    """What there is to say about a keycode and a system."""

    verdict: Verdict
    system: System
    issued: Order | None = None
    """The order that delivered the keycode, of this system or, when the keycode is another's, of
    that one; None when there is none that the session may see."""
    current: Order | None = None
    """Valid, but this later order of the system has given it another keycode."""
    suggestion: Repair | None = None
    """A keycode of this system that differs by one character, when the one typed is not valid."""

    @property
    def superseded(self) -> bool:
        """Valid once, and not the keycode that the system has now."""
        return self.current is not None


class Searching:
    """What may be read."""

    def __init__(self, store: Store, access: Access, catalogue: Catalogue, keys: Keys) -> None:
        self._store = store
        self._access = access
        self._catalogue = catalogue
        self._keys = keys

    def by_equipment_id(self, session: Session, text: str) -> SystemRecord:
        """The system with that Equipment ID, with all its orders.

        Raises `EquipmentIdMalformed`, `SystemUnknown`, `DocumentDamaged`.
        """
        self._access.require(session, Right.SEARCH)
        system = self._access.system(session, text)
        orders = (*self._store.older_orders(system), *system.orders)
        return SystemRecord(system, self._catalogue.product(system.product), orders[::-1])

    def orders(self, session: Session, query: OrderQuery, limit: int) -> list[Order]:
        """The orders that match, the latest first; only those of the session's company. What was
        typed is read as forgivingly as where it was first typed."""
        self._access.require(session, Right.SEARCH)
        query = query._replace(
            keycode=None if query.keycode is None else clean(cleaned(query.keycode)),
            reference=None if query.reference is None else clean(query.reference),
            licensee=None if query.licensee is None else clean(query.licensee),
        )
        if session.company_id is not None and Right.ALL_COMPANIES not in session.role.rights:
            query = query._replace(company_id=session.company_id)
        return self._store.find_orders(query, limit)

    def order(self, session: Session, number: str) -> tuple[SystemRecord, Order]:
        """One order by its number. Raises `OrderUnknown`."""
        try:
            record = self.by_equipment_id(session, number.rpartition("-")[0])
        except (EquipmentIdMalformed, SystemUnknown):
            raise OrderUnknown(number=number) from None
        wanted = f"{record.system.equipment_id}-{number.rpartition('-')[2]}"
        for order in record.orders:
            if order.number == wanted:
                return record, order
        raise OrderUnknown(number=number)

    def check(self, session: Session, equipment_id: str, keycode: str) -> Check:
        """Whether a keycode is this system's, and if not, which one was probably meant.

        Raises `EquipmentIdMalformed`, `SystemUnknown`; a malformed keycode is a verdict.
        """
        self._access.require(session, Right.SEARCH)
        system = self._access.system(session, equipment_id)
        ring, release = self._keys(), system.release
        verdict = verify(keycode, self._catalogue, ring, system.equipment_id, release)
        issued = self._issued(session, verdict)
        if verdict.valid:
            return Check(verdict, system, issued, self._later(system, verdict))
        product = self._catalogue.product(system.product)
        meant = repair(keycode, product, ring, system.equipment_id, release)
        return Check(verdict, system, issued, suggestion=meant)

    def companies(self, session: Session) -> list[Company]:
        """The companies whose orders the session may see, by name."""
        self._access.require(session, Right.SEARCH)
        return [c for c in self._store.companies() if self._access.sees(session, c.company_id)]

    def _issued(self, session: Session, verdict: Verdict) -> Order | None:
        if verdict.keycode is None:
            return None
        found = self.orders(session, OrderQuery(keycode=verdict.keycode.text), 1)
        return found[0] if found else None

    def _later(self, system: System, verdict: Verdict) -> Order | None:
        current = system.orders[-1] if system.orders else None
        if current is None or current.keycode is None or verdict.keycode is None:
            return None
        return current if current.keycode != verdict.keycode.text else None
