"""Every call of the store that reaches the operating system, through one small object.

This is the seam of the durability tests: they hand in a `Calls` that fails, dies or keeps a
diary of what was never synced. Nothing in `engine.store` touches files past it, but for SQLite,
whose file is derived and may be lost.
"""

# System calls one by one, each to be replaced by a test; `pathlib` hides which are made.
# ruff: noqa: PTH102, PTH104, PTH108, PTH123, PTH208

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import struct
from contextlib import suppress
from typing import BinaryIO

_F_OFD_SETLK = 37
"""Linux, `fcntl(2)`: open file description locks (Python 3.11 has no name for it everywhere)."""
_FLOCK = struct.Struct("hhqqi4x")
"""`struct flock` on 64-bit Linux: type, whence, start, length, pid, and the padding at its end."""


class Calls:
    """The real thing: each method is the system call of that name, and raises `OSError`."""

    def open(self, path: str, flags: int, mode: int = 0o600) -> int:
        """Open a file or folder; closed on exec."""
        return os.open(path, flags, mode)

    def close(self, fd: int) -> None:
        """Close, which also frees the locks of this open file description.

        Linux closes whatever it answers, and what matters was told by fsync.
        """
        with suppress(OSError):
            os.close(fd)

    def write(self, fd: int, data: bytes) -> None:
        """Write all of `data`: a short write is followed by another."""
        view = memoryview(data)
        while view:
            view = view[os.write(fd, view) :]

    def fsync(self, fd: int) -> None:
        """The file's (or folder's) content and its size to disk."""
        os.fsync(fd)

    def fdatasync(self, fd: int) -> None:
        """The file's content to disk, and its size."""
        os.fdatasync(fd)

    def syncfs(self, fd: int) -> None:
        """All of the file system of `fd` to disk (errors are reported since Linux 5.8)."""
        if _libc().syncfs(fd) != 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code))

    def rename(self, old: str, new: str) -> None:
        """Put `old` in the place of `new`, at once."""
        os.rename(old, new)

    def link(self, old: str, new: str) -> None:
        """A second name, never in the place of another file."""
        os.link(old, new)

    def unlink(self, path: str) -> None:
        """Remove a name."""
        os.unlink(path)

    def mkdir(self, path: str, mode: int = 0o700) -> None:
        """Make a folder."""
        os.mkdir(path, mode)

    def read(self, path: str) -> bytes:
        """All of a file."""
        fd = os.open(path, os.O_RDONLY)
        try:
            size = os.fstat(fd).st_size
            data = os.read(fd, size + 1)
            while len(data) > size:  # it grew meanwhile, or is of a kind that has no size
                size = len(data)
                data += os.read(fd, 1 << 20)
            return data
        finally:
            os.close(fd)

    def pread(self, fd: int, size: int, offset: int) -> bytes:
        """Up to `size` bytes from `offset`."""
        return os.pread(fd, size, offset)

    def reader(self, path: str) -> BinaryIO:
        """A file to be read line by line, however long it is."""
        return open(path, "rb")

    def size(self, fd: int) -> int:
        """The length of an open file in bytes."""
        return os.fstat(fd).st_size

    def exists(self, path: str) -> bool:
        """Whether that name is there."""
        return os.path.lexists(path)

    def names(self, path: str) -> list[str]:
        """The names in a folder, in no order."""
        return os.listdir(path)

    def lock(self, fd: int, place: int) -> bool:
        """Lock one byte at `place` for this open file description; False when another holds it."""
        wanted = _FLOCK.pack(fcntl.F_WRLCK, os.SEEK_SET, place, 1, 0)
        try:
            fcntl.fcntl(fd, _F_OFD_SETLK, wanted)
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno == errno.EACCES:
                return False
            raise
        return True


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def sync_folder(calls: Calls, path: str) -> None:
    """Put the names in a folder on disk. Raises `OSError`."""
    fd = calls.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        calls.fsync(fd)
    finally:
        calls.close(fd)


def sync_all(calls: Calls, path: str) -> None:
    """Put all of the file system of a folder on disk. Raises `OSError`."""
    fd = calls.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        calls.syncfs(fd)
    finally:
        calls.close(fd)


def write_synced(
    calls: Calls, path: str, data: bytes, flags: int = os.O_TRUNC, mode: int = 0o600
) -> None:
    """Write a file and put its content on disk; its name is not yet there. Raises `OSError`."""
    fd = calls.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | flags, mode)
    try:
        calls.write(fd, data)
        calls.fsync(fd)
    finally:
        calls.close(fd)
