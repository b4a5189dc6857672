"""What may be changed of orders that were placed: personal data goes, the proof of a move comes."""

from __future__ import annotations

from collections.abc import Callable, Collection

from engine.licences.order import Order
from engine.licences.system import System
from engine.store.folder.documents import commit, open_document
from engine.store.folder.journal.journal import Entry
from engine.store.folder.segments import segment_orders
from engine.store.folder.store_folder import StoreFolder
from engine.store.folder.system_rows import put_orders
from engine.store.folder.two_systems import settle


def rewrite(
    folder: StoreFolder,
    system: System | None,
    numbers: Collection[str],
    change: Callable[[Order], Order | None],
    entry: Callable[[Order], Entry],
) -> int:
    """Change orders of a system whose lock is held: lines first, then segments, then the system's
    document; says how many. `change` answers None for an order that stays.

    Of several documents each is old or new; asking again finishes what was cut short.
    """
    if system is None:
        return 0
    of = system.equipment_id
    documents = [(folder.paths.system(of), system.orders)]
    for number in range(system.sealed, 0, -1):
        orders = tuple(segment_orders(folder, of, number))
        documents.append((folder.paths.segment(of, number), orders))
    after = {
        path: [new for o in orders if o.number in numbers and (new := change(o))]
        for path, orders in reversed(documents)
    }
    changed = [order for orders in after.values() for order in orders]
    if changed:
        folder.journal.append(map(entry, changed))
    for path, new_ones in after.items():
        if new_ones:
            database = open_document(folder.calls, path)
            settle(folder.calls, folder.paths, database, of)
            put_orders(database, new_ones)
            commit(database)
    return len(changed)
