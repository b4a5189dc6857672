"""Reading one folder of systems again: documents, their orders, what journal and index know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engine.errors import DocumentDamaged, OwnerWrong, ReadFailed, StoreTooNew
from engine.files.system_calls import reading
from engine.findings import Finding, FindingCode
from engine.licences.order import Order
from engine.licences.order_number import OrderNumber
from engine.licences.system import EquipmentId, System
from engine.store.digests import system_digest
from engine.store.folder.index.tables import differing, knows
from engine.store.folder.journal.order_lines import OrderLines, SystemLines
from engine.store.folder.journal.system_digest import as_added, runs_and_owner
from engine.store.folder.paths import DOCUMENT
from engine.store.folder.sqlite_batches import batches
from engine.store.folder.store import FolderStore
from engine.upkeep import Examine

UNREADABLE = (DocumentDamaged, StoreTooNew, ReadFailed, OwnerWrong)
"""What reading a document may raise; `damage` makes a finding of it."""


class Seen(NamedTuple):
    """What was found in one folder of systems."""

    systems: int
    orders: int
    findings: list[Finding]
    without_line: list[str]
    """Numbers of orders that the journal did not know when it was read."""
    changed: list[str]
    """Numbers of orders that were not what the journal said then."""
    not_indexed: list[str]
    """Numbers of orders that the index has otherwise, or not at all."""


class SystemsReader:
    """Reads the folders of systems, one at a time."""

    def __init__(
        self, store: FolderStore, lines: OrderLines, examine: Examine, *, indexed: bool
    ) -> None:
        self.store = store
        self._lines = lines
        self._examine = examine
        self._indexed = indexed
        self._index = store.index.reader() if indexed else None

    def reopen(self) -> None:
        """In a process of its own."""
        self._lines = self._lines.reopened()
        self._index = self.store.index.reader() if self._indexed else None

    def read(self, system_folder: str) -> Seen:
        """All systems whose documents lie in that folder."""
        seen = Seen(0, 0, [], [], [], [])
        orders: list[Order] = []
        with reading(system_folder):
            names = sorted(self.store.folder.calls.names(system_folder))
        found = filter(None, map(DOCUMENT.fullmatch, names))
        ids = [match[1] for match in found if not match[2]]
        for some in batches(ids):
            for equipment_id, lines in self._lines.of(*some).items():
                orders += self._system(system_folder, equipment_id, lines, seen)
        if self._index is not None:
            seen.not_indexed.extend(differing(self._index, orders))
        return seen._replace(systems=len(ids), orders=len(orders))

    def _system(
        self, system_folder: str, equipment_id: str, lines: SystemLines, seen: Seen
    ) -> tuple[Order, ...]:
        if system_folder != self.store.folder.paths.system_folder(equipment_id):
            seen.findings.append(
                Finding(f"{system_folder}/{equipment_id}.json", FindingCode.MISPLACED)
            )
            return ()
        try:
            system = self.store.system(equipment_id)
            if system is None:
                return ()
            orders = (*self.store.older_orders(system), *system.orders)
        except UNREADABLE as error:
            seen.findings.append(damage(error))
            return ()
        runs, owner = runs_and_owner(system, orders)
        added = system_digest(as_added(system, orders), self.store.folder.journal)
        as_orders_say = (system.release, system.company_id) == (runs, owner)
        if not as_orders_say or (lines.digests and added not in lines.digests):
            seen.findings.append(Finding(equipment_id, FindingCode.SYSTEM_CHANGED))
        seen.findings.extend(self._examine(system, orders))
        for order in orders:
            line = lines.line(order)
            if line is None:
                seen.without_line.append(order.number)
            elif not lines.agree(order, line, self.store.folder.journal):
                seen.changed.append(order.number)
        seen.findings.extend(self._without_order(system, lines))
        seen.findings.extend(_to_repeat(system.equipment_id, orders, lines))
        return orders

    def _without_order(self, system: System, lines: SystemLines) -> Iterator[Finding]:
        """Lines beyond the last order. Of the very next one the writer may have died, or be at
        it, unless the index had it; behind that, the orders before were there, and are lost."""
        equipment_id, begin = system.equipment_id, system.next_sequence
        last = max((sequence for sequence, _draft in lines.placed), default=0)
        numbers = [str(OrderNumber(equipment_id, n)) for n in range(begin, last + 1)]
        if len(numbers) > 1:
            yield from (Finding(number, FindingCode.ORDER_LOST) for number in numbers)
        elif numbers:
            (number,) = numbers
            known = self._index is not None and knows(self._index, number)
            if not known:
                yield Finding(number, FindingCode.LINE_ALONE)
            elif not self.store.numbered_orders(equipment_id, numbers):  # nor placed by now
                yield Finding(number, FindingCode.ORDER_LOST)


def damage(error: DocumentDamaged | StoreTooNew | ReadFailed | OwnerWrong) -> Finding:
    """What to say of a document that cannot be read. Raises the error when it says nothing about
    the document: too many open files, for example, would be said of each."""
    if isinstance(error, OwnerWrong):
        return Finding(error.path, FindingCode.UNREADABLE, _owned(error))
    if isinstance(error, ReadFailed):
        if error.reason not in {"EACCES", "EPERM"}:
            raise error
        return Finding(error.path, FindingCode.UNREADABLE, {"reason": error.reason})
    if isinstance(error, StoreTooNew):
        return Finding(error.path, FindingCode.TOO_NEW)
    return Finding(error.path, FindingCode(f"damaged-{error.reason}"))


def _owned(error: OwnerWrong) -> dict[str, str]:
    return {"reason": "EACCES", "owner": str(error.owner), "user": str(error.user)}


def _to_repeat(
    equipment_id: EquipmentId, orders: Sequence[Order], lines: SystemLines
) -> Iterator[Finding]:
    """Lost orders that nobody has settled, and of whose draft there is no order again."""
    drafts = {order.draft_id for order in orders} if lines.lost else set()
    for sequence, line in lines.lost.items():
        if line.draft_id not in drafts:
            yield Finding(str(OrderNumber(equipment_id, sequence)), FindingCode.ORDER_TO_REPEAT)
