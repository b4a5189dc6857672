"""After a signing key was lost: withdrawn, and a new keycode for each system whose current one was
signed with it. Only the licence desk does this."""

from __future__ import annotations

from collections.abc import Iterator

from engine.accounts.people import Right
from engine.catalogue.product import Catalogue
from engine.errors import KeyInUse, KeyUnknown, NothingToReissue, SystemUnknown
from engine.keycode.codec import decode
from engine.keycode.signing import Keys
from engine.licences.order import Order, OrderKind
from engine.licences.plans import Plan, Said, order_of
from engine.licences.system import System
from engine.ports import Clock, Placement, Store
from engine.services.access import Access, Session
from engine.services.all_orders import all_orders

REASON = "key-withdrawn"


class Reissuing:
    """Withdrawing signing keys, and issuing what they signed once more."""

    def __init__(
        self, store: Store, access: Access, catalogue: Catalogue, keys: Keys, clock: Clock
    ) -> None:
        self._store = store
        self._access = access
        self._catalogue = catalogue
        self._keys = keys
        self._clock = clock

    def withdraw(self, session: Session, number: int) -> bool:
        """Withdraw a signing key; False: it was before. Raises `NotAllowed`, `KeyUnknown`, and
        `KeyInUse` for the one that signs: rotate first."""
        self._access.require(session, Right.CORRECT)
        ring = self._keys()
        if number not in ring.numbers:
            raise KeyUnknown(number=number, known=tuple(map(str, ring.numbers)))
        if number == ring.signs:
            raise KeyInUse(number=number)
        return self._store.withdraw_key(number, session.who)

    def systems(
        self, session: Session, number: int, company_id: str | None = None
    ) -> Iterator[System]:
        """The systems whose current keycodes that key has signed, one at a time."""
        self._access.require(session, Right.CORRECT)
        for system in self._store.systems():
            if company_id in (None, system.company_id) and self._is_signed(system, number):
                yield system

    def withdrawn_key_of(self, system: System) -> int | None:
        """The number of a withdrawn key that has signed what the system has now, or None."""
        numbers = sorted(self._store.withdrawn_keys())
        return next((number for number in numbers if self._is_signed(system, number)), None)

    def plan_reissue(self, session: Session, equipment_id: str) -> Plan:
        """What a new keycode would be for: all that the system has. Raises `NotAllowed`,
        `SystemUnknown`, `NothingToReissue`."""
        self._access.require(session, Right.CORRECT)
        system = self._access.system(session, equipment_id)
        if self.withdrawn_key_of(system) is None:
            raise NothingToReissue(equipment_id=system.equipment_id)
        return self._plan(system)

    def reissue_one(self, session: Session, equipment_id: str, note: str = "") -> Placement:
        """A new keycode for one system. Raises as `plan_reissue` and `reissue`."""
        system = self.plan_reissue(session, equipment_id).system
        number = self.withdrawn_key_of(system)
        assert number is not None, "plan_reissue has looked"
        return self.reissue(session, system, number, note)

    def reissue(self, session: Session, system: System, number: int, note: str = "") -> Placement:
        """A new keycode for a system, or its new keycodes. However often a whole list is begun
        again, each system gets them once. Raises as `Store.place`."""
        self._access.require(session, Right.CORRECT)
        said = Said(f"reissue-{number}-{system.equipment_id}", reason=REASON, note=note)

        def decide(now: System) -> Order:
            if not self._access.sees(session, now.company_id):
                raise SystemUnknown(equipment_id=now.equipment_id)
            return order_of(self._plan(now), said, session.who, self._clock(), self._keys)

        return self._store.place(system.equipment_id, said.request_id, decide)

    def _plan(self, system: System) -> Plan:
        product, has = self._catalogue.product(system.product), system.inventory
        return Plan(OrderKind.REISSUE, system, product, system.release, (), has, has)

    def _is_signed(self, system: System, number: int) -> bool:
        if not system.inventory or system.product not in self._catalogue.products:
            return False
        return any(
            decode(code, self._catalogue).key_number == number for code in self._current(system)
        )

    def _current(self, system: System) -> list[str]:
        """The keycodes that the system has now."""
        if keycode := system.orders[-1].keycode:
            return [keycode]
        orders = all_orders(self._store, system)
        codes = {c.function: c.keycode for order in orders for c in order.function_keycodes}
        return [code for function, code in codes.items() if function in system.inventory]
