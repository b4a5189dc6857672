"""Orders committed, beside the writes and syncs that none of them can do without."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from engine.files.system_calls import SystemCalls
from engine.keys.folder import KeysFolder
from engine.licences.order import Address, Order, OrderLine
from engine.licences.order_number import OrderNumber
from engine.licences.system import EquipmentId, System
from engine.store.folder.store import FolderStore, open_store
from tests.bench.figures import Figure, at_least, at_most, in_turns, ratio

PROCESSES = 8
ORDERS = 25
"""A process."""
ROUNDS = 100
LINE = OrderLine(part="BHW1095A", name="SIP trunk", quantity=1, unit_price=Decimal(120))


class Counting(SystemCalls):
    """Counts what waits for the disk."""

    syncs = 0

    def fsync(self, fd: int) -> None:
        self.syncs += 1
        super().fsync(fd)

    def fdatasync(self, fd: int) -> None:
        self.syncs += 1
        super().fdatasync(fd)


class Disk:
    """The floor: one line appended and synced, one file written, synced, renamed, and its folder
    synced; as large as an order's."""

    def __init__(self, folder: Path, document: bytes) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._document = folder, document
        self._journal = os.open(folder / "journal", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def commit(self) -> None:
        """One."""
        os.write(self._journal, b"x" * 300)
        os.fdatasync(self._journal)
        new = os.open(self._folder / "new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.write(new, self._document)
        os.fsync(new)
        os.close(new)
        (self._folder / "new").rename(self._folder / "document")
        folder = os.open(self._folder, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def opened(store: Path, calls: SystemCalls | None = None) -> FolderStore:
    """The store, with time to wait."""
    key = KeysFolder(f"{store}-keys").audit_key()
    return open_store(store, key, lock_seconds=60.0, calls=calls)


def place(store: FolderStore, equipment_id: str, draft_id: str) -> None:
    """One order of one SIP trunk."""

    def decide(system: System) -> Order:
        sequence = system.next_sequence
        return Order(
            number=str(OrderNumber(system.equipment_id, sequence)),
            draft_id=draft_id,
            equipment_id=system.equipment_id,
            placed_at=datetime.now(UTC),
            company_id=system.company_id,
            placed_by="bench",
            product=system.product,
            release=system.release,
            lines=(
                OrderLine(part="BHW1095A", name="SIP trunk", quantity=1, unit_price=Decimal(120)),
            ),
            currency="EUR",
            reference=f"bench {draft_id}",
            licensee="Bench",
            address=Address(),
            inventory={"sip-trunk": system.inventory.get("sip-trunk", 0) + 1},
            keycode="442ZP5M1V51329C73D",
        )

    store.place(EquipmentId(equipment_id), draft_id, decide)


def orders(store: Path, scratch: Path) -> Iterator[Figure]:
    """One process, then eight."""
    systems = [add_system(opened(store), number) for number in range(ROUNDS + PROCESSES + 3)]
    counting = Counting()
    kept = opened(store, counting)
    place(kept, systems[0], "first")
    size = Path(kept.folder.paths.system(systems[0])).stat().st_size
    disk = Disk(scratch / "floor", b"x" * size)
    counting.syncs = 0
    place(kept, systems[0], "counted")
    syncs = counting.syncs
    rest = iter(systems[PROCESSES + 2 :])
    floor, commit = in_turns(
        ROUNDS, disk.commit, lambda: place(kept, next(rest), f"commit-{time.monotonic_ns()}")
    )
    yield ratio("an order committed, 1 process", floor, commit, 2)
    yield at_most("syncs an order", syncs, 3, "syncs")
    floors = together(lambda number: repeat_floor(scratch / f"floor-{number}", size))
    distinct = together(lambda number: repeat_orders(store, systems[number], number))
    yield at_least(f"{PROCESSES} processes, an ID each", floors[0], distinct[0], 0.35)
    same = together(lambda number: repeat_orders(store, systems[PROCESSES], number))
    alone = timed(lambda: repeat_orders(store, systems[PROCESSES + 1], 0, PROCESSES * ORDERS))
    yield at_least(
        f"{PROCESSES} processes, one ID, beside one", PROCESSES * ORDERS / alone, same[0], 0.7
    )
    yield at_most("longest wait", max(distinct[1], same[1]) * 1e3, 1000, "ms")


def add_system(store: FolderStore, number: int) -> str:
    """A system of an ID of its own."""
    equipment_id = EquipmentId(f"0B{number:011X}")
    system = System(
        equipment_id=equipment_id, product="aastra5000", release="R5.1", company_id="demo-1"
    )
    store.add_systems([system])
    store.close()
    return equipment_id


def repeat_floor(folder: Path, size: int) -> float:
    """What a process of the floor does; its longest commit."""
    disk = Disk(folder, b"x" * size)
    return max(timed(disk.commit) for _ in range(ORDERS))


def repeat_orders(store: Path, equipment_id: str, process: int, count: int = ORDERS) -> float:
    """What a process of the store does; its longest order."""
    kept = opened(store)
    drafts = [f"{process}-{number}-{os.getpid()}" for number in range(count)]
    return max(timed(partial(place, kept, equipment_id, draft)) for draft in drafts)


def timed(work: Callable[[], object]) -> float:
    """Its seconds."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def together(work: Callable[[int], float]) -> tuple[float, float]:
    """In eight processes at once: how many a second in all, and the longest that one took."""
    context = get_context("fork")
    longest, gate = context.Queue(), context.Barrier(PROCESSES + 1)

    def run(number: int) -> None:
        gate.wait()
        longest.put(work(number))

    processes = [context.Process(target=run, args=(number,)) for number in range(PROCESSES)]
    for process in processes:
        process.start()
    gate.wait()
    began = time.perf_counter()
    found = [longest.get() for _ in processes]
    seconds = time.perf_counter() - began
    for process in processes:
        process.join()
    return PROCESSES * ORDERS / seconds, max(found)
