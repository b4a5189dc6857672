"""Reading everything again: documents, journal, index, and whether they agree.

In an order that lets the portal be used meanwhile: the journal first, so that an order that it
knows is in its document or is just being written; at the end the journal's newest lines, for the
orders that came in between.
"""

from __future__ import annotations

import resource
import signal
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from multiprocessing import get_context

from engine.errors import WriteFailed
from engine.files import disk_space
from engine.files.system_calls import reading
from engine.findings import Finding, FindingCode
from engine.licences.order_number import OrderNumber
from engine.ports import Progress
from engine.store.folder.documents import read_tables
from engine.store.folder.index.tables import differing
from engine.store.folder.journal.journal import Journal
from engine.store.folder.journal.order_lines import IN_MEMORY, OrderLines
from engine.store.folder.journal.verification import Flaw, verify_chain
from engine.store.folder.store import FolderStore
from engine.store.folder.upkeep.check_accounts import (
    account_findings,
    missing_papers,
    missing_users,
    role_findings,
)
from engine.store.folder.upkeep.check_catalogue import catalogue_findings
from engine.store.folder.upkeep.systems_reader import UNREADABLE, Seen, SystemsReader, damage
from engine.upkeep import Checked, Examine

_FILES_OF_A_POOL = 64
"""Open files that several processes need between them: with fewer, a pool of them may never end."""


def check_store(
    store: FolderStore,
    examine: Examine | None = None,
    progress: Progress | None = None,
    processes: int = 1,
    checked: Checked | None = None,
) -> Iterator[Finding]:
    """Read everything, in little memory, and give what is wrong.

    `examine` is asked about each system and its orders; `progress` is told of systems; `checked`
    counts. What is derived is put right: an index that is out of step is rebuilt. Raises
    `StoreBusy`.
    """
    yield from disk_space.findings(store.folder.calls, store.folder.paths.root)
    yield from _check_documents(store)
    if store.index.misses_lines():
        yield Finding(store.folder.paths.journal, FindingCode.JOURNAL_CUT)
    with _lines(store) as lines:
        indexed = store.index.catch_up()
        reader = SystemsReader(store, lines, examine or (lambda *_: ()), indexed=indexed)
        seen = _read_all(store, reader, processes if lines.shared else 1)
        yield from _check_systems(store, lines, seen, progress, checked or Checked())
        yield from _check_missing(store, lines)
        yield from role_findings(store, lines)
        yield from missing_users(store, lines)
        yield from missing_papers(store, lines)
        yield from catalogue_findings(store, lines)


def _check_documents(store: FolderStore) -> Iterator[Finding]:
    """Accounts and drafts."""
    paths = store.folder.paths
    yield from account_findings(store)
    with reading(paths.drafts):
        names = store.folder.calls.names(paths.drafts)
    for name in sorted(name for name in names if name.endswith(".json")):
        try:
            read_tables(store.folder.calls, f"{paths.drafts}/{name}")
        except FileNotFoundError:  # placed or forgotten meanwhile
            continue
        except UNREADABLE as error:
            yield damage(error)


def _check_systems(
    store: FolderStore,
    lines: OrderLines,
    system_folders: Iterable[Seen],
    progress: Progress | None,
    checked: Checked,
) -> Iterator[Finding]:
    without_line: set[str] = set()
    changed: list[str] = []
    not_indexed: list[str] = []
    for seen in system_folders:
        checked.systems += seen.systems
        checked.orders += seen.orders
        yield from seen.findings
        without_line.update(seen.without_line)
        changed += seen.changed
        not_indexed += seen.not_indexed
        if progress:
            progress(checked.systems)
    lines.read(store.folder.journal)
    for of, numbers in _by_system(without_line):
        orders, known = store.numbered_orders(of, numbers), lines.of(of)[of]
        yield from (
            Finding(n, FindingCode.NO_LINE)
            for n in numbers
            if n in orders and not known.line(orders[n])
        )
    for of, numbers in _by_system(changed):  # or erased since the lines were read
        orders, known = store.numbered_orders(of, numbers), lines.of(of)[of]
        for order in orders.values():
            line = known.line(order)
            if line and not known.agree(order, line, store.folder.journal):
                yield Finding(order.number, FindingCode.ORDER_CHANGED)
    # An order without a line never gets into the index.
    missing = [number for number in not_indexed if number not in without_line]
    if missing and _still_differ(store, missing) and store.index.rebuild():
        yield Finding(store.folder.paths.index, FindingCode.INDEX_REPAIRED)


