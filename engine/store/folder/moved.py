"""What marks a store that was copied elsewhere, and is closed: a file that says where to."""

from __future__ import annotations

import os

from engine.errors import StoreMoved
from engine.files.system_calls import SystemCalls, refused


def moved_to(calls: SystemCalls, path: str) -> str | None:
    """Where the store was moved to that has this mark, or None. Raises `ReadFailed`."""
    try:
        return os.fsdecode(calls.read(path)) if calls.exists(path) else None
    except FileNotFoundError:  # opened again meanwhile
        return None
    except OSError as error:
        raise refused(path, error) from error


def refuse_moved(calls: SystemCalls, path: str) -> None:
    """Raises `StoreMoved` where there is that mark, `ReadFailed`."""
    to = moved_to(calls, path)
    if to is not None:
        raise StoreMoved(path=path.rpartition("/")[0], to=to)
