"""Transactions: what is read and written in one, and what becomes of one that is in doubt."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from threading import RLock
from typing import Any, TypeVar

from engine.errors import OutcomeUnknown, StoreMoved, StoreUnreachable, Unreachable, Unsettled
from engine.ports import Clock
from engine.store.digests import keyed_digest
from engine.store.postgresql.audit import FIRST_MAC, encoded, lane_lock, mac_of
from engine.store.postgresql.audit import Line as AuditLine
from engine.store.postgresql.line import Line, Rows
from engine.store.postgresql.troubles import Again, InDoubt

_Answer = TypeVar("_Answer")
Statement = tuple[str, Sequence[Any]]
LOOKING, PLACING, KEEPING = 20.0, 60.0, 5.0
"""Seconds that look-ups and changes, orders, and unfinished orders wait for a server."""
AGAIN = "again"
"""What to do in doubt: all of it again, which finds what was done."""
LOOK = "look"
"""… look for the last line of the audit log, and begin again if it is not there."""
_LOST = "ECONNRESET"
_GATE = 0x6B636F7079
AT_WORK = (
    "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'advisory' AND granted"
    " AND classid::bigint = %s AND objid::bigint = %s AND objsubid = 1"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
    *(_GATE >> 32, _GATE & 0xFFFFFFFF),
)
"""Who is inside the gate: each change from before it takes numbers until its lines are seen."""
MOVED = "SELECT value FROM meta WHERE name = 'moved'"
"""Where the store was copied to, if it is closed."""
LAST_LINE = "SELECT n, mac FROM audit WHERE lane = %s ORDER BY n DESC LIMIT 1"


class Gate(Enum):
    """Every change goes through it, many at a time; who closes the store for a copy waits until
    nobody is inside, and alone is."""

    SHARED = "SELECT pg_advisory_xact_lock_shared(%s)"
    ALONE = "SELECT pg_advisory_xact_lock(%s)"
    SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"
    """Only to read: all as at one moment."""

    @property
    def statements(self) -> tuple[Statement, Statement]:
        """Two: one would see the mark as it was before the wait."""
        return (self.value, () if self is Gate.SNAPSHOT else (_GATE,)), (MOVED, ())


class Change:
    """A transaction that was begun, or will be with its first question."""

    def __init__(self, line: Line, audit_key: bytes, clock: Clock, gate: Gate) -> None:
        self._line = line
        self._gate = gate
        self._key = audit_key
        self._clock = clock
        self._writes: list[Statement] = []
        self._lanes: dict[str, tuple[int, str]] = {}
        self.last: tuple[str, str] | None = None
        """Lane and mac of the last line."""

    def read(self, *statements: Statement) -> list[Rows]:
        """Ask, after all that was written so far."""
        pending, self._writes = self._writes, []
        if self._line.open:
            return self._line.ask(*pending, *statements)[len(pending) :]
        gate = self._gate.statements
        answers = self._line.begin(*gate, *pending, *statements)
        moved = answers[len(gate) - 1]
        if moved and moved[0][0] and self._gate is Gate.SHARED:
            raise StoreMoved(path=self._line.place, to=moved[0][0])
        return answers[len(gate) + len(pending) :]

    def write(self, sql: str, *values: Any) -> None:
        """Write with the next message."""
        self._writes.append((sql, values))

    def begin_lane(self, lane: str, last: Rows) -> None:
        """The last line of a lane, which nobody else can write to now."""
        self._lanes[lane] = last[0] if last else (0, FIRST_MAC)

    def append(self, lane: str, event: str, who: str, details: Mapping[str, str]) -> str:
        """Add a line to a lane; answers its mac."""
        if lane not in self._lanes:
            # Two statements: one would see the lane as it was before the wait.
            locked = ("SELECT pg_advisory_xact_lock(%s)", (lane_lock(lane),))
            self.begin_lane(lane, self.read(locked, (LAST_LINE, (lane,)))[1])
        n, before = self._lanes[lane]
        line = AuditLine(lane, n + 1, self._clock(), event, who, dict(details))
        text = encoded(line)
        mac = mac_of(self._key, before, text)
        self._lanes[lane] = (n + 1, mac)
        self.write(
            "INSERT INTO audit (lane, n, at, line, mac) VALUES (%s, %s, %s, %s, %s)",
            *(lane, n + 1, line.at, text, mac),
        )
        self.last = (lane, mac)
        return mac

    def commit(self) -> None:
        """Raises `InDoubt`, `Again`, `StoreTrouble`."""
        if self._writes and not self._line.open:
            self.read()
        if self._line.open:
            self._line.commit(*self._writes)


class Database:
    """What every part of the store on PostgreSQL works with. Threads take turns; what a callback
    asks of the store belongs to the transaction that called it."""

    def __init__(self, line: Line, audit_key: bytes, clock: Clock) -> None:
        self.line = line
        self.audit_key = audit_key
        self.clock = clock
        self.turn = RLock()
        self._change: Change | None = None
        self._doubtful = False

    def digest(self, data: bytes) -> str:
        """See `engine.store.digests`."""
        return keyed_digest(self.audit_key, data)

    @property
    def place(self) -> str:
        """Where it is, for errors."""
        return self.line.place

    def read(self, *statements: Statement) -> list[Rows]:
        """The rows of each. Raises `StoreTrouble`."""
        with self.turn:
            if self._change is not None:
                return self._change.read(*statements)
            return self.line.tried(lambda: self.line.ask(*statements), LOOKING)

    def rows(self, sql: str, *values: Any) -> Rows:
        """Those of one question."""
        return self.read((sql, values))[0]

    def changed(
        self,
        work: Callable[[Change], _Answer],
        in_doubt: str = Unsettled.CHANGE,
        seconds: float = LOOKING,
        gate: Gate = Gate.SHARED,
    ) -> _Answer:
        """The answer of `work`, once what it wrote is there for good. Raises `StoreTrouble`, and
        what `work` raises: nothing was changed."""
        with self.turn:
            if self._change is not None:
                return work(self._change)
            self._doubtful = False
            try:
                return self.line.tried(lambda: self._once(work, in_doubt, gate), seconds)
            except StoreUnreachable as error:
                if not self._doubtful:
                    raise
                what = Unsettled.ORDER if in_doubt == AGAIN else Unsettled.CHANGE
                raise OutcomeUnknown(path=error.path, reason=_LOST, what=what) from error

    def _once(self, work: Callable[[Change], _Answer], in_doubt: str, gate: Gate) -> _Answer:
        self._change = Change(self.line, self.audit_key, self.clock, gate)
        change = self._change
        try:
            answer = work(change)
        except BaseException:  # whatever it was, Ctrl+C too: nothing of it is left in the database
            self.line.roll_back()
            raise
        finally:
            self._change = None
        try:
            change.commit()
        except InDoubt:
            self._settle(change, in_doubt)
        return answer

    def _settle(self, change: Change, in_doubt: str) -> None:
        """It was done. Raises `Again` where it was not, or where that shows when it is asked for
        again; `OutcomeUnknown`."""
        self._doubtful = True
        if in_doubt == AGAIN:
            raise Again(Unreachable.NO_SERVER)
        if in_doubt != LOOK or change.last is None:
            what = Unsettled.CHANGE if in_doubt == LOOK else Unsettled(in_doubt)
            raise OutcomeUnknown(path=self.place, reason=_LOST, what=what)
        lane, mac = change.last
        left = max(self.line.until - time.monotonic(), 0)
        if not self.line.tried(lambda: self._has(lane, mac), left):
            raise Again(Unreachable.NO_SERVER)

    def _has(self, lane: str, mac: str) -> bool:
        """Whether a line is there, on the standby too: COMMIT waits for it only after a change.
        Who wrote the line may still be at it, and holds its lane."""
        try:
            found = self.line.begin(
                ("SELECT pg_advisory_xact_lock(%s)", (lane_lock(lane),)),
                ("SELECT 1 FROM audit WHERE lane = %s AND mac = %s", (lane, mac)),
            )[1]
            looked = "INSERT INTO meta VALUES ('looked', %s) ON CONFLICT (name) DO UPDATE SET value"
            self.line.commit((f"{looked} = excluded.value", (mac,)))
        except InDoubt:
            raise Again(Unreachable.NO_SERVER) from None
        return bool(found)
