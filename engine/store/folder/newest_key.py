"""The number of the newest signing key, kept in the store: an older copy of the keys, put back
by mistake, would sign with an older key, and a rotation would give a used number again."""

from __future__ import annotations

import re
from contextlib import suppress

from engine.errors import DocumentDamaged, OutcomeUnknown, WriteFailed
from engine.files.system_calls import Calls
from engine.keys.folder import KeysFolder, add_key, confirm_keys
from engine.store.folder.documents import read_bytes, replace_file
from engine.store.folder.locks import KEYS
from engine.store.folder.paths import Layout
from engine.store.folder.store import FolderStore

_NUMBER = re.compile(rb"\d{1,3}\s*")


def check_newest(calls: Calls, layout: Layout, keys: KeysFolder) -> None:
    """Raise `KeysMissing` when the newest key is not there; as `newest`."""
    keys.require(newest(calls, layout))


def newest(calls: Calls, layout: Layout) -> int:
    """The number of the newest key that this store knows of. Raises `DocumentDamaged`,
    `ReadFailed`."""
    try:
        text = read_bytes(calls, layout.newest_key)
    except FileNotFoundError:  # never rotated
        return 1
    return number_in(text, layout.newest_key)


def number_in(text: bytes, path: str) -> int:
    """The number in a file of this text. Raises `DocumentDamaged`, which names `path`."""
    if not _NUMBER.fullmatch(text):
        raise DocumentDamaged(path=path, reason="shape")
    return int(text)


def rotate(store: FolderStore, folder: str, who: str) -> int:
    """A new signing key, which signs from now on; answers its number.

    A rotation that failed when its key was in place is finished, however often it is asked for:
    no other key is made. Raises `KeysUsedUp`, `StoreBusy`, `WriteFailed` (there is no new key),
    `OutcomeUnknown` (there is, and it signs: ask again).
    """
    calls, layout = store.room.calls, store.room.layout
    with store.room.locks.held(KEYS, "keys"):
        ring = KeysFolder(folder).ring()
        number = ring.newest
        if number == newest(calls, layout) + 1:
            confirm_keys(folder, calls)
        else:
            store.record("key-rotate", who, key=str(ring.next_number()))
            number = add_key(folder, calls)
        try:
            with suppress(OutcomeUnknown):  # gone after a power cut, the next rotation is this one
                replace_file(calls, layout.newest_key, b"%d\n" % number)
        except WriteFailed as error:
            raise OutcomeUnknown(path=error.path, reason=error.reason, what="key") from error
    return number
