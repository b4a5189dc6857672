"""Orders of moves that outlive their document: the system that the licences came from carries the
order of the new hardware (see `two_systems`), so that a document that is put back can await it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from engine.audit import EventName
from engine.errors import DocumentDamaged, StoreTooNew
from engine.licences.order import OrderKind
from engine.licences.order_number import OrderNumber
from engine.store.folder.documents import Tables
from engine.store.folder.journal.journal import JournalEvent
from engine.store.folder.store_folder import StoreFolder
from engine.store.folder.two_systems import AWAITS, CARRIES, awaited, carried
from engine.store.rows import Row


class Awaited(NamedTuple):
    """An order that a document awaits when it is put back."""

    equipment_id: str
    sequence: int
    row: Row
    """For its table `awaits`."""


class CarriedOrders:
    """Which orders the systems that are put back find with others."""

    def __init__(self, folder: StoreFolder) -> None:
        self._folder = folder
        self._put_back: dict[str, dict[str, Tables]] = {}
        """What matters of the documents that are put back, by Equipment ID."""

    def note(self, equipment_id: str, tables: Tables) -> None:
        """A document of the backup, which is put back."""
        self._put_back[equipment_id] = {
            name: tables[name] for name in (AWAITS, CARRIES) if name in tables
        }

    def awaited(self) -> Iterator[Awaited]:
        """Those that the documents await already: the backup was made before a move that had been
        cut short was put in its place."""
        for of, tables in self._put_back.items():
            if (row := tables.get(AWAITS, {}).get(of)) and (found := self._found(of, row)):
                yield found

    def of_lost(
        self, lost: Mapping[str, Mapping[int, JournalEvent]], last: Mapping[str, int]
    ) -> Iterator[Awaited]:
        """Those among lost orders that another system carries, where they come right after the
        last one of the backup."""
        requests: dict[str, str] = {}
        for of, after in last.items():
            event = lost.get(of, {}).get(after + 1)
            if event and _is(event, OrderKind.MOVE_IN):
                requests[event.details.get("draft_id", "")] = of
        if not requests:
            return
        for event in self._folder.journal.events():
            request = event.details.get("draft_id", "")
            if request in requests and _is(event, OrderKind.MOVE_OUT):
                source, of = event.details.get("equipment_id", ""), requests[request]
                found = self._found(of, {"source": source, "request_id": request})
                if found and found.sequence == last[of] + 1:
                    yield found

    def _found(self, equipment_id: str, row: Row) -> Awaited | None:
        order = self._order(equipment_id, row)
        number = OrderNumber.parse(order["number"]) if order else None
        return Awaited(equipment_id, number.sequence, row) if number else None

    def _order(self, equipment_id: str, row: Row) -> Row | None:
        """The order, in the other document as it is, or as it is put back."""
        if (source := self._put_back.get(str(row.get("source")))) is not None:
            return carried(source, equipment_id, row)
        try:
            tables: Tables = {AWAITS: {equipment_id: row}}
            return awaited(self._folder.calls, self._folder.paths, tables, equipment_id)
        except (DocumentDamaged, StoreTooNew):
            return None


def _is(event: JournalEvent, kind: OrderKind) -> bool:
    return event.event == EventName.ORDER and event.details.get("kind") == kind.value
