"""The documents in a backup, each once, as it was at the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec
from msgspec import Struct

from engine.errors import BackupFault, BackupWrong, DocumentDamaged
from engine.store.folder.documents import NOT_JSON, body_of
from engine.store.folder.paths import EQUIPMENT_ID, Paths
from engine.store.folder.upkeep.backup_file import AGAIN
from engine.store.folder.upkeep.backup_reading import BackupFile


class KeptDocument(NamedTuple):
    """A system or one of its segments."""

    equipment_id: str
    segment: int
    """0: the system itself."""
    data: bytes

    def path(self, paths: Paths) -> str:
        """Where it belongs."""
        if self.segment:
            return paths.segment(self.equipment_id, self.segment)
        return paths.system(self.equipment_id)


def kept_documents(backup: BackupFile) -> Iterator[KeptDocument]:
    """All of them, folder by folder. Raises `BackupWrong`."""
    again = {document[:2]: document for document in _documents(backup, AGAIN)}
    for document in _documents(backup, "systems/"):
        yield again.pop(document[:2], document)
    yield from again.values()


class _Segment(Struct):
    number: int


class _Head(Struct):
    system: dict[str, msgspec.Raw] = {}
    segment: dict[str, _Segment] = {}


LONGEST = 64 << 20
"""Bytes of a document: a hundred times what two hundred orders take."""


def _documents(backup: BackupFile, prefix: str) -> Iterator[KeptDocument]:
    for name, file in backup.read(prefix):
        if name != AGAIN or prefix == AGAIN:
            while line := file.readline(LONGEST):
                yield _document(backup.path, line)


def _document(path: str, data: bytes) -> KeptDocument:
    try:
        head = msgspec.json.decode(body_of(path, data), type=_Head)
        segment = next(iter(head.segment.values())).number if head.segment else 0
        (equipment_id,) = head.segment or head.system
    except (DocumentDamaged, *NOT_JSON, ValueError):
        raise BackupWrong(path=path, reason=BackupFault.DAMAGED) from None
    if not EQUIPMENT_ID.fullmatch(equipment_id) or segment < 0:
        raise BackupWrong(path=path, reason=BackupFault.DAMAGED)
    return KeptDocument(equipment_id, segment, data)
