"""What becomes of a system after the sale: another release, an order taken back.

    what is wanted → plan (what it would be) → do it: the system's next order, with a keycode

Doing it makes the plan anew under the system's lock: what somebody else did meanwhile counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from engine.accounts.people import Right
from engine.catalogue.product import Catalogue
from engine.errors import (
    BadValue,
    ChangeRefused,
    CharacterNotAllowed,
    DraftPlaced,
    FieldRequired,
    FieldTooLong,
    OrderUnknown,
    PriceChanged,
    Problem,
    ReasonRequired,
    ReasonUnknown,
    SystemUnknown,
)
from engine.keycode.signing import Keys
from engine.licences.corrections import plan_correction
from engine.licences.draft_rules import LONGEST
from engine.licences.order import Order, OrderKind
from engine.licences.plans import Plan, Said, order_of, plan_upgrade
from engine.licences.system import System
from engine.ports import Clock, NewId, Placement, Store
from engine.safe_text import clean, refused_character
from engine.services.access import Access, Session
from engine.services.all_orders import all_orders
from engine.services.price_lists import PriceLists

NOTE = 80
"""Most characters of a note."""
PROOF = 40
"""… and of the return note of the old hardware, or what else proves a change."""
OTHER = "other"
CORRECTION_REASONS = ("wrong-item", "wrong-quantity", "wrong-system", "cancelled", OTHER)
BACK_REASONS = ("wrong-release", "upgrade-failed", OTHER)


class Changing:
    """Upgrades and corrections of systems."""

    def __init__(
        self,
        store: Store,
        access: Access,
        catalogue: Catalogue,
        prices: PriceLists,
        keys: Keys,
        clock: Clock,
        new_id: NewId,
    ) -> None:
        self._store = store
        self._access = access
        self._catalogue = catalogue
        self._prices = prices
        self._keys = keys
        self._clock = clock
        self._new_id = new_id

    def said(
        self,
        *,
        reference: str = "",
        reason: str = "",
        note: str = "",
        proof: str = "",
        request_id: str = "",
        seen: Decimal | None = None,
        reasons: tuple[str, ...] = (),
    ) -> Said:
        """What goes with it, cleaned, with an id of its own if it has none yet; where there are
        `reasons`, with one of them. Raises `ChangeRefused`, a problem a field."""
        said = Said(
            request_id or self._new_id(), clean(reference), reason, clean(note), clean(proof), seen
        )
        problems: list[Problem] = []
        for name, text, most in (
            ("order_reference", said.reference, LONGEST["order_reference"]),
            ("note", said.note, NOTE),
            ("proof", said.proof, PROOF),
        ):
            if len(text) > most:
                error = FieldTooLong(field=name, length=len(text), most=most)
                problems.append(Problem(name, error))
            elif refused := refused_character(text):
                problems.append(Problem(name, CharacterNotAllowed(field=name, character=refused)))
        try:
            _check_reason(said, reasons)
        except BadValue as error:
            problems.append(Problem("note" if said.reason == OTHER else "reason", error))
        if problems:
            raise ChangeRefused(problems=tuple(problems))
        return said

    # Another release

    def releases(self, system: System) -> tuple[str, ...]:
        """Those that a system may be upgraded to."""
        return self._catalogue.product(system.product).later_releases(system.release)

    def earlier_releases(self, system: System) -> tuple[str, ...]:
        """Those that it may be brought back to, by the licence desk."""
        product = self._catalogue.product(system.product)
        later = (system.release, *product.later_releases(system.release))
        return tuple(release for release in product.releases if release not in later)

    def plan_upgrade(
        self, session: Session, equipment_id: str, release: str, *, back: bool = False
    ) -> Plan:
        """What another release would give. `back`, to an earlier one, is the licence desk's.

        Raises `NotAllowed`, `SystemUnknown`, and as `plans.plan_upgrade`.
        """
        system = self._system(session, equipment_id, back=back)
        return plan_upgrade(self._prices.product(system), system, release, back=back)

    def upgrade(
        self,
        session: Session,
        equipment_id: str,
        release: str,
        said: Said,
        *,
        back: bool = False,
    ) -> Placement:
        """Do it; a system that runs that release since its latest order is told of that order.

        Raises as `plan_upgrade`, `ReasonRequired` or `ReasonUnknown` on the way back, and as
        `Store.place`.
        """
        system = self._system(session, equipment_id, back=back)
        if back:
            _check_reason(said, BACK_REASONS)
        latest = system.orders[-1] if system.orders else None
        if latest and (latest.kind, latest.release) == (OrderKind.UPGRADE, release):
            return Placement(latest, already=True)

        def plan(now: System) -> Plan:
            return plan_upgrade(self._prices.product(now), now, release, back=back)

        return self._do(session, system, said, plan, OrderKind.UPGRADE)

    # An order taken back

    def plan_correction(self, session: Session, number: str, meant: Mapping[str, str]) -> Plan:
        """What a correction would leave: `meant` has the quantity, as typed, of each item whose
        quantity was wrong. Only the licence desk may.

        Raises `NotAllowed`, `SystemUnknown`, and as `plans.plan_correction`.
        """
        system = self._system(session, number.rpartition("-")[0], back=True)
        return self._correction(system, number, meant)

    def plan_asked(self, session: Session, number: str, meant: Mapping[str, str]) -> Plan:
        """What a correction would leave that somebody asks the licence desk for: of an order of
        his own company. Raises as `plan_correction`; `OrderUnknown` for another company's."""
        system = self._system(session, number.rpartition("-")[0], back=False)
        orders = all_orders(self._store, system)
        order = next((each for each in orders if each.number == number.upper()), None)
        if order is None or not self._access.sees(session, order.company_id):
            raise OrderUnknown(number=number)
        return self._correction(system, number, meant)

    def correct(
        self, session: Session, number: str, meant: Mapping[str, str], said: Said
    ) -> Placement:
        """Do it. Raises as `plan_correction`, `ReasonRequired`, `ReasonUnknown`, and as
        `Store.place`."""
        system = self._system(session, number.rpartition("-")[0], back=True)
        _check_reason(said, CORRECTION_REASONS)

        def plan(now: System) -> Plan:
            return self._correction(now, number, meant)

        return self._do(session, system, said, plan, OrderKind.CORRECTION)

    def _correction(self, system: System, number: str, meant: Mapping[str, str]) -> Plan:
        orders = all_orders(self._store, system)
        product = self._catalogue.product(system.product)
        return plan_correction(product, system, orders, number.upper(), meant)

    # Both

    def _system(self, session: Session, equipment_id: str, *, back: bool) -> System:
        self._access.require(session, Right.CORRECT if back else Right.ORDER)
        return self._access.system(session, equipment_id)

    def _do(
        self,
        session: Session,
        system: System,
        said: Said,
        plan: Callable[[System], Plan],
        kind: OrderKind,
    ) -> Placement:
        def decide(now: System) -> Order:
            if not self._access.sees(session, now.company_id):
                raise SystemUnknown(equipment_id=now.equipment_id)
            found = plan(now)
            if said.seen is not None and found.total != said.seen:
                currency = found.product.currency
                raise PriceChanged(before=said.seen, now=found.total, currency=currency)
            return order_of(found, said, session.who, self._clock(), self._keys)

        placement = self._store.place(system.equipment_id, said.request_id, decide)
        if placement.order.kind is not kind:
            raise DraftPlaced(number=placement.order.number)
        return placement


def _check_reason(said: Said, reasons: tuple[str, ...]) -> None:
    """Raises `FieldRequired` without a reason, `ReasonUnknown` for another one, `ReasonRequired`
    where the note has to say it."""
    if not reasons:
        return
    if not said.reason:
        raise FieldRequired(field="reason")
    if said.reason not in reasons:
        raise ReasonUnknown(text=said.reason, known=reasons)
    if said.reason == OTHER and not said.note:
        raise ReasonRequired()
