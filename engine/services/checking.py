"""Checking a keycode: whether it was issued for a system, and if not, which one was meant."""

from __future__ import annotations

from engine.accounts.people import Right
from engine.audit import EventName
from engine.catalogue.product import Catalogue
from engine.errors import KeycodeNotDelivered, KeycodeOfSeveral, StoreTrouble
from engine.keycode.alignment import FEWEST, as_digits, begun, nearest, part_of, pieces
from engine.keycode.codec import MOST_CHARACTERS, Keycode, cleaned, separated
from engine.keycode.repair import Mistake, Repair
from engine.keycode.signing import Keys
from engine.keycode.verifying import Reading
from engine.licences.order import Order, OrderKind
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
from engine.services.access import Access, Session
from engine.services.all_orders import all_orders
from engine.services.searching import Searching

_COMPARED = 50
"""Orders that are compared with a keycode whose system nobody knows."""


class Checking:
    """Says of a keycode what there is to say."""

    def __init__(
        self, store: Store, access: Access, catalogue: Catalogue, keys: Keys, searching: Searching
    ) -> None:
        self._store = store
        self._access = access
        self._catalogue = catalogue
        self._keys = keys
        self._searching = searching

    def check(self, session: Session, equipment_id: str, keycode: str) -> Check:
        """Whether a keycode was issued for this system, and if not, which one was probably meant.

        Without an Equipment ID it is that of the system for which the keycode was delivered, or
        the one that comes closest. One
        that is signed and was never issued leaves a line in the audit log. Raises
        `EquipmentIdMalformed`, `SystemUnknown`, `KeycodeNotDelivered`, `KeycodeOfSeveral`,
        `DocumentDamaged`; a
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

    def check_each(
        self, session: Session, equipment_id: str, keycodes: str
    ) -> list[tuple[Check, str]]:
        """The same for each of several that were pasted together, with its text. Raises as
        `check`."""
        each = separated(keycodes, self._catalogue)
        return [(self.check(session, equipment_id, text), text) for text in each]

    def keycodes(self, session: Session, equipment_id: str) -> tuple[str, ...]:
        """All keycodes that a system was given, the latest first: to compare with what is being
        typed. Raises `EquipmentIdMalformed`, `SystemUnknown`, `DocumentDamaged`."""
        self._access.require(session, Right.SEARCH)
        orders = self._orders(self._access.system(session, equipment_id))
        return tuple(code for order in reversed(orders) for code in order.keycodes)

    def _delivered_for(self, session: Session, keycode: str) -> EquipmentId:
        if found := self._searching.orders(session, OrderQuery(keycode=keycode), 1):
            return EquipmentId(found[0].equipment_id)
        found = self._delivered_like(session, cleaned(keycode))
        systems = tuple(dict.fromkeys(order.equipment_id for order in found))
        if not systems:
            raise KeycodeNotDelivered()
        if len(systems) > 1:
            raise KeycodeOfSeveral(systems=systems)
        return EquipmentId(systems[0])

    def _delivered_like(self, session: Session, typed: str) -> list[Order]:
        """The orders that delivered a keycode with that part; or, where there is none, the one
        that delivered the keycode that comes closest."""
        typed = typed[:MOST_CHARACTERS]
        if len(typed) < FEWEST:
            return []
        query = OrderQuery(keycode_parts=(typed, as_digits(typed)))
        if found := self._searching.orders(session, query, _COMPARED):
            return found
        if not (parts := pieces(typed)):
            return []
        found = self._searching.orders(session, OrderQuery(keycode_parts=parts), _COMPARED)
        orders = {code: order for order in reversed(found) for code in order.keycodes}
        meant = nearest(typed, orders)
        return [orders[meant.keycode]] if meant else []

    def _of_issued(
        self, system: System, order: Order, keycode: Keycode
    ) -> tuple[Verdict, Order | None]:
        withdrawn = self._store.withdrawn_keys()
        return verdict_of_issued(system, order, keycode.text, withdrawn, keycode.key_number)

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
        found: list[Order] = []
        if reading.keycode:
            if order := self._delivery_before(system, reading.keycode.text):
                return Check(Verdict.REPLACED_HARDWARE, reading, system, order, system.orders[-1])
            found = self._searching.orders(session, OrderQuery(keycode=reading.keycode.text), 1)
        if not found and (check := self._nearly(system, reading, cleaned(typed))):
            return check
        verdict = Verdict.OTHER_SYSTEM if reading.keycode else Verdict.MALFORMED
        return Check(verdict, reading, system, found[0] if found else None)

    def _nearly(self, system: System, reading: Reading, typed: str) -> Check | None:
        """A keycode of this system of which only a part was typed, or with several mistakes."""
        orders = {code: order for order in self._orders(system) for code in order.keycodes}
        latest_first = list(orders)[::-1]
        for code in latest_first:
            if places := part_of(typed, code):
                meant = Repair(code, Mistake.PART, (), tuple(places))
                later = replaced_by(system, code)
                return Check(Verdict.PARTIAL, reading, system, orders[code], later, meant)
        found = nearest(typed, latest_first)
        if found is None and reading.keycode is None:
            found = begun(typed, latest_first)
        if found:
            meant = Repair(found.keycode, Mistake.SEVERAL, found.typed, found.right)
            later = replaced_by(system, found.keycode)
            return Check(Verdict.MISTYPED, reading, system, orders[found.keycode], later, meant)
        return None

    def _orders(self, system: System) -> tuple[Order, ...]:
        return all_orders(self._store, system) if system.sealed else system.orders

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
