"""The systems of the store in memory, and their orders."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator
from threading import RLock

from msgspec import structs
from typing_extensions import override

from engine.audit import EventName
from engine.errors import SystemKnown, SystemUnknown
from engine.licences.order import Order
from engine.licences.system import EquipmentId, System
from engine.ports import AuditLog, OrderQuery, Placement, Progress, SystemStore
from engine.store.matching import latest_first, matches
from engine.store.order_rules import check_order, order_details
from engine.store.rows import Row, Value, row_of, value_of

PLACE = "memory"
"""What an error would name, if a row could be damaged here."""


class MemorySystems(SystemStore, AuditLog):
    """Rows by Equipment ID; threads take turns."""

    def __init__(self) -> None:
        self._turn = RLock()
        self._systems: dict[str, Row] = {}

    @override
    def system(self, equipment_id: str) -> System | None:
        with self._turn:
            return value_or_none(System, self._systems.get(equipment_id))

    @override
    def older_orders(self, system: System) -> tuple[Order, ...]:
        return ()  # all orders stay with their system

    @override
    def systems(self) -> Iterator[System]:
        with self._turn:
            found = sorted(self._systems)
        return (system for key in found if (system := self.system(key)))

    @override
    def known_ids(self, equipment_ids: Collection[EquipmentId]) -> frozenset[EquipmentId]:
        return frozenset(each for each in equipment_ids if each in self._systems)

    @override
    def system_count(self) -> int:
        return len(self._systems)

    @override
    def add_systems(self, systems: Iterable[System], progress: Progress | None = None) -> int:
        added: dict[EquipmentId, System] = {}
        with self._turn:
            for system in systems:
                key = system.equipment_id
                if key in added or key in self._systems:
                    raise SystemKnown(equipment_id=key)
                added[key] = system
            self._systems |= {key: row_of(system) for key, system in added.items()}
            for system in added.values():
                for order in system.orders:
                    self.record(EventName.ORDER_IMPORT, order.placed_by, **order_details(order))
        if progress and added:
            progress(len(added))
        return len(added)

    @override
    def place(
        self, equipment_id: str, draft_id: str, decide: Callable[[System], Order]
    ) -> Placement:
        with self._turn:
            system = self.system(equipment_id)
            if system is None:
                raise SystemUnknown(equipment_id=equipment_id)
            for placed in system.orders:
                if placed.draft_id == draft_id:
                    return Placement(placed, already=True)
            order = decide(system)
            check_order(order, system, draft_id)
            row = row_of(system.after(order))
            self.record(EventName.ORDER, order.placed_by, **order_details(order))
            self._systems[equipment_id] = row
            return Placement(order, already=False)

    @override
    def transact(
        self,
        source: EquipmentId,
        target: EquipmentId,
        request_id: str,
        decide: Callable[[System, System], tuple[Order, Order]],
        new: System | None = None,
    ) -> Placement:
        with self._turn:
            known = self.system(target)
            systems = [self.system(source), known or new]
            for each, system in zip((source, target), systems, strict=True):
                if system is None:
                    raise SystemUnknown(equipment_id=each)
            one, other = (system for system in systems if system is not None)
            for placed in other.orders:
                if placed.draft_id == request_id:
                    return Placement(placed, already=True)
            orders = decide(one, other)
            for order, system in zip(orders, (one, other), strict=True):
                check_order(order, system, request_id)
            if known is None:
                self.record(EventName.SYSTEM_ADD, orders[1].placed_by, equipment_id=target)
            for order in orders:
                self.record(EventName.ORDER, order.placed_by, **order_details(order))
            self._systems[source] = row_of(one.after(orders[0]))
            self._systems[target] = row_of(other.after(orders[1]))
            return Placement(orders[1], already=False)

    @override
    def change_system(self, equipment_id: str, change: Callable[[System], System]) -> System:
        with self._turn:
            system = self.system(equipment_id)
            if system is None:
                raise SystemUnknown(equipment_id=equipment_id)
            after = system.changed(change)
            self._systems[equipment_id] = row_of(after)
            return after

    @override
    def erase_personal(self, equipment_id: str, numbers: Collection[str], who: str) -> int:
        with self._turn:
            system = self.system(equipment_id)
            if system is None:
                return 0
            erased = [o.number for o in system.orders if o.number in numbers and o.is_personal]
            orders = tuple(o.erased() if o.number in erased else o for o in system.orders)
            for order in orders:
                if order.number in erased:
                    self.record(EventName.ERASE, who, **order_details(order))
            self._systems[equipment_id] = row_of(structs.replace(system, orders=orders))
            return len(erased)

    @override
    def give_proof(self, equipment_id: str, numbers: Collection[str], proof: str, who: str) -> int:
        with self._turn:
            system = self.system(equipment_id)
            if system is None:
                return 0
            open_ones = {o.number for o in system.orders if o.number in numbers and not o.proof}
            orders = tuple(
                structs.replace(o, proof=proof) if o.number in open_ones else o
                for o in system.orders
            )
            for order in orders:
                if order.number in open_ones:
                    self.record(EventName.MOVE_PROOF, who, **order_details(order))
            self._systems[equipment_id] = row_of(structs.replace(system, orders=orders))
            return len(open_ones)

    @override
    def find_orders(self, query: OrderQuery, limit: int) -> list[Order]:
        found = (o for s in self.systems() for o in s.orders if matches(o, query))
        return heapq.nlargest(limit, found, key=latest_first)

    @override
    def unread(self, query: OrderQuery, but: Collection[str] = ()) -> list[str]:
        return []  # nothing in memory is damaged


def value_or_none(kind: type[Value], row: Row | None) -> Value | None:
    """The value of a row; None for none."""
    return None if row is None else value_of(kind, row, PLACE)
