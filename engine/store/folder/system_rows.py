"""A system and its orders as rows of a document."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from engine.errors import DocumentDamaged, DocumentFault
from engine.licences.order import Order
from engine.licences.system import System
from engine.store.folder.documents import Database, Tables
from engine.store.rows import row_of, value_of


def put_system(database: Database, system: System) -> None:
    """Write the system's own row: all that it is, but for its orders."""
    row = row_of(msgspec.structs.replace(system, orders=()))
    del row["orders"]
    if not row["lost"]:  # nearly always, and nothing that an earlier version knows
        del row["lost"]
    database.own("system").put(system.equipment_id, row)


def put_orders(database: Database, orders: Sequence[Order]) -> None:
    """Add orders, by their number."""
    table = database.own("orders")
    for order in orders:
        table.put(order.number, row_of(order))


def system_of(tables: Tables, equipment_id: str, path: str) -> System:
    """The system in a document, which must be the one of that ID."""
    row = tables.get("system", {}).get(equipment_id)
    if row is None:
        raise DocumentDamaged(path=path, reason=DocumentFault.SHAPE)
    return value_of(System, {**row, "orders": list(tables.get("orders", {}).values())}, path)