def _check_missing(store: FolderStore, lines: OrderLines) -> Iterator[Finding]:
    for equipment_id in lines.systems():
        if _is_missing(store, equipment_id) and lines.of(equipment_id)[equipment_id].placed:
            yield Finding(store.folder.paths.system(equipment_id), FindingCode.DOCUMENT_MISSING)
    for equipment_id in lines.added():
        if _is_missing(store, equipment_id) and not lines.of(equipment_id)[equipment_id].placed:
            yield Finding(store.folder.paths.system(equipment_id), FindingCode.SYSTEM_MISSING)


def _is_missing(store: FolderStore, equipment_id: str) -> bool:
    path = store.folder.paths.system(equipment_id)
    with reading(path):
        return not store.folder.calls.exists(path)


def _still_differ(store: FolderStore, numbers: list[str]) -> bool:
    """Whether the index still lacks one of them, after it has read what the journal has now."""
    store.index.catch_up()
    with closing(store.index.reader()) as index:
        return any(
            any(differing(index, list(store.numbered_orders(of, some).values())))
            for of, some in _by_system(numbers)
        )


def _by_system(numbers: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Order numbers, system by system; what is no order number is told of by itself."""
    systems: dict[str, list[str]] = {}
    for text in sorted(numbers):
        if number := OrderNumber.parse(text):
            systems.setdefault(number.equipment_id, []).append(text)
    yield from systems.items()


@contextmanager
def _lines(store: FolderStore) -> Iterator[OrderLines]:
    """On disk; in memory, and for this process alone, where there is no room for them."""
    with ExitStack() as stack:
        try:
            name = stack.enter_context(tempfile.TemporaryDirectory(prefix="keycode-portal-"))
            lines = stack.enter_context(closing(OrderLines(f"{name}/lines.db")))
            lines.read(store.folder.journal)
        except (OSError, sqlite3.Error, WriteFailed):
            lines = stack.enter_context(closing(OrderLines(IN_MEMORY)))
            lines.read(store.folder.journal)
        yield lines


def journal_findings(journal: Journal) -> list[Finding]:
    """What is wrong with the chain."""
    return [
        Finding(
            f"{flaw.path}:{flaw.offset}", FindingCode(f"journal-{flaw.flaw}"), {"line": str(flaw.n)}
        )
        for flaw in verify_chain(journal)
        if flaw.flaw is not Flaw.TORN  # an append that was cut short: nobody's fault
    ]


def _read_all(store: FolderStore, reader: SystemsReader, processes: int) -> Iterator[Seen]:
    """All folders of systems, and the chain of the journal as if it were one."""
    system_folders = ["", *store.folder.paths.system_folders()]
    few_files = resource.getrlimit(resource.RLIMIT_NOFILE)[0] < _FILES_OF_A_POOL
    if processes == 1 or few_files:
        yield from (_read(reader, system_folder) for system_folder in system_folders)
        return
    with ExitStack() as stack:
        try:
            # Forked, so that catalogue and keys need not be handed over.
            pool = ProcessPoolExecutor(processes, get_context("fork"), _begin, (reader,))
            stack.callback(pool.shutdown, cancel_futures=True)
            seen = pool.map(_read_in_process, system_folders, chunksize=8)
        except OSError:  # no more processes, or no place for what they share (/dev/shm)
            seen = (_read(reader, system_folder) for system_folder in system_folders)
        yield from seen


_reader: SystemsReader | None = None
"""Of a process that reads folders of systems."""


def _begin(reader: SystemsReader) -> None:
    global _reader  # noqa: PLW0603  # how `ProcessPoolExecutor` hands something to a process once
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
    reader.reopen()
    _reader = reader


def _read_in_process(system_folder: str) -> Seen:
    assert _reader is not None
    return _read(_reader, system_folder)


def _read(reader: SystemsReader, system_folder: str) -> Seen:
    if system_folder:
        return reader.read(system_folder)
    return Seen(0, 0, journal_findings(reader.store.folder.journal), [], [], [])
