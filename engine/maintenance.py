"""Keeping an installation: checking, backing up, restoring, rotating keys, reading the audit log.

What the licence desk does with the installation as a whole, from the command line; the portal's
own services know nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from engine.assembly import open_parts
from engine.errors import DocumentDamaged, OrderUnknown, PortalError, WriteFailed
from engine.findings import Finding
from engine.licences.soundness import Examiner
from engine.ports import Event, Progress
from engine.settings import Settings
from engine.store.folder.journal.order_lines import SETTLED
from engine.store.folder.newest_key import rotate
from engine.store.folder.upkeep.backup import Made, check_target, make_backup
from engine.store.folder.upkeep.check import Checked, check_store, journal_findings
from engine.store.folder.upkeep.restore import Restored, restore_store
from engine.store.folder.upkeep.restore_damaged import restore_damaged, to_repeat

PROCESSES = 2
"""That read a store again: one a core of a small machine."""


class Keeping:
    """One installation, open; its portals may be at work meanwhile."""

    def __init__(self, settings: Settings) -> None:
        """Raises `StoreTrouble`, `KeyTrouble`, `CatalogueWrong`."""
        self._settings = settings
        self._catalogue, self._keys, self._store = open_parts(settings)
        self._keys.pepper()  # missing, it would only be missed at a login
        self.checked = Checked()

    def system_count(self) -> int:
        """How many systems there are."""
        return self._store.system_count()

    def check(self, progress: Progress | None = None) -> Iterator[Finding]:
        """Read everything again and give what is wrong; `checked` counts what was read."""
        companies: list[str] | None = None
        with suppress(DocumentDamaged):  # which is found again
            companies = [company.company_id for company in self._store.companies()]
        look = Examiner(self._catalogue, self._keys.ring(), companies)
        return check_store(self._store, look, progress, PROCESSES, self.checked)

    def back_up(
        self, target: Path, who: str, *, with_keys: bool, progress: Progress | None = None
    ) -> Made:
        """A backup as a new file, also of a store on a disk that cannot be written any more; but
        nobody takes keys without a line in the audit log. Raises `WriteFailed`, `StoreBusy`."""
        check_target(target)
        logged = True
        try:
            self._store.record("backup", who, keys="yes" if with_keys else "no")
        except WriteFailed:
            if with_keys:
                raise
            logged = False
        made = make_backup(self._store, self._keys, target, with_keys=with_keys, progress=progress)
        return made._replace(logged=logged)

    def restore_damaged(self, source: Path, who: str, progress: Progress | None = None) -> Restored:
        """Put back what is damaged or missing, and nothing else. Raises `BackupWrong`,
        `FileUnreadable`, `WriteFailed`, `StoreBusy`."""
        return restore_damaged(self._store, self._keys, source, who, progress)

    def settle(self, number: str, who: str) -> None:
        """Write down that a lost order was ordered again: `check` names it no more. Raises
        `OrderUnknown` for one that is not waiting for that, `WriteFailed`, `StoreBusy`."""
        if number not in {lost.number for lost in to_repeat(self._store)}:
            raise OrderUnknown(number=number)
        of = number.rpartition("-")[0]
        self._store.record(SETTLED, who, number=number, equipment_id=of)

    def rotate_key(self, who: str) -> int:
        """A new signing key, which signs from the next order on, in portals that are open too;
        answers its number. Raises as `engine.store.folder.newest_key.rotate`."""
        return rotate(self._store, str(self._settings.keys_folder), who)

    def company_names(self) -> dict[str, str]:
        """The names of companies by id."""
        return {company.company_id: company.name for company in self._store.companies()}

    def user_names(self) -> frozenset[str]:
        """Every user, as `COMPANY-ID/LOGIN`."""
        return frozenset(f"{user.company_id}/{user.login}" for user in self._store.users())

    def events(self, since: datetime | None = None) -> Iterator[Event]:
        """The audit log, or its lines from `since` on; oldest first."""
        return self._store.events(since)

    def audit_findings(self) -> list[Finding]:
        """Where the audit log is not as it was written."""
        cut = self._store.index.misses_lines()
        journal = self._store.room.layout.journal
        return [
            *([Finding(journal, "journal-cut")] if cut else []),
            *journal_findings(self._store.room.journal),
        ]

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()


def restore(
    settings: Settings, source: Path, who: str, progress: Progress | None = None
) -> Restored:
    """Make a store, where there is none, of a backup. Raises `BackupWrong`, `FileUnreadable`,
    `KeyTrouble`, `StoreTrouble`."""
    restored = restore_store(settings.store_folder, settings.keys_folder, source, progress)
    try:
        store = open_parts(settings).store
        store.record("restore", who, made_at=f"{restored.made_at:%Y-%m-%dT%H:%M:%SZ}")
        store.close()
    except PortalError as error:  # the store is there, whatever this was
        return restored._replace(not_logged=error)
    return restored
