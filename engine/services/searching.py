"""Searching: what a system has, and its keycodes (guide, Search for a keycode)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from engine.accounts.people import Company, Right
from engine.catalogue.product import Catalogue, Product
from engine.errors import (
    EquipmentIdMalformed,
    OrderUnknown,
    SystemTransferred,
    SystemUnknown,
)
from engine.keycode.codec import cleaned
from engine.licences.order import FunctionKeycode, Order
from engine.licences.order_number import OrderNumber
from engine.licences.system import EquipmentId, System
from engine.ports import OrderQuery, Store
from engine.safe_text import clean
from engine.services.access import Access, Session
from engine.services.all_orders import all_orders


class SystemRecord(NamedTuple):
    """All that a search shows of one system."""

    system: System
    product: Product
    orders: tuple[Order, ...]
    """All of them, the latest first."""
    foreign: frozenset[str] = frozenset()
    """The numbers of those among them that an earlier company placed: without its terms."""

    @property
    def function_keycodes(self) -> tuple[FunctionKeycode, ...]:
        """The complete list of functions and keycodes, in the catalogue's order (Nexspan)."""
        return function_keycodes(self.system, self.product, self.orders[::-1])


def function_keycodes(
    system: System, product: Product, orders: Iterable[Order]
) -> tuple[FunctionKeycode, ...]:
    """Those of the functions that a system has, in the catalogue's order; of several for one
    function, that of the later order."""
    codes = {code.function: code for order in orders for code in order.function_keycodes}
    has = system.inventory
    return tuple(codes[f.key] for f in product.functions if f.key in codes and f.key in has)


class Found(NamedTuple):
    """What a search for orders has found."""

    orders: list[Order]
    """The latest first."""
    more: bool
    """There are others, which are older."""
    unread: int
    """Systems that cannot be read and may have orders that match, of whatever company."""


class Searching:
    """Finds systems, orders and keycodes that a session may see."""

    def __init__(self, store: Store, access: Access, catalogue: Catalogue) -> None:
        self._store = store
        self._access = access
        self._catalogue = catalogue

    def by_equipment_id(self, session: Session, text: str) -> SystemRecord:
        """The system with that Equipment ID, with all its orders.

        Raises `EquipmentIdMalformed`, `SystemUnknown`, `DocumentDamaged`.
        """
        self._access.require(session, Right.SEARCH)
        system = self._access.system(session, text)
        orders = all_orders(self._store, system)
        foreign = {o.number for o in orders if not self._access.sees(session, o.company_id)}
        if foreign:
            orders = tuple(o.without_terms() if o.number in foreign else o for o in orders)
            system = replace(system, orders=orders[len(orders) - len(system.orders) :])
        product = self._catalogue.product(system.product)
        return SystemRecord(system, product, orders[::-1], frozenset(foreign))

    def orders(self, session: Session, query: OrderQuery, limit: int) -> list[Order]:
        """The orders that match, the latest first; only those of the session's company. What was
        typed is read as forgivingly as where it was first typed."""
        self._access.require(session, Right.SEARCH)
        return self._store.find_orders(self._asked(session, query), limit)

    def found(self, session: Session, query: OrderQuery, most: int) -> Found:
        """The same, at most so many, and what else there may be. Only what the search itself could
        not read is read once more."""
        orders = self.orders(session, query, most + 1)
        more = len(orders) > most
        looked_at = self._asked(session, query)
        if more:
            looked_at = looked_at._replace(since=orders[-1].placed_at)
        unread = self._store.unread(looked_at, {order.equipment_id for order in orders})
        return Found(orders[:most], more, len(unread))

    def _asked(self, session: Session, query: OrderQuery) -> OrderQuery:
        query = query._replace(
            keycode=None if query.keycode is None else clean(cleaned(query.keycode)),
            reference=None if query.reference is None else clean(query.reference),
            licensee=None if query.licensee is None else clean(query.licensee),
        )
        if session.company_id is not None and Right.ALL_COMPANIES not in session.role.rights:
            query = query._replace(company_id=session.company_id)
        return query

    def order(self, session: Session, number: str) -> tuple[SystemRecord, Order]:
        """One order by its number; of a system that went to another company, too. Raises
        `OrderUnknown`."""
        try:
            wanted = OrderNumber.typed(number)
            if wanted is None:
                raise OrderUnknown(number=number)
            record = self._record(session, wanted.equipment_id)
        except (EquipmentIdMalformed, SystemUnknown):
            raise OrderUnknown(number=number) from None
        for order in record.orders:
            if order.number == str(wanted):
                return record, order
        raise OrderUnknown(number=number)

    def _record(self, session: Session, equipment_id: str) -> SystemRecord:
        """The system with all its orders; for who gave it up, as it was then, with his own.
        Raises as `by_equipment_id`."""
        try:
            return self.by_equipment_id(session, equipment_id)
        except SystemTransferred:
            system = self._store.system(EquipmentId(equipment_id))
            assert system is not None, "it was there a moment ago"
            orders = all_orders(self._store, system)
            own = tuple(o for o in orders if self._access.sees(session, o.company_id))
            if not own:
                raise
            left = replace(system, company_id=own[-1].company_id, release=own[-1].release)
            left = replace(left, orders=own, sealed=0, sealed_orders=0)
            return SystemRecord(left, self._catalogue.product(left.product), own[::-1])

    def companies(self, session: Session) -> list[Company]:
        """The companies whose orders the session may see, by name."""
        self._access.require(session, Right.SEARCH)
        return [c for c in self._store.companies() if self._access.sees(session, c.company_id)]
