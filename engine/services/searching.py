"""Searching: what a system has, and its keycodes (guide, Search for a keycode)."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from engine.accounts.people import Company, Right
from engine.audit import EventName
from engine.catalogue.product import Catalogue, Product
from engine.errors import (
    EquipmentIdMalformed,
    KeycodeNotDelivered,
    OrderUnknown,
    StoreTrouble,
    SystemTransferred,
    SystemUnknown,
)
from engine.keycode.codec import Keycode, cleaned
from engine.keycode.signing import Keys
from engine.keycode.verifying import Reading
from engine.licences.order import FunctionKeycode, Order, OrderKind
from engine.licences.order_number import OrderNumber
from engine.licences.system import EquipmentId, System
from engine.licences.verdict import (
    Check,
    Verdict,
    meant_for,
    read_for,
    replaced_by,
    verdict_of_issued,
)
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
        codes = {c.function: c for order in self.orders[::-1] for c in order.function_keycodes}
        has = self.system.inventory
        return tuple(
            codes[f.key] for f in self.product.functions if f.key in codes and f.key in has
        )


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

    def check(self, session: Session, equipment_id: str, keycode: str) -> Check:
        """Whether a keycode was issued for this system, and if not, which one was probably meant.

        Without an Equipment ID it is that of the system for which the keycode was delivered. One
        that is signed and was never issued leaves a line in the audit log. Raises
        `EquipmentIdMalformed`, `SystemUnknown`, `KeycodeNotDelivered`, `DocumentDamaged`; a
        malformed keycode is a verdict.
        """
        self._access.require(session, Right.SEARCH)
        if not equipment_id.strip() and cleaned(keycode):
            equipment_id = self._delivered_for(session, keycode)
        system = self._access.system(session, equipment_id)
        reading = read_for(system, keycode, self._catalogue, self._keys())
        if not reading.genuine or reading.keycode is None:
            return self._not_signed(session, system, reading, keycode)
        text = reading.keycode.text
        issued = self._delivery(system, text)
        if issued is None:
            logged = self._note_never_issued(session, system, text)
            return Check(Verdict.NEVER_ISSUED, reading, system, logged=logged)
        verdict, later = self._of_issued(system, issued, reading.keycode)
        return Check(verdict, reading, system, issued, later)

    def _delivered_for(self, session: Session, keycode: str) -> EquipmentId:
        found = self.orders(session, OrderQuery(keycode=keycode), 1)
        if not found:
            raise KeycodeNotDelivered()
        return EquipmentId(found[0].equipment_id)

    def _of_issued(
        self, system: System, order: Order, keycode: Keycode
    ) -> tuple[Verdict, Order | None]:
        withdrawn = self._store.withdrawn_keys()
        return verdict_of_issued(system, order, keycode.text, withdrawn, keycode.key_number)

    def companies(self, session: Session) -> list[Company]:
        """The companies whose orders the session may see, by name."""
        self._access.require(session, Right.SEARCH)
        return [c for c in self._store.companies() if self._access.sees(session, c.company_id)]

    def _note_never_issued(self, session: Session, system: System, keycode: str) -> bool:
        """False where nothing can be written: the verdict is needed there, too."""
        try:
            self._store.record(
                EventName.KEYCODE_NEVER_ISSUED,
                session.who,
                equipment_id=system.equipment_id,
                keycode=keycode,
            )
        except StoreTrouble:
            return False
        return True

    def _not_signed(self, session: Session, system: System, reading: Reading, typed: str) -> Check:
        """Another system's keycode, or none: unless it is one of this system, mistyped."""
        product = self._catalogue.product(system.product)
        for meant in meant_for(system, typed, product, self._keys()):
            if order := self._delivery(system, meant.keycode):
                later = replaced_by(system, meant.keycode)
                return Check(Verdict.MISTYPED, reading, system, order, later, meant)
        if reading.keycode is None:
            return Check(Verdict.MALFORMED, reading, system)
        if order := self._delivery_before(system, reading.keycode.text):
            return Check(Verdict.REPLACED_HARDWARE, reading, system, order, system.orders[-1])
        found = self.orders(session, OrderQuery(keycode=reading.keycode.text), 1)
        return Check(Verdict.OTHER_SYSTEM, reading, system, found[0] if found else None)

    def _delivery_before(self, system: System, keycode: str) -> Order | None:
        """The order that delivered a keycode for hardware whose place this system has taken."""
        seen = {system.equipment_id}
        while True:
            orders = all_orders(self._store, system)[::-1]
            before = next((o.other_id for o in orders if o.kind is OrderKind.MOVE_IN), "")
            moved = self._store.system(EquipmentId(before)) if before not in seen else None
            if moved is None:
                return None
            if order := self._delivery(moved, keycode):
                return order
            seen.add(moved.equipment_id)
            system = moved

    def _delivery(self, system: System, keycode: str) -> Order | None:
        """The order of the system that delivered a keycode. The index only helps to be quick:
        what it does not know is looked for in the documents. Raises `DocumentDamaged`."""
        for order in reversed(system.orders):
            if keycode in order.keycodes:
                return order
        if not system.sealed:
            return None
        for order in self._store.find_orders(OrderQuery(keycode=keycode), 2):
            if order.equipment_id == system.equipment_id:
                return order
        older = self._store.older_orders(system)
        return next((order for order in older if keycode in order.keycodes), None)
