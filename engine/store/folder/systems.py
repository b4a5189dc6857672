"""Systems and their orders on disk: reading them, and what is changed of orders afterwards."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec.structs import replace
from typing_extensions import override

from engine.audit import EventName
from engine.errors import Unsettled
from engine.files.system_calls import reading
from engine.licences.order import Order
from engine.licences.system import EquipmentId, System
from engine.store.folder.journal.journal import Entry
from engine.store.folder.journal.order_digest import order_entry
from engine.store.folder.paths import DOCUMENT, EQUIPMENT_ID
from engine.store.folder.rewriting import rewrite
from engine.store.folder.segments import segment_orders
from engine.store.folder.system_rows import system_of
from engine.store.folder.transactions import Transactions
from engine.store.folder.two_systems import is_there, read_awaiting
from engine.store.order_rules import order_details


class Systems(Transactions):
    """The systems of a store on disk."""

    @override
    def system(self, equipment_id: str) -> System | None:
        if not EQUIPMENT_ID.fullmatch(equipment_id):  # never part of a path
            return None
        path = self.folder.paths.system(equipment_id)
        try:
            tables = read_awaiting(self.folder.calls, self.folder.paths, equipment_id)
            return system_of(tables, equipment_id, path)
        except FileNotFoundError:
            return None

    @override
    def older_orders(self, system: System) -> tuple[Order, ...]:
        return tuple(
            order
            for number in range(1, system.sealed + 1)
            for order in segment_orders(self.folder, system.equipment_id, number)
        )

    def numbered_orders(self, equipment_id: str, numbers: Collection[str]) -> dict[str, Order]:
        """Those orders of a system, by number; what is not there is left out."""
        system = self.system(equipment_id)
        if system is None:
            return {}
        found = {order.number: order for order in system.orders if order.number in numbers}
        if system.sealed and len(found) < len(numbers):
            older = self.older_orders(system)
            found |= {order.number: order for order in older if order.number in numbers}
        return found

    @override
    def known_ids(self, equipment_ids: Collection[EquipmentId]) -> frozenset[EquipmentId]:
        return frozenset(filter(self._is_there, equipment_ids))

    def _is_there(self, equipment_id: EquipmentId) -> bool:
        if not EQUIPMENT_ID.fullmatch(equipment_id):
            return False
        path = self.folder.paths.system(equipment_id)
        with reading(path):
            return is_there(self.folder.calls, self.folder.paths, equipment_id)

    @override
    def system_count(self) -> int:
        return sum(1 for _ in self.equipment_ids())

    def equipment_ids(self) -> Iterator[EquipmentId]:
        """The IDs of all systems, folder by folder: in no order, in little memory."""
        for system_folder in self.folder.paths.system_folders():
            with reading(system_folder):
                names = self.folder.calls.names(system_folder)
            for match in filter(None, map(DOCUMENT.fullmatch, names)):
                if not match[2]:
                    yield EquipmentId(match[1])

    @override
    def systems(self) -> Iterator[System]:
        # As numbers, a million IDs take a third of the memory.
        for number in sorted(int(equipment_id, 16) for equipment_id in self.equipment_ids()):
            system = self.system(f"{number:013X}")
            if system is not None:
                yield system

    @override
    def erase_personal(self, equipment_id: str, numbers: Collection[str], who: str) -> int:
        def erased(order: Order) -> Order | None:
            return order.erased() if order.is_personal else None

        def entry(order: Order) -> Entry:
            return Entry(EventName.ERASE, who, order_details(order))

        with self._writing(equipment_id, Unsettled.ERASE):
            return rewrite(self.folder, self.system(equipment_id), numbers, erased, entry)

    @override
    def give_proof(self, equipment_id: str, numbers: Collection[str], proof: str, who: str) -> int:
        def proved(order: Order) -> Order | None:
            return None if order.proof else replace(order, proof=proof)

        def entry(order: Order) -> Entry:
            return order_entry(EventName.MOVE_PROOF, order, self.folder.journal, who)

        with self._writing(equipment_id, Unsettled.CHANGE):
            return rewrite(self.folder, self.system(equipment_id), numbers, proved, entry)
