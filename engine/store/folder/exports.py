"""Exports: new text files in one folder, under names that the portal makes."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from itertools import count
from pathlib import Path

from engine.errors import WriteFailed, system_word
from engine.files.system_calls import Calls, sync_folder, write_synced

_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}")


def write_export(calls: Calls, folder: str, name: str, text: str) -> str:
    """Write a new file and say where it is; never over another, never through a link.

    A name that is taken gets a number: `order.txt`, `order-2.txt`. Raises `WriteFailed`, and
    `ValueError` for a name that the portal cannot have made.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"not a name for an export: {name!r}")
    data = text.encode()
    for number in count(1):
        path = f"{folder}/{_numbered(name, number)}"
        try:
            write_synced(calls, path, data, os.O_EXCL)
            sync_folder(calls, folder)
        except FileExistsError:
            continue
        except OSError as error:
            with suppress(OSError):  # half a file helps nobody
                calls.unlink(path)
            raise WriteFailed(path=path, reason=system_word(error)) from error
        break
    return path


def _numbered(name: str, number: int) -> str:
    path = Path(name)
    return name if number == 1 else f"{path.stem}-{number}{path.suffix}"
