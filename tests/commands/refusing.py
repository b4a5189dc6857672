"""Calls to the system that are refused, one after the other, in a command that runs in here."""

from __future__ import annotations

import builtins
import errno
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

BY_PATH = (
    *("open", "stat", "lstat", "statvfs", "listdir", "scandir", "readlink", "mkdir"),
    *("rename", "replace", "link", "unlink", "rmdir", "chmod"),
)
BY_NUMBER = ("read", "pread", "write", "fsync", "fdatasync", "fstat")


class Refusing:
    """Counts the calls that concern a folder, and refuses the `at`-th of them, once."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._readlink = os.readlink
        self.at = 0
        self.fault = errno.EIO
        self.made: list[str] = []

    def aim(self, at: int, fault: int) -> None:
        """From now on; 0 refuses nothing."""
        self.at, self.fault = at, fault
        self.made = []

    def patch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Put it between Python and the system."""
        for name in BY_PATH:
            monkeypatch.setattr(os, name, self._by_path(name, getattr(os, name)))
        for name in BY_NUMBER:
            monkeypatch.setattr(os, name, self._by_number(name, getattr(os, name)))
        opened = self._by_path("open", builtins.open)
        monkeypatch.setattr(builtins, "open", opened)
        monkeypatch.setattr(io, "open", opened)

    def _by_path(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def made(path: Any, *rest: Any, **more: Any) -> Any:
            if not isinstance(path, int) and os.fsdecode(path).startswith(self._folder):
                self._count(name, os.fsdecode(path))
            return call(path, *rest, **more)

        return made

    def _by_number(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def made(number: int, *rest: Any) -> Any:
            path = self._readlink(f"/proc/self/fd/{number}")
            if path.startswith(self._folder):
                self._count(name, path)
            return call(number, *rest)

        return made

    def _count(self, name: str, path: str) -> None:
        self.made.append(f"{name} {path}")
        if len(self.made) == self.at:
            raise OSError(self.fault, os.strerror(self.fault), path)
