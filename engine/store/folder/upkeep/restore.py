"""Making a store of a backup where there is none. All of the file is checked before anything is
written, and nobody can open the store before it is whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from engine.errors import BackupWrong
from engine.files.system_calls import Calls
from engine.keys.folder import KeysFolder, key_of, put_keys
from engine.ports import Progress
from engine.store.folder.paths import LAYOUT_VERSION, Layout, create_store
from engine.store.folder.upkeep.backup_documents import kept_documents
from engine.store.folder.upkeep.backup_file import BackupFile, Manifest

_AUDIT = "keys/audit.key"


class Lost(NamedTuple):
    """An order that the journal knows and the backup does not: to be ordered again."""

    number: str
    placed_at: datetime
    placed_by: str


class Restored(NamedTuple):
    """What was put back."""

    made_at: datetime
    """The moment that the backup shows."""
    systems: int
    files: tuple[str, ...] = ()
    """In a store that was there: what was damaged or missing. Damaged files stay beside."""
    lost: tuple[Lost, ...] = ()


def restore_store(
    root: str, keys_folder: Path, source: Path, progress: Progress | None = None
) -> Restored:
    """A new store at `root`; its keys too, if the backup has them and the folder has none.

    Raises `BackupWrong`, `FileUnreadable`, `KeyTrouble`, `StoreNotEmpty`, `StoreOnNetwork`,
    `WriteFailed`.
    """
    backup = BackupFile(str(source))
    manifest = readable(backup)
    put = KeysFolder(keys_folder).is_empty() and manifest.with_keys
    if put:
        inside = {name: file.read(200) for name, file in backup.read("keys/")}
        audit_key = key_of(inside.get(_AUDIT, b""))
        if audit_key is None:
            raise BackupWrong(path=backup.path, reason="damaged")
        backup.check_mac(manifest, audit_key)
        put_keys(keys_folder, {name.removeprefix("keys/"): key for name, key in inside.items()})
    else:
        backup.check_mac(manifest, KeysFolder(keys_folder).audit_key())
    try:
        create_store(root, fill=partial(_fill, backup, manifest, progress))
    except BaseException:  # whatever it was: keys that stayed would be in the way of the next try
        if put:
            shutil.rmtree(keys_folder)
        raise
    return Restored(manifest.made_at, manifest.systems)


def readable(backup: BackupFile) -> Manifest:
    """The manifest of a backup that is whole and that this portal knows. Raises `BackupWrong`,
    `FileUnreadable`."""
    manifest = backup.manifest()
    if manifest.layout > LAYOUT_VERSION:
        raise BackupWrong(path=backup.path, reason="too-new")
    return manifest


def _fill(
    backup: BackupFile, manifest: Manifest, progress: Progress | None, layout: Layout
) -> None:
    calls = Calls()
    for path in _left(layout, calls):
        calls.unlink(path)
    count = 0
    for document in kept_documents(backup):
        _write(calls, document.path(layout), document.data)
        count += not document.segment
        if progress:
            progress(count)
    if "accounts.json" not in manifest.members:  # damaged at the time: that is not empty
        calls.unlink(layout.accounts)
    for name, file in backup.read(""):
        path = f"{layout.root}/{name}"
        if name.startswith(("accounts.json", "drafts/", "journal/", "newest-key")) or (
            name == "settings.toml" and not calls.exists(path)
        ):
            _write(calls, path, b"")
            with Path(path).open("wb") as target:
                shutil.copyfileobj(file, target, 1 << 20)


def _left(layout: Layout, calls: Calls) -> Iterator[str]:
    """What an attempt that was cut short has left."""
    for folder in (*layout.shelves(), layout.drafts, layout.journal):
        for name in calls.names(folder):
            yield f"{folder}/{name}"


def _write(calls: Calls, path: str, data: bytes) -> None:
    fd = calls.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW)
    try:
        calls.write(fd, data)
    finally:
        calls.close(fd)
