"""The numbers of the signing keys that were withdrawn: a file of the store, one number a line."""

from __future__ import annotations

from engine.audit import EventName
from engine.errors import DocumentDamaged, DocumentFault
from engine.files.system_calls import SystemCalls
from engine.store.folder.documents import read_bytes, replace_file
from engine.store.folder.journal.journal import Entry
from engine.store.folder.locks import KEYS
from engine.store.folder.paths import Paths
from engine.store.folder.store_folder import StoreFolder


def withdrawn_keys(calls: SystemCalls, paths: Paths) -> frozenset[int]:
    """The numbers. Raises `DocumentDamaged`, `ReadFailed`."""
    try:
        text = read_bytes(calls, paths.withdrawn_keys)
    except FileNotFoundError:  # none ever was
        return frozenset()
    return numbers_in(text, paths.withdrawn_keys)


def numbers_in(text: bytes, path: str) -> frozenset[int]:
    """The numbers in a file of this text. Raises `DocumentDamaged`, which names `path`."""
    lines = text.split()
    if not all(line.isdigit() for line in lines):
        raise DocumentDamaged(path=path, reason=DocumentFault.SHAPE)
    return frozenset(map(int, lines))


def withdraw_key(folder: StoreFolder, number: int, who: str) -> bool:
    """See `engine.ports.Store`."""
    with folder.locks.held(KEYS, "keys"):
        known = withdrawn_keys(folder.calls, folder.paths)
        if number in known:
            return False
        folder.journal.append([Entry(EventName.KEY_WITHDRAW, who, {"key": str(number)})])
        lines = "".join(f"{each}\n" for each in sorted({*known, number}))
        replace_file(folder.calls, folder.paths.withdrawn_keys, lines.encode())
        return True
