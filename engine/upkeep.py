"""What the licence desk does with a store as a whole (check, back up, restore, rotate keys): the
protocol that each adapter implements in its own way, and the results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Protocol

from engine.audit import AuditEvent
from engine.errors import PortalError
from engine.findings import Finding
from engine.licences.order import Order
from engine.licences.system import System
from engine.ports import Progress

Examine = Callable[[System, Sequence[Order]], Iterable[Finding]]
"""Looks at a system and all its orders, oldest first, and says what is wrong."""


class Checked:
    """How much a check has read so far."""

    def __init__(self) -> None:
        self.systems = 0
        self.orders = 0


class BackupMade(NamedTuple):
    """A backup that was made."""

    systems: int
    left_out: list[Finding]
    """What is damaged, and therefore not in it."""
    logged: bool = True
    """Whether the audit log has a line of it: it could be written."""


class LostOrder(NamedTuple):
    """An order that the audit log knows and a backup does not: to be ordered again."""

    number: str
    placed_at: datetime
    placed_by: str


class Restored(NamedTuple):
    """What a restore has put back."""

    made_at: datetime
    """The moment that the backup shows."""
    systems: int
    files: tuple[str, ...] = ()
    """In a store that was there: what was damaged or missing. Damaged files stay beside."""
    lost: tuple[LostOrder, ...] = ()
    not_logged: PortalError | None = None
    """Why the audit log does not say that the store was restored."""


class Measured(NamedTuple):
    """What a store tells of itself, for monitoring."""

    place: str
    """Where it is: a folder, or a database."""
    index_behind: int | None
    """Bytes of the audit log that the index for searches has not read yet: the next search does.
    None: there is none yet, or the store needs none."""
    free_bytes: int | None
    """Room left, as far as the store can tell."""
    writable: bool


class Upkeep(Protocol):
    """Looks after one store as a whole, also while portals work on it."""

    def check(
        self, examine: Examine, progress: Progress | None = None, checked: Checked | None = None
    ) -> Iterator[Finding]:
        """Read everything again, in little memory, and give what is wrong. What is derived from
        the rest, such as an index, is put right.

        `examine` is asked about each system; `progress` is told of systems; `checked` counts.
        Raises `StoreBusy`.
        """

    def surroundings(self) -> list[Finding]:
        """What around the store is not as it should be, and can be mended by nobody here: a
        database's settings, its clock."""

    def measured(self) -> Measured:
        """How the store is, in a moment: reads no document. Raises `ReadFailed`."""

    def audit_findings(self) -> list[Finding]:
        """Where the audit log is not as it was written."""

    def is_unplaced(self, event: AuditEvent) -> bool:
        """Whether a line of the audit log is of an order that was begun and not placed, as when
        its document could not be written; False when the document cannot be read."""

    def back_up(
        self, target: Path, *, with_keys: bool, progress: Progress | None = None
    ) -> BackupMade:
        """Write all of it into a new file: whole, or not there. `progress` is told of systems.

        Raises `WriteFailed`, `OutcomeUnknown`, `StoreBusy`, `KeyTrouble`.
        """

    def restore_damaged(self, source: Path, who: str, progress: Progress | None = None) -> Restored:
        """Put back what is damaged or missing, and nothing else. `progress` is told how many
        documents of the backup were compared.

        Raises `BackupWrong`, `FileUnreadable`, `StoreBusy`, `WriteFailed`; once anything may be
        replaced, `Unfinished`: asking again goes on.
        """

    def settle(self, number: str, who: str) -> None:
        """Write down that a lost order was ordered again: `check` names it no more. Raises
        `OrderUnknown` for one that is not waiting for that, `WriteFailed`, `StoreBusy`."""

    def prepare_key(self, who: str) -> int:
        """A new signing key, which does not sign before `rotate_key`; answers its number. Asked
        again, it is that key.

        Raises `KeysUsedUp`, `StoreBusy`, `WriteFailed` (there is no new key), `OutcomeUnknown`
        (there is: ask again).
        """

    def rotate_key(self, who: str) -> int:
        """Let the key that is prepared sign from now on, or a new one; answers its number.

        Raises as `prepare_key`; until it answers, the key of before signs.
        """
