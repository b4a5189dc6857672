"""Locks between processes and between threads: one byte each of the empty file `locks`.

They are open-file-description locks: the kernel frees them when their holder dies, and two
threads of one process exclude each other, since each transaction opens the file itself. Waiting
is polling, so that nobody waits longer than he was told, and can be told for whom.
"""

from __future__ import annotations

import errno
import hashlib
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.errors import StoreBusy, WriteFailed, system_word
from engine.files.system_calls import SystemCalls, reading, refused
from engine.store.folder.moved import refuse_moved

ACCOUNTS = 0
JOURNAL = 1
INDEX = 2
IMPORT = 3
KEYS = 4
TWO_SYSTEMS = 5
CATALOGUE = 6
_FIRST_HASHED = 1 << 20
_SHORTEST_WAIT = 0.0005
_LONGEST_WAIT = 0.02


def hashed_place(name: str) -> int:
    """The byte that stands for a system or a draft. Two names that share one only wait for
    each other: that is slower, never wrong."""
    digest = hashlib.sha256(name.encode()).digest()
    return _FIRST_HASHED + int.from_bytes(digest[:5], "big")


class Locks:
    """The locks of one store; each is waited for at most `seconds`. Once there is a file `moved`,
    nobody gets one any more."""

    def __init__(self, calls: SystemCalls, path: str, seconds: float, moved: str = "") -> None:
        self._calls = calls
        self._path = path
        self._moved = moved
        self.seconds = seconds

    @contextmanager
    def held(self, place: int, what: str, seconds: float | None = None) -> Iterator[None]:
        """Hold one byte, waiting for the usual time or for `seconds`.

        Raises `StoreBusy` (naming `what` and the holder), `WriteFailed`, `StoreMoved`.
        """
        fd, shared = self._opened()
        try:
            self._take(fd, place, what, self.seconds if seconds is None else seconds, shared=shared)
            if self._moved:
                refuse_moved(self._calls, self._moved)
            yield
        finally:
            self._calls.close(fd)

    def wait_for_all(self) -> None:
        """Wait until nobody holds any. Raises `StoreBusy`, `WriteFailed`."""
        fd, shared = self._opened()
        try:
            self._take(fd, 0, "store", self.seconds, shared=shared, length=0)
        finally:
            self._calls.close(fd)

    def _opened(self) -> tuple[int, bool]:
        """The file, and whether its locks can only be shared: on a read-only file system, where
        nobody comes through this way who writes, and those who do elsewhere are kept out."""
        try:
            return self._calls.open(self._path, os.O_RDWR), False
        except OSError as error:
            if error.errno != errno.EROFS:
                raise WriteFailed(path=self._path, reason=system_word(error)) from error
        try:
            return self._calls.open(self._path, os.O_RDONLY), True
        except OSError as error:
            raise refused(self._path, error) from error

    @contextmanager
    def turn(self, what: str) -> Iterator[None]:
        """Hold a lock of its own, for which nothing has to be writable: one process at a time.

        Raises `StoreBusy`, `ReadFailed`.
        """
        with reading(self._path):
            fd = self._calls.open(self._path, os.O_RDONLY)
        try:
            if not self._taken(lambda: self._calls.flock(fd), self.seconds):
                raise StoreBusy(what=what, seconds=self.seconds, holder=0)
            yield
        finally:
            self._calls.close(fd)

    def _take(
        self, fd: int, place: int, what: str, seconds: float, *, shared: bool, length: int = 1
    ) -> None:
        def take() -> bool:
            return self._calls.lock(fd, place, length, shared=shared)

        if not self._taken(take, seconds):
            holder = lock_holder(self._path, place)
            raise StoreBusy(what=what, seconds=seconds, holder=holder)

    def _taken(self, take: Callable[[], bool], seconds: float) -> bool:
        """Whether the lock was got in that time."""
        end = time.monotonic() + seconds
        wait = _SHORTEST_WAIT
        while not self._tried(take):
            left = end - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(left, wait * random.uniform(0.5, 1.5)))  # noqa: S311 - jitter
            wait = min(wait * 2, _LONGEST_WAIT)
        return True

    def _tried(self, take: Callable[[], bool]) -> bool:
        try:
            return take()
        except OSError as error:
            raise WriteFailed(path=self._path, reason=system_word(error)) from error


def lock_holder(path: str, place: int) -> int:
    """The process that holds a byte, or 0 when it cannot be known.

    `F_OFD_GETLK` knows no process ids, but the kernel lists the locks of each open file under
    `/proc/PID/fdinfo`, which the processes of one account may read of each other.
    """
    try:
        return _holder(str(Path(path).resolve()), f":{Path(path).stat().st_ino}", place)
    except OSError:  # too many open files, no /proc: who it is helps, and is not needed
        return 0


def _holder(file: str, inode: str, place: int) -> int:
    for process in Path("/proc").glob("[0-9]*"):
        try:
            opened = [link.name for link in (process / "fd").iterdir() if _is(link, file)]
            for name in opened:
                lines = (process / "fdinfo" / name).read_text(encoding="ascii").splitlines()
                if any(_holds(line, inode, place) for line in lines):
                    return int(process.name)
        except OSError:  # ended meanwhile, or somebody else's
            continue
    return 0


def _is(link: Path, path: str) -> bool:
    try:
        return str(link.readlink()) == path
    except FileNotFoundError:  # closed meanwhile
        return False


def _holds(line: str, inode: str, place: int) -> bool:
    # lock:	1: OFDLCK ADVISORY  WRITE -1 fe:00:2146310 1048576 1048576
    words = line.split()
    return "OFDLCK" in words and words[-3].endswith(inode) and words[-2] == str(place)
