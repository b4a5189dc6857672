"""A system's licences go to other hardware, in one transaction over both.

The company's administrator may do it so many times a year, the licence desk always. Only the desk
takes a move to a wrong Equipment ID back, within a day and while nothing was done since.
"""

from __future__ import annotations

from msgspec.structs import replace

from engine.accounts.people import Right
from engine.catalogue.product import Catalogue
from engine.errors import (
    MovesUsedUp,
    SystemUnknown,
    TargetUnusable,
)
from engine.keycode.signing import Keys
from engine.licences.moves import (
    BACK_WITHIN,
    YEAR,
    goes_back,
    moves_since,
    orders_of_move,
    plan_move,
)
from engine.licences.order import Order, OrderKind
from engine.licences.plans import Plan, Said
from engine.licences.system import EquipmentId, System, parse_equipment_id
from engine.ports import Clock, Placement, Store
from engine.services.access import Access, Session
from engine.services.all_orders import all_orders
from engine.services.proving import Proving


class Moving:
    """Moves of systems to other hardware."""

    def __init__(
        self,
        store: Store,
        access: Access,
        catalogue: Catalogue,
        keys: Keys,
        clock: Clock,
        proving: Proving,
        moves_a_year: int,
    ) -> None:
        self._store = store
        self._access = access
        self._catalogue = catalogue
        self._keys = keys
        self._clock = clock
        self._proving = proving
        self._moves_a_year = moves_a_year

    def plan_move(self, session: Session, equipment_id: str, to: str) -> Plan:
        """What a move would leave and give.

        Raises `NotAllowed`, `SystemUnknown`, `EquipmentIdMalformed`, `SystemMoved`,
        `NothingOwned`, `TargetUnusable`, `MovesUsedUp`, `ProofsOverdue`.
        """
        self._access.require(session, Right.MOVE)
        source = self._access.system(session, equipment_id)
        return self._plans(session, source, self._target(source, parse_equipment_id(to)))[0]

    def plan_asked(self, session: Session, equipment_id: str, to: str) -> Plan:
        """What a move would leave and give that the company may no longer make by itself. Raises
        as `plan_move`, but for `MovesUsedUp`."""
        self._access.require(session, Right.MOVE)
        source = self._access.system(session, equipment_id)
        target = self._target(source, parse_equipment_id(to))
        return self._plans(session, source, target, asked=True)[0]

    def move(self, session: Session, equipment_id: str, to: str, said: Said) -> Placement:
        """Do it; the answer has the order of the new hardware. Asked again, it is done once.

        Raises as `plan_move`, and as `Store.transact`.
        """
        self._access.require(session, Right.MOVE)
        source = self._access.system(session, equipment_id)
        target = self._target(source, parse_equipment_id(to))
        if not _is_done(source, target, said):
            self._plans(session, source, target)

        def decide(one: System, other: System) -> tuple[Order, Order]:
            if not self._access.sees(session, one.company_id):
                raise SystemUnknown(equipment_id=one.equipment_id)
            plans = self._plans(session, one, other)
            return orders_of_move(plans, said, session.who, self._clock(), self._keys)

        unknown = self._store.system(target.equipment_id) is None
        return self._store.transact(
            source.equipment_id,
            target.equipment_id,
            said.request_id,
            decide,
            target if unknown else None,
        )

    def _target(self, source: System, equipment_id: EquipmentId) -> System:
        """The new hardware: as it is known, or as the move makes it known."""
        known = self._store.system(equipment_id)
        return known or replace(
            source, equipment_id=equipment_id, orders=(), sealed=0, sealed_orders=0, lost=()
        )

    def _plans(
        self, session: Session, source: System, target: System, *, asked: bool = False
    ) -> tuple[Plan, Plan]:
        plans = plan_move(self._catalogue.product(source.product), source, target)
        desk = Right.CORRECT in session.role.rights
        if goes_back(source, target):
            if not desk or self._clock() - source.orders[-1].placed_at > BACK_WITHIN:
                raise TargetUnusable(equipment_id=target.equipment_id)
        elif not (desk or asked) and self._moves(source) >= self._moves_a_year:
            raise MovesUsedUp(most=self._moves_a_year)
        self._proving.require_few_overdue(session)
        return plans

    def _moves(self, system: System) -> int:
        """How often these licences moved within a year, on whatever hardware."""
        since = self._clock() - YEAR
        count, seen = 0, {system.equipment_id}
        while True:
            orders = all_orders(self._store, system)
            came = [order for order in orders if order.kind is OrderKind.MOVE_IN]
            count += moves_since(tuple(came), since)
            before = EquipmentId(came[-1].other_id) if came else None
            known = self._store.system(before) if before and before not in seen else None
            if known is None:
                return count
            seen.add(known.equipment_id)
            system = known


def _is_done(source: System, target: System, said: Said) -> bool:
    """Whether this very request was done before."""
    return any(order.draft_id == said.request_id for order in (*source.orders, *target.orders))
