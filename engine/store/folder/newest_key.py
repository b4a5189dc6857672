"""The number of the newest signing key, kept in the store: an older copy of the keys, put back
by mistake, would sign with an older key, and a rotation would give a used number again."""

from __future__ import annotations

import re

from engine.errors import DocumentDamaged, DocumentFault
from engine.files.system_calls import SystemCalls
from engine.store.folder.documents import read_bytes
from engine.store.folder.paths import Paths

_NUMBER = re.compile(rb"\d{1,3}\s*")


def newest_key(calls: SystemCalls, paths: Paths) -> int:
    """The number of the newest key that this store knows of. Raises `DocumentDamaged`,
    `ReadFailed`."""
    try:
        text = read_bytes(calls, paths.newest_key)
    except FileNotFoundError:  # never rotated
        return 1
    return number_in(text, paths.newest_key)


def number_in(text: bytes, path: str) -> int:
    """The number in a file of this text. Raises `DocumentDamaged`, which names `path`."""
    if not _NUMBER.fullmatch(text):
        raise DocumentDamaged(path=path, reason=DocumentFault.SHAPE)
    return int(text)
