"""Changes of systems, each as one transaction under their locks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
from engine.licences.order import Order
from engine.licences.system import EquipmentId, System
from engine.ports import Placement, SystemStore
from engine.store.digests import system_digest
from engine.store.folder.documents import (
    Database,
    commit,
    confirm_folder,
    new_document,
    open_document,
    tables_in,
)
from engine.store.folder.journal.journal import Entry, Journal
from engine.store.folder.journal.order_digest import order_entry
from engine.store.folder.journal.system_digest import system_entries
from engine.store.folder.locks import IMPORT, TWO_SYSTEMS, hashed_place
from engine.store.folder.paths import EQUIPMENT_ID
from engine.store.folder.segments import roll_over, segment_body, segment_orders
from engine.store.folder.store_folder import StoreFolder
from engine.store.folder.system_rows import put_orders, put_system, system_of
from engine.store.folder.two_systems import AWAITS, await_order, carry_order, read_awaiting, settle
from engine.store.order_rules import check_order


class Transactions(SystemStore):
    """What places orders and changes systems."""

    folder: StoreFolder

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
        new: System | None = None,
    ) -> Placement:
        """See `two_systems`."""
        calls, journal = self.folder.calls, self.folder.journal
        with self._held(source, target, new=new is not None), _settled_by(Unsettled.ORDER):
            giving, one = self._opened(source)
            (taking, other), added = self._opened_or_new(target, new)
            if placed := self._placed(other, request_id):
                for each in (source, target):
                    confirm_folder(calls, self.folder.paths.system(each))
                return Placement(placed, already=True)
            orders = decide(one, other)
            for order, system in zip(orders, (one, other), strict=True):
                check_order(order, system, request_id)
            with self.folder.locks.held(TWO_SYSTEMS, "move"):
                await_order(taking, target, source, request_id, new=added)
                commit(taking)
                entries = [order_entry(EventName.ORDER, order, journal) for order in orders]
                journal.append([*(_added(other, orders[1], journal) if added else ()), *entries])
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
    def _held(self, *equipment_ids: EquipmentId, new: bool) -> Iterator[None]:
        """The locks of some systems, always taken in the same order; where one may be `new`, that
        of adding systems before."""
        with ExitStack() as stack:
            if new:
                stack.enter_context(self.folder.locks.held(IMPORT, "import"))
            for place, of in sorted({hashed_place(of): of for of in equipment_ids}.items()):
                stack.enter_context(self.folder.locks.held(place, of))
            yield

    def _opened(self, equipment_id: EquipmentId) -> tuple[Database, System]:
        """The document of a system whose lock is held, and the system. Raises `SystemUnknown`."""
        path = self.folder.paths.system(equipment_id)
        try:
            database = open_document(self.folder.calls, path)
            if AWAITS in tables_in(database):
                read_awaiting(self.folder.calls, self.folder.paths, equipment_id)
        except FileNotFoundError:
            raise SystemUnknown(equipment_id=equipment_id) from None
        settle(self.folder.calls, self.folder.paths, database, equipment_id)
        return database, system_of(tables_in(database), equipment_id, path)

    def _opened_or_new(
        self, equipment_id: EquipmentId, new: System | None
    ) -> tuple[tuple[Database, System], bool]:
        """As `_opened`; of a system that nobody knows, the document that it will have, and True."""
        try:
            return self._opened(equipment_id), False
        except SystemUnknown:
            if new is None:
                raise
        database = new_document(self.folder.calls, self.folder.paths.system(equipment_id))
        put_system(database, new)
        return (database, new), True

    def _add(self, database: Database, system: System, order: Order) -> None:
        """Put the system's next order into its document, in memory; older ones may move out."""
        put_orders(database, [order])
        after = replace(system.after(order), orders=system.orders)
        if after != system:
            put_system(database, after)
        roll_over(self.folder, database, after)

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


def _added(system: System, order: Order, journal: Journal) -> list[Entry]:
    """The lines of a system that becomes known with its first order."""
    of = system.equipment_id
    entry = Entry(EventName.SYSTEM_ADD, order.placed_by, {"equipment_id": of})
    return [entry, *system_entries([(of, system_digest(system, journal))])]


@contextmanager
def _settled_by(what: Unsettled) -> Iterator[None]:
    """An outcome that is unknown is told with what settles it."""
    try:
        yield
    except OutcomeUnknown as error:
        raise OutcomeUnknown(path=error.path, reason=error.reason, what=what) from error
