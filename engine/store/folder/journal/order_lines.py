"""What the journal says about orders, system by system: on disk rather than in memory."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from engine.licences.order import Order, order_number
from engine.store.batches import among
from engine.store.folder.journal.journal import Event, Journal

RESTORED = "system-restore"
"""The event of a document that was put back from a backup: of its system, lines before this one
of orders beyond the first `orders` are known to have lost theirs."""
_NUMBER = re.compile(r"([0-9A-F]{13})-(\d{1,15})", re.ASCII)
_CHUNK = 5000


class OrderLine(NamedTuple):
    """Of a line: which order of its system it says was placed, of which draft, and how."""

    sequence: int
    draft_id: str
    event: str


class OrderLines:
    """The lines of orders, in a database of their own at `path`, which several processes read."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute("PRAGMA mmap_size = 1073741824")
        self._position = ("", 0)

    def read(self, journal: Journal) -> None:
        """Take in what the journal has got since the last time."""
        self._database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"  # nobody needs it tomorrow
            "CREATE TABLE IF NOT EXISTS lines"
            " (system INTEGER, sequence INTEGER, draft_id TEXT, event TEXT);"
            "BEGIN"
        )
        lines = filter(None, map(line_in, self._events(journal)))
        while chunk := [(int(of, 16), *line) for of, line in islice(lines, _CHUNK)]:
            self._database.executemany("INSERT INTO lines VALUES (?, ?, ?, ?)", chunk)
        self._database.execute("CREATE INDEX IF NOT EXISTS by_system ON lines (system)")
        self._database.execute("COMMIT")

    def of(self, *equipment_ids: str) -> dict[str, list[OrderLine]]:
        """The lines of these systems, each in the order in which they were written."""
        found: dict[str, list[OrderLine]] = {each: [] for each in equipment_ids}
        rows = self._database.execute(
            f"SELECT * FROM lines WHERE system {among(equipment_ids)} ORDER BY rowid",  # noqa: S608
            [int(each, 16) for each in equipment_ids],
        )
        for system, *rest in rows:
            of, line = f"{system:013X}", OrderLine(*rest)
            if line.event == RESTORED:
                found[of] = [each for each in found[of] if each.sequence <= line.sequence]
            else:
                found[of].append(line)
        return found

    def has(self, order: Order) -> bool:
        """Whether this order, made of this draft, has a line."""
        of = order.equipment_id
        return any(belongs(order, line) for line in self.of(of)[of])

    def systems(self) -> Iterator[str]:
        """The Equipment IDs of all systems for which an order was placed."""
        rows = self._database.execute("SELECT DISTINCT system FROM lines WHERE event = 'order'")
        return (f"{row[0]:013X}" for row in rows)

    def reopened(self) -> OrderLines:
        """The same for another process: SQLite must not share what was open before a fork."""
        return OrderLines(self._path)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _events(self, journal: Journal) -> Iterator[Event]:
        path, offset = self._position
        for each in (each for each in journal.files() if each >= path):
            for line in journal.lines(each, offset if each == path else 0):
                self._position = (each, line.end)
                if line.event:
                    yield line.event


def belongs(order: Order, line: OrderLine) -> bool:
    """Whether that line is the order's."""
    number = order_number(order.equipment_id, line.sequence)
    return (order.number, order.draft_id) == (number, line.draft_id)


def line_in(event: Event) -> tuple[str, OrderLine] | None:
    """The system and the order that a line of the journal is of; None of other events, and of
    what no portal wrote."""
    details = event.details
    number, draft_id = details.get("number", ""), details.get("draft_id", "")
    if event.event == RESTORED:
        number = f"{details.get('equipment_id')}-{details.get('orders')}"
    elif event.order is None:
        return None
    match = _NUMBER.fullmatch(number)
    return (match[1], OrderLine(int(match[2]), draft_id, event.event)) if match else None
