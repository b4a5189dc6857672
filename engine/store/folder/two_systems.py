"""One transaction over two systems: a source, whose document is the commit, and a target.

    1  the target's document says that it awaits an order from the source
    2  both lines are in the journal
    3  the source's document is replaced, with its own order, and the target's, which it carries:
       this is the commit
    4  the target's document gets its order, and awaits nothing any more

Before 3 nothing has happened: what is awaited is not there. After it all has: whoever reads the
target finds the order with the source, and whoever next writes the target puts it in its place.
So a target never looks anywhere unless its own document says so. The document of a target that
becomes known with the move is made in 1, and says that, too: before 3 there is no such system.

From 1 to 4 the lock `TWO_SYSTEMS` is held: a backup can be sure that none is under way.
"""

from __future__ import annotations

from engine.errors import StoreTrouble
from engine.files.system_calls import SystemCalls
from engine.licences.order import Order
from engine.store.folder.documents import Database, Tables, read_tables, tables_in
from engine.store.folder.paths import EQUIPMENT_ID, Paths
from engine.store.rows import Row, row_of

AWAITS = "awaits"
CARRIES = "carries"
"""Tables of the target and of the source."""
NEW = "new"
"""In a row of `AWAITS`: without that order there is no such system."""


def await_order(
    target: Database, equipment_id: str, source: str, request_id: str, *, new: bool = False
) -> None:
    """Step 1, in memory: the document of `equipment_id` awaits an order."""
    row = {"source": source, "request_id": request_id}
    target.own(AWAITS).put(equipment_id, {**row, NEW: True} if new else row)


def carry_order(source: Database, order: Order) -> None:
    """Step 3, in memory: the source's document carries the target's order."""
    source.own(CARRIES).put(order.number, row_of(order))


def awaited(calls: SystemCalls, paths: Paths, tables: Tables, equipment_id: str) -> Row | None:
    """The order that a document awaits, if it was committed. Raises as `read_tables`."""
    row = tables.get(AWAITS, {}).get(equipment_id)
    if row is None or not EQUIPMENT_ID.fullmatch(str(row.get("source"))):
        return None
    try:
        source = read_tables(calls, paths.system(row["source"]))
    except FileNotFoundError:
        return None
    return carried(source, equipment_id, row)


def carried(source: Tables, equipment_id: str, row: Row) -> Row | None:
    """The order that the source's document carries for what a target's says in its table."""
    return next(
        (
            order
            for order in source.get(CARRIES, {}).values()
            if order.get("draft_id") == row.get("request_id")
            and order.get("equipment_id") == equipment_id
        ),
        None,
    )


def read_awaiting(calls: SystemCalls, paths: Paths, equipment_id: str) -> Tables:
    """What a document says, with the order that it awaits. Raises as `read_tables`: of a system
    that would have become known with that order, `FileNotFoundError`."""
    tables = read_tables(calls, paths.system(equipment_id))
    if AWAITS not in tables:
        return tables
    order = awaited(calls, paths, tables, equipment_id)
    if order is None:
        if NEW in tables[AWAITS].get(equipment_id, {}):
            raise FileNotFoundError(paths.system(equipment_id))
        return tables
    return {**tables, "orders": {**tables.get("orders", {}), order["number"]: order}}


def is_there(calls: SystemCalls, paths: Paths, equipment_id: str) -> bool:
    """Whether there is such a system, be it one that cannot be read; what is left of a move that
    would have made it known is none."""
    if not calls.exists(paths.system(equipment_id)):
        return False
    try:
        read_awaiting(calls, paths, equipment_id)
    except FileNotFoundError:
        return False
    except StoreTrouble:
        pass
    return True


def settle(calls: SystemCalls, paths: Paths, target: Database, equipment_id: str) -> bool:
    """Step 4, in memory, for whoever holds the target's lock; whether there was anything."""
    tables = tables_in(target)
    if AWAITS not in tables:
        return False
    order = awaited(calls, paths, tables, equipment_id)
    if order is not None:
        target.own("orders").put(order["number"], order)
    target.drop_table(AWAITS)
    return True
