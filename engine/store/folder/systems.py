"""Systems and their orders on disk: reading, and the one transaction that adds an order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress

import msgspec
from msgspec.structs import replace
from typing_extensions import override

from engine.audit import EventName
from engine.errors import (
    OutcomeUnknown,
    StoreTrouble,
    SystemUnknown,
    Unsettled,
)
from engine.files.system_calls import reading
from engine.licences.order import Order
from engine.licences.system import EquipmentId, System
from engine.ports import Placement, SystemStore
from engine.store.folder.documents import (
    Database,
    commit,
    confirm_folder,
    open_document,
    read_tables,
    tables_in,
)
from engine.store.folder.journal.journal import Entry
from engine.store.folder.journal.order_digest import order_entry
from engine.store.folder.journal.system_digest import system_digest, system_entries
from engine.store.folder.locks import TWO_SYSTEMS, hashed_place
from engine.store.folder.paths import DOCUMENT, EQUIPMENT_ID
from engine.store.folder.rewriting import rewrite
from engine.store.folder.segments import roll_over, segment_body, segment_orders
from engine.store.folder.store_folder import StoreFolder
from engine.store.folder.system_rows import put_orders, put_system, system_of
from engine.store.folder.two_systems import await_order, carry_order, settle, with_awaited
from engine.store.order_rules import check_order, order_details


class Systems(SystemStore):
    """The systems of a store on disk."""

    folder: StoreFolder

    @override
    def system(self, equipment_id: str) -> System | None:
        if not EQUIPMENT_ID.fullmatch(equipment_id):  # never part of a path
            return None
        path = self.folder.paths.system(equipment_id)
        try:
            tables = read_tables(self.folder.calls, path)
            tables = with_awaited(self.folder.calls, self.folder.paths, tables, equipment_id)
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
            return self.folder.calls.exists(path)

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
    def place(
        self, equipment_id: str, draft_id: str, decide: Callable[[System], Order]
    ) -> Placement:
        """One order, as one transaction: see README.md, "An order"."""
        if not EQUIPMENT_ID.fullmatch(equipment_id):
            raise SystemUnknown(equipment_id=equipment_id)
        with self._writing(equipment_id, Unsettled.ORDER):
            database, system = self._opened(EquipmentId(equipment_id))
            if placed := self._placed(system, draft_id):
                # Whoever wrote it may have died before its name was on disk.
                confirm_folder(self.folder.calls, self.folder.paths.system(equipment_id))
                return Placement(placed, already=True)
            order = decide(system)
            check_order(order, system, draft_id)
            self.folder.journal.append([order_entry(EventName.ORDER, order, self.folder.journal)])
            self._add(database, system, order)
            commit(database)
            return Placement(order, already=False)

    @override
    def transact(
        self,
        source: EquipmentId,
        target: EquipmentId,
        request_id: str,
        decide: Callable[[System, System], tuple[Order, Order]],
    ) -> Placement:
        """See `two_systems`."""
        calls, journal = self.folder.calls, self.folder.journal
        with self._held(source, target), _settled_by(Unsettled.ORDER):
            (giving, one), (taking, other) = self._opened(source), self._opened(target)
            if placed := self._placed(other, request_id):
                for each in (source, target):
                    confirm_folder(calls, self.folder.paths.system(each))
                return Placement(placed, already=True)
            orders = decide(one, other)
            for order, system in zip(orders, (one, other), strict=True):
                check_order(order, system, request_id)
            with self.folder.locks.held(TWO_SYSTEMS, "move"):
                await_order(taking, target, source, request_id)
                commit(taking)
                journal.append(order_entry(EventName.ORDER, order, journal) for order in orders)
                self._add(giving, one, orders[0])
                carry_order(giving, orders[1])
                commit(giving)
                with suppress(StoreTrouble):  # it is done: whoever reads the target finds it
                    settle(calls, self.folder.paths, taking, target)
                    commit(taking)
            return Placement(orders[1], already=False)

    @override
    def change_system(self, equipment_id: str, change: Callable[[System], System]) -> System:
        """The journal has the new digest first: `check` takes the one before, too, in case the
        document was not written any more."""
        with self._writing(equipment_id, Unsettled.CHANGE):
            database, system = self._opened(EquipmentId(equipment_id))
            after = system.changed(change)
            if after != system:
                digest = system_digest(after, self.folder.journal)
                self.folder.journal.append(system_entries([(equipment_id, digest)]))
                put_system(database, after)
                commit(database)
            return after

    @contextmanager
    def _writing(self, equipment_id: str, what: Unsettled) -> Iterator[None]:
        """The lock of one system; of what is unknown afterwards, what settles it."""
        place = hashed_place(equipment_id)
        with self.folder.locks.held(place, equipment_id), _settled_by(what):
            yield

    @contextmanager
    def _held(self, *equipment_ids: EquipmentId) -> Iterator[None]:
        """The locks of some systems, always taken in the same order."""
        with ExitStack() as stack:
            for place, of in sorted({hashed_place(of): of for of in equipment_ids}.items()):
                stack.enter_context(self.folder.locks.held(place, of))
            yield

    def _opened(self, equipment_id: EquipmentId) -> tuple[Database, System]:
        """The document of a system whose lock is held, and the system. Raises `SystemUnknown`."""
        path = self.folder.paths.system(equipment_id)
        try:
            database = open_document(self.folder.calls, path)
        except FileNotFoundError:
            raise SystemUnknown(equipment_id=equipment_id) from None
        settle(self.folder.calls, self.folder.paths, database, equipment_id)
        return database, system_of(tables_in(database), equipment_id, path)

    def _add(self, database: Database, system: System, order: Order) -> None:
        """Put the system's next order into its document, in memory; older ones may move out."""
        put_orders(database, [order])
        after = replace(system.after(order), orders=system.orders)
        if after != system:
            put_system(database, after)
        roll_over(self.folder, database, after)

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

    def _placed(self, system: System, draft_id: str) -> Order | None:
        for order in reversed(system.orders):
            if order.draft_id == draft_id:
                return order
        written = msgspec.json.encode(draft_id)
        for number in range(system.sealed, 0, -1):
            # Segments are long and this is asked at every order: look before decoding.
            if written in segment_body(self.folder, system.equipment_id, number):
                for order in segment_orders(self.folder, system.equipment_id, number):
                    if order.draft_id == draft_id:
                        return order
        return None


@contextmanager
def _settled_by(what: Unsettled) -> Iterator[None]:
    """An outcome that is unknown is told with what settles it."""
    try:
        yield
    except OutcomeUnknown as error:
        raise OutcomeUnknown(path=error.path, reason=error.reason, what=what) from error
