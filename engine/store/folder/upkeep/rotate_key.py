"""A new signing key, and in the store the number of the key that signs.

Two steps where several servers need a copy of the key: prepared, it signs nowhere; rotated to, it
signs everywhere.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from engine.audit import EventName
from engine.errors import OutcomeUnknown, Unsettled, WriteFailed
from engine.keys.folder import KeysFolder
from engine.keys.making import add_key, confirm_keys
from engine.store.folder.documents import replace_file
from engine.store.folder.locks import KEYS
from engine.store.folder.store import FolderStore


def prepare(store: FolderStore, folder: Path, who: str) -> int:
    """A signing key that does not sign yet; answers its number, and asked again the same.

    Raises `KeysUsedUp`, `StoreBusy`, `WriteFailed` (there is no new key), `OutcomeUnknown`
    (there is: ask again).
    """
    with store.folder.locks.held(KEYS, "keys"):
        return _new_key(store, folder, EventName.KEY_PREPARE, who)


def rotate(store: FolderStore, folder: Path, who: str) -> int:
    """Let the key that is prepared sign from now on, or a new one; answers its number.

    A rotation that failed when its key was there is finished, however often it is asked for: no
    other key is made. Raises as `prepare`; until it answers, the key of before signs.
    """
    with store.folder.locks.held(KEYS, "keys"):
        number = _new_key(store, folder, EventName.KEY_ROTATE, who)
        try:
            with suppress(OutcomeUnknown):  # gone after a power cut, the next rotation is this one
                _write_number(store, number)
        except WriteFailed as error:
            raise OutcomeUnknown(
                path=error.path, reason=error.reason, what=Unsettled.KEY
            ) from error
    return number


def _new_key(store: FolderStore, folder: Path, event: EventName, who: str) -> int:
    """The number of a key that does not sign: one that is prepared, unless it was withdrawn, or
    one that is made. With its line in the audit log first."""
    calls, known = store.folder.calls, store.signing_key()
    ring = KeysFolder(folder).signing(known)
    waiting = ring.newest > ring.signs and ring.newest not in store.withdrawn_keys()
    number = ring.newest if waiting else ring.next_number()
    if not waiting or event is EventName.KEY_ROTATE:
        store.record(event, who, key=str(number))
    if waiting:
        confirm_keys(folder, calls)
        return number
    if known is None:  # else the highest signs, which will be this one
        _say_which_signs(store, ring.signs)
    return add_key(folder, calls)


def _say_which_signs(store: FolderStore, number: int) -> None:
    try:
        _write_number(store, number)
    except OutcomeUnknown as error:  # nothing depends on it yet
        raise WriteFailed(path=error.path, reason=error.reason) from error


def _write_number(store: FolderStore, number: int) -> None:
    replace_file(store.folder.calls, store.folder.paths.newest_key, b"%d\n" % number)
