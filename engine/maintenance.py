"""The maintenance of an installation: checking, backing up, restoring, rotating keys, reading the
audit log.

What the licence desk does with the installation as a whole, from the command line; the portal's
own services know nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from engine.audit import AuditEvent, EventName, UserName
from engine.errors import DocumentDamaged, PortalError, WriteFailed
from engine.files.disk_space import LEAST_BYTES
from engine.files.regular_files import check_new_file
from engine.findings import Finding
from engine.installation import open_parts, restore_installation
from engine.licences.soundness import Examiner
from engine.licences.system import EquipmentId, System
from engine.ports import Progress
from engine.settings import Settings
from engine.upkeep import BackupMade, Checked, Measured, Restored

LOOKED_BACK = timedelta(days=35)
"""How far the audit log is read for the last backup."""
BACKUP_WITHIN = timedelta(days=7)
"""A backup that is older needs somebody."""


class StatusProblem(StrEnum):
    """What needs somebody, for scripts too: a code is never renamed."""

    NOT_WRITABLE = "not-writable"
    LITTLE_ROOM = "little-room"
    NO_BACKUP = "no-backup"
    """None within a week that the audit log knows of."""


class Status(NamedTuple):
    """How an installation is."""

    measured: Measured
    signing_key: int
    """The number of the key that signs."""
    last_backup: datetime | None
    """Within the last five weeks."""
    logged_in: dict[str, datetime]
    """Who has logged in within the time that a session may last, and not out, and when: a portal
    whose connection was cut may be among them."""
    problems: tuple[StatusProblem, ...]


class Maintenance:
    """One installation, open; its portals may be at work meanwhile."""

    def __init__(self, settings: Settings) -> None:
        """Raises `StoreTrouble`, `KeyTrouble`, `CatalogueWrong`."""
        self._catalogue, self._keys, self._store, upkeep = open_parts(settings)
        self._keys.pepper()  # missing, it would only be missed at a login
        self._upkeep = upkeep()
        self.checked = Checked()
        self._session = timedelta(hours=settings.session_hours)

    def system_count(self) -> int:
        """How many systems there are."""
        return self._store.system_count()

    def check(self, progress: Progress | None = None) -> Iterator[Finding]:
        """Read everything again and give what is wrong; `checked` counts what was read."""
        companies: list[str] | None = None
        with suppress(DocumentDamaged):  # which is found again
            companies = [company.company_id for company in self._store.companies()]
        examine = Examiner(self._catalogue, self._keys.ring(), companies, self._other_side)
        yield from self._upkeep.check(examine, progress, self.checked)
        yield from self._upkeep.surroundings()

    def _other_side(self, equipment_id: str) -> System | None:
        return self._store.system(EquipmentId(equipment_id))

    def back_up(
        self, target: Path, who: str, *, with_keys: bool, progress: Progress | None = None
    ) -> BackupMade:
        """A backup as a new file, also of a store on a disk that cannot be written any more; but
        nobody takes keys without a line in the audit log. Raises `WriteFailed`, `StoreBusy`."""
        check_new_file(target)
        logged = True
        try:
            self._store.record(EventName.BACKUP, who, keys="yes" if with_keys else "no")
        except WriteFailed:
            if with_keys:
                raise
            logged = False
        made = self._upkeep.back_up(target, with_keys=with_keys, progress=progress)
        return made._replace(logged=logged)

    def restore_damaged(self, source: Path, who: str, progress: Progress | None = None) -> Restored:
        """Put back what is damaged or missing, and nothing else. Raises as
        `Upkeep.restore_damaged`."""
        return self._upkeep.restore_damaged(source, who, progress)

    def status(self, at: datetime) -> Status:
        """How the installation is, for monitoring. Raises `KeyTrouble`, `StoreTrouble`."""
        measured, ring = self._upkeep.measured(), self._keys.signing(self._store.signing_key())
        backup: datetime | None = None
        began: dict[str, datetime] = {}
        for event in self._store.events(at - LOOKED_BACK):
            if event.event == EventName.BACKUP:
                backup = event.at
            elif event.event == EventName.SIGN_IN:
                began[event.who] = event.at
            elif event.event == EventName.SIGN_OUT:
                began.pop(event.who, None)
        recent = {who: since for who, since in began.items() if since > at - self._session}
        return Status(measured, ring.signs, backup, recent, _problems(measured, backup, at))

    def settle(self, number: str, who: str) -> None:
        """Write down that a lost order was ordered again. Raises as `Upkeep.settle`."""
        self._upkeep.settle(number, who)

    def prepare_key(self, who: str) -> int:
        """A new signing key, to be brought to every server before it signs; answers its number.
        Raises as `Upkeep.prepare_key`."""
        return self._upkeep.prepare_key(who)

    def rotate_key(self, who: str) -> int:
        """Let the key that is prepared, or a new one, sign from the next order on, in portals that
        are open too; answers its number. Raises as `Upkeep.rotate_key`."""
        return self._upkeep.rotate_key(who)

    def company_names(self) -> dict[str, str]:
        """The names of companies by id."""
        return {company.company_id: company.name for company in self._store.companies()}

    def user_names(self) -> frozenset[UserName]:
        """Every user, by the id of the company."""
        return frozenset(user.name for user in self._store.users())

    def events(self, since: datetime | None = None) -> Iterator[AuditEvent]:
        """The audit log, or its lines from `since` on; oldest first."""
        return self._store.events(since)

    def follow(self) -> Iterator[AuditEvent | None]:
        """See `engine.ports.AuditLog.follow`."""
        return self._store.follow()

    def is_unplaced(self, event: AuditEvent) -> bool:
        """Whether a line is of an order that was begun and not placed."""
        return self._upkeep.is_unplaced(event)

    def audit_findings(self) -> list[Finding]:
        """Where the audit log is not as it was written."""
        return self._upkeep.audit_findings()

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()


def restore(
    settings: Settings, source: Path, who: str, progress: Progress | None = None
) -> Restored:
    """Make a store, where there is none, of a backup. Raises `BackupWrong`, `FileUnreadable`,
    `KeyTrouble`, `StoreTrouble`."""
    restored = restore_installation(settings, source, progress)
    try:
        store = open_parts(settings).store
        store.record(EventName.RESTORE, who, made_at=f"{restored.made_at:%Y-%m-%dT%H:%M:%SZ}")
        store.close()
    except PortalError as error:  # the store is there, whatever this was
        return restored._replace(not_logged=error)
    return restored


def _problems(
    measured: Measured, backup: datetime | None, at: datetime
) -> tuple[StatusProblem, ...]:
    free = measured.free_bytes
    found = {
        StatusProblem.NOT_WRITABLE: not measured.writable,
        StatusProblem.LITTLE_ROOM: free is not None and free < LEAST_BYTES,
        StatusProblem.NO_BACKUP: backup is None or backup < at - BACKUP_WITHIN,
    }
    return tuple(problem for problem, there in found.items() if there)
