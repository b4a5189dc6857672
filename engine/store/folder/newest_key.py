"""The number of the key that signs, kept in the store and not told by the keys there are: an older
copy of them, put back by mistake, would sign with an older key, and a key that is prepared for
several servers must not sign before all of them have it."""

from __future__ import annotations

import re

from engine.errors import DocumentDamaged, DocumentFault
from engine.files.system_calls import SystemCalls
from engine.store.folder.documents import read_bytes
from engine.store.folder.paths import Paths

_NUMBER = re.compile(rb"\d{1,3}\s*")


def signing_key(calls: SystemCalls, paths: Paths) -> int | None:
    """The number of the key that signs; None: the highest there is. Raises `DocumentDamaged`,
    `ReadFailed`."""
    try:
        text = read_bytes(calls, paths.newest_key)
    except FileNotFoundError:  # never rotated
        return None
    return number_in(text, paths.newest_key)


def number_in(text: bytes, path: str) -> int:
    """The number in a file of this text. Raises `DocumentDamaged`, which names `path`."""
    if not _NUMBER.fullmatch(text):
        raise DocumentDamaged(path=path, reason=DocumentFault.SHAPE)
    return int(text)
