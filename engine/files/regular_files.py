"""Reading files that are to be files: a pipe is never waited for, a giant never swallowed."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from engine.errors import WriteFailed

LARGEST = 256 << 20
"""Bytes of the largest file that is read into memory: no document comes near, and a sparse one
of a terabyte is refused before it is read."""


def open_regular(path: str, flags: int, mode: int = 0o600) -> int:
    """Open a regular file, closed on exec. Raises `OSError`: `ENXIO` for anything else."""
    fd = os.open(path, flags | os.O_NONBLOCK, mode)
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise OSError(errno.ENXIO, os.strerror(errno.ENXIO), path)
    return fd


def read_regular(path: str, flags: int = 0, most: int = LARGEST) -> bytes:
    """All of a regular file. Raises `OSError`: `EFBIG` above `most` bytes."""
    fd = open_regular(path, os.O_RDONLY | flags)
    try:
        size = os.fstat(fd).st_size
        data = os.read(fd, min(size, most) + 1)
        while size <= most and len(data) > size:  # it grew meanwhile
            size = len(data)
            data += os.read(fd, 1 << 20)
        if size > most:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), path)
        return data
    finally:
        os.close(fd)


def check_new_file(target: Path) -> None:
    """Whether a new file can be made there. Raises `WriteFailed`."""
    if os.path.lexists(target):
        raise WriteFailed(path=str(target), reason="EEXIST")
    if not os.access(target.absolute().parent, os.W_OK):
        there = target.absolute().parent.is_dir()
        raise WriteFailed(path=str(target), reason="EACCES" if there else "ENOENT")
