"""Writing files and folders, each put on disk or expressly not, in calls to the system."""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_ISDIR

from engine.files.system_calls import SystemCalls


def sync_folder(calls: SystemCalls, path: str) -> None:
    """Put the names in a folder on disk. Raises `OSError`."""
    fd = calls.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        calls.fsync(fd)
    finally:
        calls.close(fd)


def sync_all(calls: SystemCalls, path: str) -> None:
    """Put all of the file system of a folder on disk. Raises `OSError`."""
    fd = calls.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        calls.syncfs(fd)
    finally:
        calls.close(fd)


def write_synced(
    calls: SystemCalls, path: str, data: bytes, flags: int = os.O_TRUNC, mode: int = 0o600
) -> None:
    """Write a file and put its content on disk; its name is not yet there. Raises `OSError`."""
    fd = calls.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | flags, mode)
    try:
        calls.write(fd, data)
        calls.fsync(fd)
    finally:
        calls.close(fd)


def make_folder(calls: SystemCalls, path: str) -> None:
    """Make a folder with all that lie above it, on disk. Raises `OSError`."""
    missing = [path]
    while not calls.exists(parent := str(Path(missing[-1]).parent)):
        missing.append(parent)
    for folder in reversed(missing):
        make_one_folder(calls, folder)
        sync_folder(calls, str(Path(folder).parent))


def make_one_folder(calls: SystemCalls, path: str) -> None:
    """A folder; none is made where one is already. Raises `OSError`."""
    try:
        calls.mkdir(path)
    except FileExistsError:  # of an `init` that was cut short
        if not S_ISDIR(calls.status(path, follow=True).st_mode):
            raise


def write_unsynced(calls: SystemCalls, path: str, data: bytes) -> None:
    """Write a file; neither its content nor its name is on disk yet. Raises `OSError`."""
    fd = calls.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW)
    try:
        calls.write(fd, data)
    finally:
        calls.close(fd)
