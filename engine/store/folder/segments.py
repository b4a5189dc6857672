"""Sealed segments: the older orders of a system that has many."""

from __future__ import annotations

from msgspec.structs import replace

from engine.errors import DocumentDamaged, DocumentFault
from engine.licences.order import Order
from engine.licences.system import System
from engine.store.folder.documents import (
    Database,
    body_of,
    commit,
    new_document,
    read_bytes,
    tables_of,
)
from engine.store.folder.store_folder import StoreFolder
from engine.store.folder.system_rows import put_orders, put_system
from engine.store.rows import value_of


def segment_orders(folder: StoreFolder, equipment_id: str, number: int) -> list[Order]:
    """The orders of the `number`-th segment, from 1, oldest first. Raises `DocumentDamaged`."""
    path = folder.paths.segment(equipment_id, number)
    tables = tables_of(path, segment_body(folder, equipment_id, number))
    if tables.get("segment", {}).get(equipment_id) != {"number": number}:
        raise DocumentDamaged(path=path, reason=DocumentFault.SHAPE)
    return [value_of(Order, row, path) for row in tables.get("orders", {}).values()]


def segment_body(folder: StoreFolder, equipment_id: str, number: int) -> bytes:
    """Its text, not decoded. Raises `DocumentDamaged`."""
    path = folder.paths.segment(equipment_id, number)
    try:
        return body_of(path, read_bytes(folder.calls, path))
    except FileNotFoundError as error:  # the system says that it has this many
        raise DocumentDamaged(path=path, reason=DocumentFault.IO) from error


def roll_over(folder: StoreFolder, database: Database, system: System) -> None:
    """Move older orders to a segment, which is on disk before the document lets go of them.

    A segment that no document counts yet is harmless: the next one is written over it.
    """
    if len(system.orders) < folder.history.most:
        return
    older = system.orders[: -folder.history.kept]
    number = system.sealed + 1
    document = new_document(folder.calls, folder.paths.segment(system.equipment_id, number))
    document.own("segment").put(system.equipment_id, {"number": number})
    put_orders(document, older)
    commit(document)
    for order in older:
        database.own("orders").drop(order.number)
    put_system(
        database, replace(system, sealed=number, sealed_orders=system.sealed_orders + len(older))
    )
