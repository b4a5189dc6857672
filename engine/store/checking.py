"""Reading everything again: which files are damaged, and whether orders and journal agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from engine.errors import DocumentDamaged, StoreTooNew
from engine.orders import Order
from engine.services.ports import Progress
from engine.store.chain import Flaw, OrderLines, verify_chain
from engine.store.documents import read_tables
from engine.store.folder_store import FolderStore
from engine.systems import System

Look = Callable[[System, Sequence[Order]], Iterable[str]]
"""Looks at a system and all its orders, oldest first, and gives codes of what is wrong."""


class Problem(NamedTuple):
    """Something wrong, and where: a file, or the number of an order.

    `reason`: `damaged-seal`, `damaged-json`, `damaged-shape`, `damaged-io`, `too-new`; `no-line`
    (an order that the journal does not know); `journal-changed`, `journal-removed`,
    `journal-moved` (before the line at that byte); or what `look` gave.
    """

    place: str
    reason: str


def check_store(
    store: FolderStore, progress: Progress | None = None, look: Look | None = None
) -> Iterator[Problem]:
    """Read all documents and the journal, in little memory; `progress` is told of systems."""
    yield from _check_documents(store)
    lines = OrderLines(store.room.journal)
    try:
        for count, equipment_id in enumerate(store.equipment_ids(), start=1):
            yield from _check_system(store, equipment_id, lines, look)
            if progress:
                progress(count)
    finally:
        lines.close()
    for finding in verify_chain(store.room.journal):
        if finding.flaw is not Flaw.TORN:  # an append that was cut short: nobody's fault
            yield Problem(f"{finding.path}:{finding.offset}", f"journal-{finding.flaw}")


def _check_documents(store: FolderStore) -> Iterator[Problem]:
    layout = store.room.layout
    for path in (layout.accounts, *map(str, Path(layout.drafts).glob("*.json"))):
        try:
            read_tables(store.room.calls, path)
        except FileNotFoundError:
            yield Problem(path, "damaged-io")
        except (DocumentDamaged, StoreTooNew) as error:
            yield _damage(error)


def _check_system(
    store: FolderStore, equipment_id: str, lines: OrderLines, look: Look | None
) -> Iterator[Problem]:
    try:
        system = store.system(equipment_id)
        if system is None:
            return
        orders = (*store.older_orders(system), *system.orders)
    except (DocumentDamaged, StoreTooNew) as error:
        yield _damage(error)
        return
    yield from (Problem(order.number, "no-line") for order in orders if not lines.has(order))
    if look:
        yield from (Problem(equipment_id, reason) for reason in look(system, orders))


def _damage(error: DocumentDamaged | StoreTooNew) -> Problem:
    reason = "too-new" if isinstance(error, StoreTooNew) else f"damaged-{error.reason}"
    return Problem(error.path, reason)
