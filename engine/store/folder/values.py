"""Values as rows of a document, and back: the one place where both are known.

Reading is strict: unknown fields, missing ones and wrong types are refused. Both ways make
fresh objects, so that nobody who changes what he was given changes what is stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from engine.errors import DocumentDamaged
from engine.licences.order import Order
from engine.licences.system import System
from engine.store.folder.documents import Database, Row, Tables

Value = TypeVar("Value", bound=msgspec.Struct)


def row_of(value: msgspec.Struct) -> Row:
    """The row of a value, as JSON has it: dates as ISO 8601, money as text.

    Raises `UnicodeEncodeError` for a text that is none (a lone surrogate), in memory as on disk.
    """
    row: Row = msgspec.json.decode(msgspec.json.encode(value))
    return row


def value_of(kind: type[Value], row: object, path: str) -> Value:
    """The value of a row. Raises `DocumentDamaged`, which names the document's `path`."""
    try:
        return msgspec.convert(row, kind)
    except msgspec.ValidationError:
        raise DocumentDamaged(path=path, reason="shape") from None


def put_system(database: Database, system: System) -> None:
    """Write the system's own row: all that it is, but for its orders."""
    row = row_of(msgspec.structs.replace(system, orders=()))
    del row["orders"]
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
        raise DocumentDamaged(path=path, reason="shape")
    return value_of(System, {**row, "orders": list(tables.get("orders", {}).values())}, path)
