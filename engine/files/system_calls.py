"""Every call of the store that reaches the operating system, through one small object.

This is the seam of the durability tests: they hand in `SystemCalls` that fails, dies or keeps a
diary of what was never synced. Nothing in `engine.store` touches files past it, but for SQLite,
whose file is derived and may be lost.
"""

# System calls one by one, each to be replaced by a test; `pathlib` hides which are made.
# ruff: noqa: PTH101, PTH102, PTH104, PTH108, PTH116, PTH123, PTH208

from __future__ import annotations

import errno
import fcntl
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

from engine.errors import DocumentFault, OwnerWrong, ReadFailed, StoreTrouble, system_word
from engine.files.regular_files import open_regular, read_regular

if TYPE_CHECKING:
    from ctypes import CDLL

DAMAGE = {
    errno.EIO: DocumentFault.IO,
    errno.ENXIO: DocumentFault.KIND,
    errno.EISDIR: DocumentFault.KIND,
    errno.ELOOP: DocumentFault.KIND,
    errno.EFBIG: DocumentFault.SIZE,
}
"""What makes a file unreadable for good, and is no passing trouble: a code for each."""

_F_OFD_SETLK = 37
"""Linux, `fcntl(2)`: open file description locks (Python 3.11 has no name for it everywhere)."""
_FLOCK = struct.Struct("hhqqi4x")
"""`struct flock` on 64-bit Linux: type, whence, start, length, pid, and the padding at its end."""


class SystemCalls:
    """Each method is the system call of that name, and raises `OSError`."""

    def open(self, path: str, flags: int, mode: int = 0o600) -> int:
        """Open a regular file, or a folder (`O_DIRECTORY`); closed on exec.

        Never waits: a pipe in the place of a file is refused with `ENXIO`.
        """
        if flags & os.O_DIRECTORY:
            return os.open(path, flags, mode)
        return open_regular(path, flags, mode)

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
        from ctypes import get_errno

        if _libc().syncfs(fd) != 0:
            code = get_errno()
            raise OSError(code, os.strerror(code))

    def rename(self, old: str, new: str) -> None:
        """Put `old` in the place of `new`, in one step."""
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
        """All of a regular file, never through a link; `EFBIG` above `LARGEST`."""
        return read_regular(path, os.O_NOFOLLOW)

    def pread(self, fd: int, size: int, offset: int) -> bytes:
        """Up to `size` bytes from `offset`."""
        return os.pread(fd, size, offset)

    def reader(self, path: str) -> BinaryIO:
        """A regular file to be read line by line, however long it is; never through a link."""
        return open(open_regular(path, os.O_RDONLY | os.O_NOFOLLOW), "rb")

    def size(self, fd: int) -> int:
        """The length of an open file in bytes."""
        return os.fstat(fd).st_size

    def exists(self, path: str) -> bool:
        """Whether that name is there. An error is not "no": it is raised."""
        try:
            os.lstat(path)
        except (FileNotFoundError, NotADirectoryError):
            return False
        return True

    def status(self, path: str, *, follow: bool = False) -> os.stat_result:
        """Kind, mode, owner and times; of a link itself, unless it is to be followed."""
        return os.stat(path, follow_symlinks=follow)

    def writable(self, path: str) -> bool:
        """Whether this process may write there, as far as modes go."""
        return os.access(path, os.W_OK)

    def statvfs(self, path: str) -> os.statvfs_result:
        """Room and flags of the file system at `path`."""
        return os.statvfs(path)

    def file_system_type(self, path: str) -> int:
        """`f_type` of the file system at `path`, which Python's own `os.statvfs` leaves out."""
        from ctypes import create_string_buffer, get_errno

        buffer = create_string_buffer(256)
        if _libc().statfs(os.fsencode(path), buffer) != 0:
            code = get_errno()
            raise OSError(code, os.strerror(code), path)
        (kind,) = struct.unpack_from("l", buffer)
        return int(kind) & 0xFFFFFFFF

    def names(self, path: str) -> list[str]:
        """The names in a folder, in no order."""
        return os.listdir(path)

    def chmod(self, path: str, mode: int) -> None:
        """Give a file or folder this mode."""
        os.chmod(path, mode)

    def lock(self, fd: int, place: int, length: int = 1, *, shared: bool = False) -> bool:
        """Lock bytes from `place` for this open file description (0: all that follow); False when
        another holds one.

        A `shared` one keeps out those that are not.
        """
        kind = fcntl.F_RDLCK if shared else fcntl.F_WRLCK
        wanted = _FLOCK.pack(kind, os.SEEK_SET, place, length, 0)
        try:
            fcntl.fcntl(fd, _F_OFD_SETLK, wanted)
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno == errno.EACCES:
                return False
            raise
        return True

    def flock(self, fd: int) -> bool:
        """Lock a file that need not be open for writing; False when another holds it. Has nothing
        to do with `lock`."""
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _libc() -> CDLL:
    from ctypes import CDLL  # two thousandths of a second, which most commands do not need

    return CDLL(None, use_errno=True)


@contextmanager
def reading(path: str) -> Iterator[None]:
    """What the system refuses in here is told as `ReadFailed`, which names `path`."""
    try:
        yield
    except OSError as error:
        raise refused(path, error) from error


def refused(path: str, error: OSError) -> StoreTrouble:
    """What to raise when the system refuses: who owns it, where that is what is in the way."""
    if error.errno in {errno.EACCES, errno.EPERM}:
        with suppress(OSError):  # it only makes the answer better
            owner = os.stat(path).st_uid
            if owner != os.geteuid():
                return OwnerWrong(path=path, owner=owner, user=os.geteuid())
    return ReadFailed(path=path, reason=system_word(error))
