"""What a store on files tells of itself, for monitoring: read only, and quick."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress

from engine.files.system_calls import reading
from engine.store.folder.index.catch_up import read_position
from engine.store.folder.store import FolderStore
from engine.upkeep import Measured


def measured(store: FolderStore) -> Measured:
    """How far the index is behind, and how much room is left. Raises `ReadFailed`."""
    root = store.folder.paths.root
    with reading(root):
        room = store.folder.calls.statvfs(root)
    return Measured(
        place=root,
        index_behind=_behind(store),
        free_bytes=room.f_bavail * room.f_frsize,
        writable=not room.f_flag & os.ST_RDONLY,
    )


def _behind(store: FolderStore) -> int | None:
    """Bytes of the journal that the index has not read yet; None without an index."""
    journal = store.folder.journal
    with suppress(sqlite3.Error):
        if (position := read_position(store.index.reader(), journal)) is not None:
            later = [path for path in journal.files() if path > position.path]
            here = journal.size(position.path) - position.offset
            return max(0, here) + sum(map(journal.size, later))
    return None
