"""Calls to the system that fail or never return, at a place that the test chooses."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from functools import partial
from typing import Any

from engine.files.system_calls import SystemCalls

CHANGING = (
    *("open", "write", "fsync", "fdatasync", "syncfs", "rename", "link", "unlink", "mkdir"),
    *("lock", "flock", "close", "chmod"),
)
READING = (
    *("read", "pread", "reader", "names", "size", "exists", "status", "writable", "statvfs"),
    "file_system_type",
)
KILLED = 9


class Faulty(SystemCalls):
    """The real calls, but the `at`-th (from 1) fails: with an errno, or by the process's end.

    `for_good`: all after it fail too. A write that fails has written half before.
    """

    def __init__(self, at: int = 0, fault: int | None = None, *, for_good: bool = False) -> None:
        self.count = 0
        self.made: list[str] = []
        self._at = at
        self._fault = fault
        self._for_good = for_good

    def __getattribute__(self, name: str) -> Any:
        call = super().__getattribute__(name)
        if name not in CHANGING and name not in READING:
            return call
        return lambda *arguments, **more: self._made(name, partial(call, **more), arguments)

    def _made(self, name: str, call: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        self.count += 1
        self.made.append(name)
        if self.count == self._at or (self._for_good and self.count > self._at > 0):
            self._fail(name, call, arguments)
        return call(*arguments)

    def _fail(self, name: str, call: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        if name == "write":
            fd, data = arguments
            call(fd, data[: len(data) // 2])
        if self._fault is None:
            os._exit(KILLED)
        if name != "close":  # `SystemCalls.close` answers nothing: Linux closes in any case
            raise OSError(self._fault, errno.errorcode[self._fault])


def in_child(work: Callable[[], object]) -> int:
    """Run `work` in a process of its own and say how it ended: 0, or `KILLED`."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Unwritable(SystemCalls):
    """A disk that can only be read, full (`ENOSPC`) or `EROFS`, as long as `fault` says so."""

    fault: int | None = errno.ENOSPC

    def open(self, path: str, flags: int, mode: int = 0o600) -> int:
        making = flags & os.O_CREAT
        if making or (self.fault == errno.EROFS and flags & (os.O_WRONLY | os.O_RDWR)):
            self._refuse(path)
        return super().open(path, flags, mode)

    def write(self, fd: int, data: bytes) -> None:
        self._refuse("")
        super().write(fd, data)

    def rename(self, old: str, new: str) -> None:
        self._refuse(new)
        super().rename(old, new)

    def mkdir(self, path: str, mode: int = 0o700) -> None:
        self._refuse(path)
        super().mkdir(path, mode)

    def unlink(self, path: str) -> None:
        if self.fault == errno.EROFS:
            self._refuse(path)
        super().unlink(path)

    def _refuse(self, path: str) -> None:
        if self.fault is not None:
            raise OSError(self.fault, os.strerror(self.fault), path)
