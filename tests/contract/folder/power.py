"""A model of what a power cut may leave: what was never synced may be there, or not, or in part.

`Diary` makes the real calls and keeps a diary of them. After each call it can say which contents
the folder may have if the power goes at that moment:

- a file's content is what was last synced, or any later one, or half of what was written
  since, or zeros in its place;
- a name that was made, renamed or removed since its folder was last synced is there as before or
  as after, each for itself, in any combination.

Stricter than ext4 or XFS, which keep more in order than POSIX asks for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path

from engine.files.system_calls import SystemCalls

Files = dict[str, bytes]


class _File:
    """One file, whatever its names: its synced content, and what it may be instead."""

    def __init__(self, content: bytes) -> None:
        self.contents = [content]

    def changed(self, content: bytes) -> None:
        before = self.contents[-1]
        half = content[: (len(before) + len(content)) // 2]
        zeros = content[: len(before)] + bytes(max(0, len(content) - len(before)))
        self.contents += [half, zeros, content]

    def synced(self) -> None:
        self.contents = self.contents[-1:]


class _Change:
    """A change of names that its folder was not synced after."""

    def __init__(self, folder: str, removed: str | None, made: str | None, file: _File) -> None:
        self.folder = folder
        self.removed = removed
        self.made = made
        self.file = file

    def apply(self, names: dict[str, _File]) -> None:
        if self.removed is not None and names.get(self.removed) is self.file:
            del names[self.removed]
        if self.made is not None:
            names[self.made] = self.file


class Diary(SystemCalls):
    """The real calls, and what they have not yet put on disk. `states` is asked after each."""

    def __init__(self, files: Files) -> None:
        self._names = {path: _File(content) for path, content in files.items()}
        self._now = dict(self._names)
        self._changes: list[_Change] = []
        self._opened: dict[int, str] = {}
        self.moments: list[set[frozenset[tuple[str, bytes]]]] = []

    def states(self) -> Iterator[Files]:
        """All that the folder may hold if the power goes now."""
        for count in range(len(self._changes) + 1):
            for chosen in combinations(self._changes, count):
                names = dict(self._names)
                for change in chosen:
                    change.apply(names)
                contents = [names[path].contents for path in names]
                for each in product(*contents):
                    yield dict(zip(names, each, strict=True))

    def open(self, path: str, flags: int, mode: int = 0o600) -> int:
        fd = super().open(path, flags, mode)
        self._opened[fd] = path
        if flags & os.O_CREAT and path not in self._now:
            file = self._now[path] = _File(b"")
            self._changes.append(_Change(_folder(path), None, path, file))
        elif flags & os.O_TRUNC:
            self._now[path].changed(b"")
        self._note()
        return fd

    def write(self, fd: int, data: bytes) -> None:
        super().write(fd, data)
        path = self._opened[fd]
        self._now[path].changed(Path(path).read_bytes())
        self._note()

    def fsync(self, fd: int) -> None:
        super().fsync(fd)
        path = self._opened[fd]
        if path in self._now:
            self._now[path].synced()
        else:
            self._sync_names(path)
        self._note()

    def fdatasync(self, fd: int) -> None:
        super().fdatasync(fd)
        self._now[self._opened[fd]].synced()
        self._note()

    def syncfs(self, fd: int) -> None:
        super().syncfs(fd)
        for file in self._now.values():
            file.synced()
        self._sync_names(None)
        self._note()

    def rename(self, old: str, new: str) -> None:
        super().rename(old, new)
        file = self._now.pop(old)
        self._now[new] = file
        self._changes.append(_Change(_folder(new), old, new, file))
        self._note()

    def link(self, old: str, new: str) -> None:
        super().link(old, new)
        file = self._now[new] = self._now[old]
        self._changes.append(_Change(_folder(new), None, new, file))
        self._note()

    def unlink(self, path: str) -> None:
        super().unlink(path)
        self._changes.append(_Change(_folder(path), path, None, self._now.pop(path)))
        self._note()

    def _sync_names(self, folder: str | None) -> None:
        for change in self._changes:
            if folder in (None, change.folder):
                change.apply(self._names)
        self._changes = [c for c in self._changes if folder not in (None, c.folder)]

    def _note(self) -> None:
        self.moments.append({frozenset(files.items()) for files in self.states()})


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
