"""Making a backup: a new file that is read again before it gets its name."""

from __future__ import annotations

import io
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from engine.errors import (
    BackupWrong,
    FileUnreadable,
    OutcomeUnknown,
    Unsettled,
    WriteFailed,
    system_word,
)
from engine.files.system_calls import SystemCalls
from engine.files.writing import sync_folder
from engine.keys.folder import KeysFolder
from engine.ports import Progress
from engine.store.folder.locks import IMPORT
from engine.store.folder.store import FolderStore
from engine.store.folder.upkeep.backup_copying import Copied, Copying
from engine.store.folder.upkeep.backup_file import BackupWriter, Manifest
from engine.store.folder.upkeep.backup_reading import BackupFile
from engine.upkeep import BackupMade

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


def make_backup(
    store: FolderStore,
    keys: KeysFolder,
    target: Path,
    *,
    with_keys: bool = False,
    progress: Progress | None = None,
) -> BackupMade:
    """Write a new file that only its owner can read; whole, or not there. It is read again, as a
    restore would, before it gets its name.

    `progress` is told of systems. Raises `WriteFailed` (also for a name that is taken: `EEXIST`;
    `unlike`: what was read back is not what was written), `OutcomeUnknown`, `StoreBusy`,
    `KeyTrouble`.
    """
    folder = target.absolute().parent
    temporary = str(folder / f".{target.name}.{secrets.token_hex(4)}")
    calls = store.folder.calls
    try:
        written = _written(store, keys, temporary, progress, with_keys=with_keys)
        _read_back(BackupFile(temporary, calls), written.manifest, keys, target)
        calls.link(temporary, str(target))  # never in the place of another file
    except OSError as error:
        raise WriteFailed(path=str(target), reason=system_word(error)) from error
    finally:
        with suppress(OSError):
            calls.unlink(temporary)
    try:
        sync_folder(calls, str(folder))
    except OSError as error:
        raise OutcomeUnknown(
            path=str(target), reason=system_word(error), what=Unsettled.BACKUP
        ) from error
    return BackupMade(written.manifest.systems, written.left_out)


def _written(
    store: FolderStore,
    keys: KeysFolder,
    path: str,
    progress: Progress | None,
    *,
    with_keys: bool,
) -> Copied:
    calls = store.folder.calls
    fd = calls.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW)
    target = _Target(calls, fd)
    try:
        with store.folder.locks.held(IMPORT, "import"):
            writer = BackupWriter(cast("IO[bytes]", target))
            made = Copying(store, writer, progress).copy(keys, with_keys=with_keys)
        calls.fsync(fd)
    finally:
        target.let_go()
        calls.close(fd)
    return made


def _read_back(backup: BackupFile, made: Manifest, keys: KeysFolder, target: Path) -> None:
    """Raise `WriteFailed` unless what was written can be restored."""
    try:
        found = backup.manifest()
        backup.check_mac(found, keys.audit_key())
    except FileUnreadable as error:
        raise WriteFailed(path=str(target), reason=error.reason) from error
    except BackupWrong as error:
        raise WriteFailed(path=str(target), reason="unlike") from error
    if found != made:
        raise WriteFailed(path=str(target), reason="unlike")


class _Target(io.RawIOBase):
    """The file of a backup, written by the calls of the store."""

    def __init__(self, calls: SystemCalls, fd: int) -> None:
        self._calls = calls
        self._fd: int | None = fd

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer) -> int:
        view = memoryview(data)
        if self._fd is not None:
            self._calls.write(self._fd, bytes(view))
        return view.nbytes

    def let_go(self) -> None:
        """A tar that was given up would write its end, perhaps into another file by then."""
        self._fd = None
