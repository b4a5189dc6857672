"""Where exports go: new text files in one folder, under names that the portal makes."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from itertools import count
from pathlib import Path
from threading import Lock

from engine.errors import ExportsClosed, WriteFailed, system_word
from engine.files.system_calls import SystemCalls
from engine.files.writing import sync_folder, write_synced

_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}")


class ExportFolder:
    """`engine.ports.Exports` of an installation: the folder `export` in its store's folder."""

    def __init__(self, folder: str, calls: SystemCalls | None = None) -> None:
        self._folder = folder
        self._calls = calls or SystemCalls()

    def write(self, name: str, text: str) -> str:
        """Write a new file and say where it is; never over another, never through a link.

        A name that is taken gets a number: `order.txt`, `order-2.txt`. Raises `WriteFailed`, and
        `ValueError` for a name that the portal cannot have made.
        """
        if not _NAME.fullmatch(name):
            raise ValueError(f"not a name for an export: {name!r}")
        data = text.encode()
        for number in count(1):
            path = f"{self._folder}/{_numbered(name, number)}"
            try:
                write_synced(self._calls, path, data, os.O_EXCL)
                sync_folder(self._calls, self._folder)
            except FileExistsError:
                continue
            except OSError as error:
                with suppress(OSError):  # half a file helps nobody
                    self._calls.unlink(path)
                raise WriteFailed(path=path, reason=system_word(error)) from error
            break
        return path


class TemporaryExports:
    """Of the demonstration: a temporary folder, made for the first export, removed by `close`."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._folder: str | None = None

    def write(self, name: str, text: str) -> str:
        """As `ExportFolder.write`."""
        import tempfile  # only here: who has an installation need not wait for it

        with self._turn:
            self._folder = self._folder or tempfile.mkdtemp(prefix="keycode-portal-")
        return ExportFolder(self._folder).write(name, text)

    def close(self) -> None:
        """Remove what was exported."""
        import shutil

        with self._turn:
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


class NoExports:
    """Of a kiosk: no file is written."""

    def write(self, name: str, text: str) -> str:
        """Raises `ExportsClosed`."""
        raise ExportsClosed


def _numbered(name: str, number: int) -> str:
    path = Path(name)
    return name if number == 1 else f"{path.stem}-{number}{path.suffix}"
