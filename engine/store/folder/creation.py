"""Making a store, and what marks one that is not ready yet."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress

from engine.errors import (
    OutcomeUnknown,
    StoreNotEmpty,
    Unsettled,
    WriteFailed,
    system_word,
)
from engine.files.file_systems import refuse_network
from engine.files.system_calls import SystemCalls
from engine.files.writing import make_folder, make_one_folder, sync_all, sync_folder, write_synced
from engine.store.folder.paths import LAYOUT_VERSION, Paths

FIRST_FOLDERS = ("systems", "drafts", "journal", "export")
"""Of layout 1."""
FOLDERS = (*FIRST_FOLDERS, "companies", "users")
_OURS = {
    *(*FOLDERS, "catalogue", "ssh-keys", "open-papers", "closed-papers", "locks"),
    *("newest-key", "withdrawn-keys", "accounts.json", "VERSION.tmp"),
}
RESTORING = "RESTORING"
MAKING = "INIT"
"""Marks in a store that is being restored or made: only the same again can finish it."""
COPYING = "COPY"
"""The same of one that is being copied to: where from."""
FILLING = "INIT-DEMO"
"""The same of one for the demonstration data, until all of it is there."""
_ALLOWED = {"settings.toml", "lost+found"}
"""May be there before the store is: settings prepared by hand; the root of a new disk."""


def create_store(
    path: str | os.PathLike[str],
    calls: SystemCalls | None = None,
    fill: Callable[[Paths], None] | None = None,
    mark: str = RESTORING,
    marked: bytes = b"",
    *,
    keep_mark: bool = False,
) -> None:
    """Make an empty store, or one that `fill` puts something into before it can be opened; a
    call that was cut short can be repeated. Until then, or for longer (`keep_mark`), `mark` lies in
    it, a file of that content.

    Raises `StoreNotEmpty`, `StoreOnNetwork`, `WriteFailed`, `OutcomeUnknown`, and what `fill`
    raises.
    """
    calls = calls or SystemCalls()
    paths = Paths(path)
    try:
        make_folder(calls, paths.root)
        refuse_other(paths, calls, {mark} if fill else set())
        if fill and not is_begun(paths, calls, mark, marked):
            write_synced(calls, f"{paths.root}/{mark}", marked)
            sync_folder(calls, paths.root)
        for folder in (*(f"{paths.root}/{name}" for name in FOLDERS), *paths.system_folders()):
            make_one_folder(calls, folder)
        write_synced(calls, paths.locks, b"")
        if fill:
            fill(paths)
        sync_all(calls, paths.root)
        write_version(paths, calls)
    except OSError as error:
        raise WriteFailed(path=paths.root, reason=system_word(error)) from error
    if fill and not keep_mark:
        remove_mark(paths, calls, mark)
    try:
        sync_folder(calls, paths.root)
    except OSError as error:
        raise OutcomeUnknown(
            path=paths.root, reason=system_word(error), what=Unsettled.STORE
        ) from error


def refuse_other(paths: Paths, calls: SystemCalls, marks: set[str]) -> None:
    """Raise `StoreNotEmpty`, `StoreOnNetwork` where no store can be made."""
    if set(calls.names(paths.root)) - _OURS - _ALLOWED - marks:
        raise StoreNotEmpty(path=paths.root)
    refuse_network(calls, paths.root)


def is_begun(paths: Paths, calls: SystemCalls, mark: str, marked: bytes) -> bool:
    """Whether that mark lies in the folder: what made it was cut short. Raises `WriteFailed`."""
    try:
        return calls.read(f"{paths.root}/{mark}") == marked
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise WriteFailed(path=paths.root, reason=system_word(error)) from error


def remove_mark(paths: Paths, calls: SystemCalls, mark: str) -> None:
    """It is finished."""
    with suppress(OSError):  # beside a VERSION it means nothing, or that there is nothing to do
        calls.unlink(f"{paths.root}/{mark}")


def write_version(paths: Paths, calls: SystemCalls) -> None:
    """Say that the store has today's layout; the folder is not synced. Raises `OSError`."""
    temporary = f"{paths.version}.tmp"
    write_synced(calls, temporary, f"{LAYOUT_VERSION}\n".encode())
    calls.rename(temporary, paths.version)


def make_account_folders(paths: Paths, calls: SystemCalls) -> None:
    """The folders that layout 1 had not. Raises `OSError`."""
    for folder in (paths.companies, paths.users):
        make_one_folder(calls, folder)
    sync_folder(calls, paths.root)
