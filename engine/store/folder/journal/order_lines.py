"""What the journal says about orders, system by system: on disk rather than in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from engine.audit import EventName, UserName
from engine.errors import WriteFailed
from engine.licences.order import Order
from engine.licences.order_number import OrderNumber
from engine.store.digests import CONTENT, PERSONAL, digests
from engine.store.folder.journal.journal import ORDER_EVENTS, START, Journal, JournalEvent
from engine.store.folder.journal.system_digest import digests_in
from engine.store.folder.sqlite_batches import among
from engine.store.papers_given import PapersGiven

_EVENTS = {
    *ORDER_EVENTS,
    EventName.SYSTEM_RESTORE,
    EventName.ORDER_LOST,
    EventName.ORDER_SETTLED,
    EventName.ERASE,
    EventName.MOVE_PROOF,
}
_CHUNK = 5000


class OrderEvent(NamedTuple):
    """Of a line: which order of its system it is of, of which draft, and what happened."""

    sequence: int
    draft_id: str
    event: str
    content: str = ""
    """Digest of the order; of an older line, company and user with a space between."""
    personal: str = ""
    """Digest of licensee and address."""


class SystemLines:
    """All that the journal says about the orders of one system."""

    def __init__(self) -> None:
        self.placed: dict[tuple[int, str], OrderEvent] = {}
        """By sequence and draft; the last one counts."""
        self.lost: dict[int, OrderEvent] = {}
        """Orders that were lost with a document, and not settled."""
        self.erased: set[int] = set()
        self.proved: dict[int, OrderEvent] = {}
        """Moves whose proof was given later."""
        self.digests: list[str] = []
        """Of the system itself: the last one and, in case that was not carried out, the one
        before; empty when it was added by an earlier version."""

    def take(self, line: OrderEvent) -> None:
        """The next line."""
        if line.event == EventName.SYSTEM_RESTORE:
            kept = {key: each for key, each in self.placed.items() if key[0] <= line.sequence}
            self.placed = kept
        elif line.event == EventName.ORDER_LOST:
            self.lost[line.sequence] = line
        elif line.event == EventName.ORDER_SETTLED:
            self.lost.pop(line.sequence, None)
        elif line.event == EventName.MOVE_PROOF:
            self.proved[line.sequence] = line
        elif line.event == EventName.ERASE:
            self.erased.add(line.sequence)
        else:
            self.placed[line.sequence, line.draft_id] = line

    def line(self, order: Order) -> OrderEvent | None:
        """The line of that order, or None."""
        return self.placed.get((sequence_of(order), order.draft_id))

    def agree(self, order: Order, line: OrderEvent, journal: Journal) -> bool:
        """Whether the order is what its line says."""
        company_id, space, who = line.content.partition(" ")
        if space:
            return order.placed_by == who and company_id in ("", order.company_id)
        content, personal = digests(order, journal)
        erased = not order.is_personal and line.sequence in self.erased
        proved = self.proved.get(line.sequence)
        right = content == line.content or (proved is not None and content == proved.content)
        return right and (personal == line.personal or erased)


IN_MEMORY = ":memory:"


class OrderLines:
    """The lines of orders, in a database of their own at `path`, which several processes read,
    or `IN_MEMORY`, which they do not."""

    def __init__(self, path: str) -> None:
        self.shared = path != IN_MEMORY
        self._path = path
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute("PRAGMA mmap_size = 1073741824")
        self._position = START
        self.users: dict[str, dict[str, str]] = {}
        """The details of the last line of each user that has the role, by company and login."""
        self.catalogue: list[tuple[str, str]] = []
        """Names of the files of the catalogue, and their digests, in the order of their lines."""
        self.users_seen: set[UserName] = set()
        """Users who were there: what says that one was added may have had no time to do it."""
        self.papers = PapersGiven()

    def read(self, journal: Journal) -> None:
        """Take in what the journal has got since the last time. Raises `WriteFailed`."""
        try:
            self._read(journal)
        except sqlite3.Error as error:
            full = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL
            raise WriteFailed(path=self._path, reason="ENOSPC" if full else "EIO") from error

    def _read(self, journal: Journal) -> None:
        self._database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"  # nobody needs it tomorrow
            "CREATE TABLE IF NOT EXISTS lines (system INTEGER, sequence INTEGER,"
            " draft_id TEXT, event TEXT, content TEXT, personal TEXT);"
            "CREATE TABLE IF NOT EXISTS systems (system INTEGER PRIMARY KEY, digest TEXT);"
            "BEGIN"
        )
        lines = filter(None, map(line_in, self._events(journal)))
        while chunk := [(int(of, 16), *line) for of, line in islice(lines, _CHUNK)]:
            self._database.executemany("INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?)", chunk)
        self._database.execute("CREATE INDEX IF NOT EXISTS by_system ON lines (system)")
        self._database.execute("COMMIT")

    def of(self, *equipment_ids: str) -> dict[str, SystemLines]:
        """What there is about these systems."""
        found = {each: SystemLines() for each in equipment_ids}
        rows = self._database.execute(
            f"SELECT * FROM lines WHERE system {among(equipment_ids)} ORDER BY rowid",  # noqa: S608
            [int(each, 16) for each in equipment_ids],
        )
        for system, *rest in rows:
            found[f"{system:013X}"].take(OrderEvent(*rest))
        digests = self._database.execute(
            f"SELECT * FROM systems WHERE system {among(equipment_ids)}",  # noqa: S608
            [int(each, 16) for each in equipment_ids],
        )
        for system, digest in digests:
            found[f"{system:013X}"].digests = digest.split()
        return found

    def systems(self) -> Iterator[str]:
        """The Equipment IDs of all systems for which an order was placed."""
        placed = "SELECT DISTINCT system FROM lines WHERE event = ?"
        rows = self._database.execute(placed, (EventName.ORDER,))
        return (f"{row[0]:013X}" for row in rows)

    def added(self) -> Iterator[str]:
        """The Equipment IDs of all systems whose digests the journal has."""
        rows = self._database.execute("SELECT system FROM systems")
        return (f"{row[0]:013X}" for row in rows)

    def reopened(self) -> OrderLines:
        """The same for another process: SQLite must not share what was open before a fork."""
        return OrderLines(self._path)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _events(self, journal: Journal) -> Iterator[JournalEvent]:
        for place, event in journal.after(self._position):
            self._position = place
            if event:
                self._note_others(event)
                self._note_systems(event)
                yield event

    def _note_systems(self, event: JournalEvent) -> None:
        self._database.executemany(
            "INSERT INTO systems VALUES (?, ?) ON CONFLICT (system)"
            " DO UPDATE SET digest = substr(digest, -32) || ' ' || excluded.digest",
            ((int(of, 16), digest) for of, digest in digests_in(event)),
        )

    def _note_others(self, event: JournalEvent) -> None:
        self.papers.take(event.event, event.details)
        if event.event == EventName.CATALOGUE_PUT:
            details = event.details
            self.catalogue.append((details.get("file", ""), details.get("digest", "")))
        user = event.details.get("user", "")
        if user and "role" in event.details:
            self.users[user] = event.details
        seen = user if event.event != EventName.USER_ADD else ""
        if event.event == EventName.SIGN_IN:
            seen = event.who
        if name := UserName.parse(seen):
            self.users_seen.add(name)


def sequence_of(order: Order) -> int:
    """Which order of its system it says it is; 0 when its number is none."""
    number = OrderNumber.parse(order.number)
    return number.sequence if number else 0


def line_in(event: JournalEvent) -> tuple[str, OrderEvent] | None:
    """The system and the order that a line of the journal is of; None of other events, and of
    what no portal wrote."""
    if event.event not in _EVENTS:
        return None
    details = event.details
    written = details.get("number", "")
    if event.event == EventName.SYSTEM_RESTORE:
        written = f"{details.get('equipment_id')}-{details.get('orders')}"
    number = OrderNumber.parse(written)
    if number is None:
        return None
    older = f"{details.get('company_id', '')} {event.who}"
    line = OrderEvent(
        number.sequence,
        details.get("draft_id", ""),
        event.event,
        details.get(CONTENT, older if event.event in ORDER_EVENTS else ""),
        details.get(PERSONAL, ""),
    )
    return number.equipment_id, line
