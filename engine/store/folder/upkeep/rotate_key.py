"""A new signing key, and the number of it in the store."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from engine.audit import EventName
from engine.errors import OutcomeUnknown, Unsettled, WriteFailed
from engine.keys.folder import KeysFolder
from engine.keys.making import add_key, confirm_keys
from engine.store.folder.documents import replace_file
from engine.store.folder.locks import KEYS
from engine.store.folder.newest_key import newest_key
from engine.store.folder.store import FolderStore


def rotate(store: FolderStore, folder: Path, who: str) -> int:
    """A new signing key, which signs from now on; answers its number.

    A rotation that failed when its key was in place is finished, however often it is asked for:
    no other key is made. Raises `KeysUsedUp`, `StoreBusy`, `WriteFailed` (there is no new key),
    `OutcomeUnknown` (there is, and it signs: ask again).
    """
    calls, paths = store.folder.calls, store.folder.paths
    with store.folder.locks.held(KEYS, "keys"):
        ring = KeysFolder(folder).ring()
        number = ring.newest
        if number == newest_key(calls, paths) + 1:
            confirm_keys(folder, calls)
        else:
            store.record(EventName.KEY_ROTATE, who, key=str(ring.next_number()))
            number = add_key(folder, calls)
        try:
            with suppress(OutcomeUnknown):  # gone after a power cut, the next rotation is this one
                replace_file(calls, paths.newest_key, b"%d\n" % number)
        except WriteFailed as error:
            raise OutcomeUnknown(
                path=error.path, reason=error.reason, what=Unsettled.KEY
            ) from error
    return number
