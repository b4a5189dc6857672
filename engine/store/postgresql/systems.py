"""Systems and their orders in the database."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from itertools import islice

from msgspec.structs import replace
from typing_extensions import override

from engine.audit import EventName
from engine.errors import SystemKnown, SystemUnknown, Unsettled
from engine.licences.order import Order
from engine.licences.order_number import OrderNumber
from engine.licences.system import EquipmentId, System
from engine.ports import Placement, Progress
from engine.store.digests import order_said, system_digest
from engine.store.order_rules import check_order, order_details
from engine.store.postgresql.audit import key_of
from engine.store.postgresql.changing import AGAIN, LAST_LINE, PLACING, Change, Statement
from engine.store.postgresql.order_rows import (
    ORDER,
    order_of,
    order_row,
    put_order,
    system_body,
    system_mac,
)
from engine.store.postgresql.read_systems import ReadSystems, is_id, whole

COPIED = "copied"
"""Stands for the mac of the line of an order that came with a copy."""
_BATCH = 1000


class Systems(ReadSystems):
    """The systems of a store on PostgreSQL."""

    @override
    def add_systems(self, systems: Iterable[System], progress: Progress | None = None) -> int:
        def add(change: Change) -> int:
            count, left = 0, iter(systems)
            while batch := list(islice(left, _BATCH)):  # whole, before anything of it is written
                self.put_systems(change, batch)
                count += len(batch)
                if progress:
                    progress(count)
            return count

        # What can be read once cannot be tried again.
        return self.database.changed(add, Unsettled.SYSTEMS)

    def put_systems(self, change: Change, batch: list[System], *, copied: bool = False) -> None:
        """Write new systems with their orders; of those that are `copied`, the lines are in the
        audit log of before. Raises `SystemKnown`."""
        key = self.database.audit_key
        bodies = [system_body(system) for system in batch]
        ids = [system.equipment_id for system in batch]
        (added,) = change.read(
            (
                "INSERT INTO systems SELECT * FROM unnest(%s::text[], %s::text[], %s::text[])"
                " ON CONFLICT DO NOTHING RETURNING equipment_id",
                (ids, bodies, [system_mac(key, body) for body in bodies]),
            )
        )
        if len(added) < len(batch):
            new = {row[0] for row in added}
            known = [each for each in ids if each not in new or ids.count(each) > 1]
            raise SystemKnown(equipment_id=known[0])
        for system in batch:
            if copied:
                for order in system.orders:
                    number = OrderNumber.parse(order.number)
                    assert number is not None, "made by the portal"
                    put_order(change, order, number.sequence, COPIED, key)
                continue
            change.begin_lane(system.equipment_id, [])
            before = replace(system, orders=())
            for order in system.orders:
                self._put(change, before, order, EventName.ORDER_IMPORT)
                before = replace(before, sealed_orders=before.sealed_orders + 1)

    @override
    def place(
        self, equipment_id: EquipmentId, draft_id: str, decide: Callable[[System], Order]
    ) -> Placement:
        ours: list[Order] = []

        def place(change: Change) -> Placement:
            system, placed = self._locked(change, equipment_id, draft_id)
            if placed is not None:
                # Found again after a COMMIT in doubt, it is new for who asked.
                return Placement(placed, already=placed not in ours)
            order = decide(system)
            check_order(order, system, draft_id)
            ours.append(order_row(order, "").order)
            self._put(change, system, order, EventName.ORDER)
            self._follow(change, system, order)
            return Placement(ours[-1], already=False)

        return self.database.changed(place, AGAIN, PLACING)

    @override
    def transact(
        self,
        source: EquipmentId,
        target: EquipmentId,
        request_id: str,
        decide: Callable[[System, System], tuple[Order, Order]],
        new: System | None = None,
    ) -> Placement:
        ours: list[Order] = []

        def transact(change: Change) -> Placement:
            found = {}
            for each in sorted({source, target}):  # always in the same order
                wanted = new if each == target else None
                found[each] = self._locked(change, each, request_id, wanted)
            (one, _), (other, placed) = found[source], found[target]
            if placed is not None:
                return Placement(placed, already=placed not in ours)
            orders = decide(one, other)
            for order, system in zip(orders, (one, other), strict=True):
                check_order(order, system, request_id)
            if new is not None and other is new:
                details = {"equipment_id": target}
                change.append(target, EventName.SYSTEM_ADD, orders[1].placed_by, details)
            for order, system in zip(orders, (one, other), strict=True):
                self._put(change, system, order, EventName.ORDER)
                self._follow(change, system, order)
            ours.append(order_row(orders[1], "").order)
            return Placement(ours[-1], already=False)

        return self.database.changed(transact, AGAIN, PLACING)

    @override
    def change_system(
        self, equipment_id: EquipmentId, change: Callable[[System], System]
    ) -> System:
        def work(transaction: Change) -> System:
            system, _ = self._locked(transaction, equipment_id, "")
            after = system.changed(change)
            if after != system:
                said = {str(equipment_id): system_digest(after, self.database)}
                transaction.append(equipment_id, EventName.SYSTEM_DIGESTS, "portal", said)
            self._rewrite(transaction, system, after)
            return after

        return self.database.changed(work)

    @override
    def erase_personal(self, equipment_id: EquipmentId, numbers: Collection[str], who: str) -> int:
        def erase(change: Change, order: Order, sequence: int) -> bool:
            if not order.is_personal:
                return False
            change.append(equipment_id, EventName.ERASE, who, order_details(order))
            change.write(
                "UPDATE orders SET licensee = NULL, personal = NULL"
                " WHERE equipment_id = %s AND sequence = %s",
                *(equipment_id, sequence),
            )
            return True

        return self._each(equipment_id, numbers, erase, Unsettled.ERASE)

    @override
    def give_proof(
        self, equipment_id: EquipmentId, numbers: Collection[str], proof: str, who: str
    ) -> int:
        def give(change: Change, order: Order, sequence: int) -> bool:
            if order.proof:
                return False
            said = order_said(replace(order, proof=proof), self.database)
            change.append(equipment_id, EventName.MOVE_PROOF, who, said)
            change.write("INSERT INTO proofs VALUES (%s, %s, %s)", *(equipment_id, sequence, proof))
            return True

        return self._each(equipment_id, numbers, give, Unsettled.CHANGE)

    def _each(
        self,
        equipment_id: str,
        numbers: Collection[str],
        work: Callable[[Change, Order, int], bool],
        in_doubt: str,
    ) -> int:
        """Of how many of these orders it did something, under the system's lock."""
        if not is_id(equipment_id):
            return 0

        def all_of_them(change: Change) -> int:
            try:
                self._locked(change, EquipmentId(equipment_id), "")
            except SystemUnknown:
                return 0
            named = [each for each in numbers if "\0" not in each]
            (rows,) = change.read(
                (
                    f"{ORDER} WHERE equipment_id = %s AND number = ANY(%s) ORDER BY sequence",
                    (equipment_id, named),
                )
            )
            orders = [(order_of(row, self.database.place), row[1]) for row in rows]
            return sum(work(change, *each) for each in orders)

        return self.database.changed(all_of_them, in_doubt)

    def _locked(
        self, change: Change, equipment_id: EquipmentId, draft_id: str, new: System | None = None
    ) -> tuple[System, Order | None]:
        """A system that nobody else changes before the transaction is over, and its order of that
        draft. `new` is added where nobody knows it. Raises `SystemUnknown`."""
        if not is_id(equipment_id):
            raise SystemUnknown(equipment_id=equipment_id)
        lock = "SELECT 1 FROM systems WHERE equipment_id = %s FOR UPDATE"
        add: list[Statement] = []
        if new is not None:
            body = system_body(new)
            add = [
                (
                    "INSERT INTO systems VALUES (%s, %s, %s) ON CONFLICT DO NOTHING RETURNING 1",
                    (equipment_id, body, system_mac(self.database.audit_key, body)),
                )
            ]
        # The lock first: one statement would see the state of before its wait.
        answers = change.read(
            *add,
            (lock, (equipment_id,)),
            *whole(equipment_id),
            (f"{ORDER} WHERE equipment_id = %s AND draft = %s", (equipment_id, key_of(draft_id))),
            (LAST_LINE, (equipment_id,)),
        )
        *read, placed, last = answers[len(add) + 1 :]
        system = self.system_from(read)
        if system is None:
            raise SystemUnknown(equipment_id=equipment_id)
        change.begin_lane(equipment_id, last)
        found = order_of(placed[0], self.database.place) if placed else None
        return (new if new is not None and answers[0] else system), found

    def _put(self, change: Change, system: System, order: Order, event: EventName) -> None:
        clean, key = order_row(order, "").order, self.database.audit_key
        said = order_said(clean, self.database)
        mac = change.append(order.equipment_id, event, order.placed_by, said)
        put_order(change, order, system.next_sequence, mac, key)

    def _follow(self, change: Change, system: System, order: Order) -> None:
        """What becomes of the system with that order."""
        self._rewrite(change, system, replace(system.after(order), orders=system.orders))

    def _rewrite(self, change: Change, system: System, after: System) -> None:
        body = system_body(after)
        if body != system_body(system):
            change.write(
                "UPDATE systems SET body = %s, mac = %s WHERE equipment_id = %s",
                *(body, system_mac(self.database.audit_key, body), system.equipment_id),
            )
