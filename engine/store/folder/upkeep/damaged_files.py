"""What is damaged is put aside, never thrown away."""

from __future__ import annotations

from engine.errors import WriteFailed, system_word
from engine.files.system_calls import SystemCalls
from engine.store.folder.documents import replace_file


def replace_damaged(calls: SystemCalls, path: str, data: bytes) -> None:
    """Put a document back; what is there stays beside. Raises as `replace_file`."""
    try:
        if calls.exists(path):
            calls.rename(path, _beside(calls, path))
    except OSError as error:
        raise WriteFailed(path=path, reason=system_word(error)) from error
    replace_file(calls, path, data)


def _beside(calls: SystemCalls, path: str) -> str:
    """A name that nothing has: an earlier damaged file may be all that is left of an order."""
    names = (f"{path}.damaged", *(f"{path}.damaged-{number}" for number in range(2, 1000)))
    return next(name for name in names if not calls.exists(name))
