"""Making a store of a backup where there is none. All of the file is checked before anything is
written, and nobody can open the store before it is whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from engine.errors import BackupFault, BackupWrong
from engine.files.system_calls import SystemCalls
from engine.files.writing import make_one_folder, write_unsynced
from engine.keys.folder import KeysFolder
from engine.keys.making import put_keys
from engine.ports import Progress
from engine.store.folder.creation import create_store
from engine.store.folder.paths import LAYOUT_VERSION, Paths
from engine.store.folder.upkeep.backup_accounts import (
    COMPANIES,
    FORMER,
    PAPERS,
    SSH_KEYS,
    kept_accounts,
)
from engine.store.folder.upkeep.backup_documents import kept_documents
from engine.store.folder.upkeep.backup_file import Manifest
from engine.store.folder.upkeep.backup_reading import BackupFile
from engine.store.folder.upkeep.restore_keys import choose_keys
from engine.upkeep import Restored

_PIECE = 1 << 20


def restore_store(
    root: str,
    keys_folder: Path,
    source: Path,
    progress: Progress | None = None,
    calls: SystemCalls | None = None,
) -> Restored:
    """A new store at `root`; its keys too, if the backup has them and the folder has none but
    those. What was cut short can be repeated.

    Raises `BackupWrong`, `FileUnreadable`, `KeyTrouble`, `StoreNotEmpty`, `StoreOnNetwork`,
    `WriteFailed`, `OutcomeUnknown`.
    """
    calls = calls or SystemCalls()
    backup = BackupFile(str(source), calls)
    manifest = readable(backup)
    keys = choose_keys(backup, manifest, KeysFolder(keys_folder, calls))

    def fill(paths: Paths) -> None:
        if keys.put:
            put_keys(keys_folder, keys.put, calls, again=True)
        _fill(backup, manifest, progress, paths, calls)
        if keys.signs is not None:
            write_unsynced(calls, paths.newest_key, b"%d\n" % keys.signs)

    create_store(root, calls, fill=fill)
    return Restored(manifest.made_at, manifest.systems)


def readable(backup: BackupFile) -> Manifest:
    """The manifest of a backup that is whole and that this portal knows. Raises `BackupWrong`,
    `FileUnreadable`."""
    manifest = backup.manifest()
    if manifest.layout > LAYOUT_VERSION:
        raise BackupWrong(path=backup.path, reason=BackupFault.TOO_NEW)
    return manifest


def _fill(
    backup: BackupFile,
    manifest: Manifest,
    progress: Progress | None,
    paths: Paths,
    calls: SystemCalls,
) -> None:
    for path in leftovers(paths, calls):
        calls.unlink(path)
    count = 0
    for document in kept_documents(backup):
        write_unsynced(calls, document.path(paths), document.data)
        count += not document.segment
        if progress:
            progress(count)
    if SSH_KEYS in manifest.members:
        make_one_folder(calls, paths.ssh_keys)
    if PAPERS in manifest.members:
        make_one_folder(calls, paths.open_papers)
        make_one_folder(calls, paths.closed_papers)
    for path, data in kept_accounts(backup, paths):
        write_unsynced(calls, path, data)
    if not {COMPANIES, FORMER} & manifest.members.keys():  # damaged at the time: that is not empty
        write_unsynced(calls, paths.former_accounts, b"")
    make_one_folder(calls, paths.catalogue)
    for name, file in backup.read(""):
        path = f"{paths.root}/{name}"
        if name.startswith(("drafts/", "journal/", "catalogue/", "withdrawn-keys")) or (
            name == "settings.toml" and not calls.exists(path)
        ):
            copy(calls, file, path)


def leftovers(paths: Paths, calls: SystemCalls) -> Iterator[str]:
    """What an attempt that was cut short has left."""
    accounts = (paths.companies, paths.users)
    for folder in (*paths.system_folders(), *accounts, paths.drafts, paths.journal):
        for name in calls.names(folder):
            yield f"{folder}/{name}"
    for folder in (paths.catalogue, paths.ssh_keys, paths.open_papers, paths.closed_papers):
        if calls.exists(folder):
            yield from (f"{folder}/{name}" for name in calls.names(folder))
    if calls.exists(paths.former_accounts):
        yield paths.former_accounts


def copy(calls: SystemCalls, source: IO[bytes], path: str, *, synced: bool = False) -> None:
    """Write a new file of all that can be read there. Raises `OSError`."""
    fd = calls.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW)
    try:
        while data := source.read(_PIECE):
            calls.write(fd, data)
        if synced:
            calls.fsync(fd)
    finally:
        calls.close(fd)
