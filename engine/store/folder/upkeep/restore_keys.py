"""The keys of a restore: those in the backup, or in the folder. Looked at before anything is
written: a store whose keys turn out to be wrong would be in the way."""

from __future__ import annotations

from typing import NamedTuple

from engine.errors import BackupFault, BackupWrong, DocumentDamaged
from engine.keycode.signing import KeyRing
from engine.keys.folder import AUDIT, PEPPER, KeysFolder, key_of, signing_name
from engine.store.folder.newest_key import number_in
from engine.store.folder.upkeep.backup_file import Manifest
from engine.store.folder.upkeep.backup_reading import BackupFile
from engine.store.folder.withdrawn_keys import numbers_in

_LONGEST = 200


class ChosenKeys(NamedTuple):
    """Which keys the restored store will have."""

    put: dict[str, bytes]
    """Keys of the backup that are to be put into the folder, by file name."""
    signs: int | None
    """The number of the key that signs, if the store has to say so: else the highest there is."""


def choose_keys(backup: BackupFile, manifest: Manifest, keys: KeysFolder) -> ChosenKeys:
    """Those of the folder; those of the backup, if it has them, where the folder has none or,
    after a restore that was cut short, some of these.

    Raises `BackupWrong`, also when it was made with other keys; `KeyTrouble`.
    """
    texts = {
        name: file.read(_LONGEST)
        for name, file in backup.read("")
        if name in ("newest-key", "withdrawn-keys") or name.startswith("keys/")
    }
    signs, withdrawn = _numbers(
        backup, texts.pop("newest-key", None), texts.pop("withdrawn-keys", b"")
    )
    inside = {name.removeprefix("keys/"): text for name, text in texts.items()}
    if inside and keys.files().items() <= inside.items():
        ring = _ring(backup, inside)
        backup.check_mac(manifest, key_of(inside[AUDIT]) or b"")
        if signs is not None and signs not in ring.numbers:
            raise BackupWrong(path=backup.path, reason=BackupFault.DAMAGED)
        return ChosenKeys(inside, signs)
    backup.check_mac(manifest, keys.audit_key())
    keys.pepper()
    # The key that signed then may have been lost since: the highest signs.
    ring = keys.signing(signs)
    good = max(set(ring.numbers) - withdrawn, default=ring.newest)
    return ChosenKeys({}, None if good == ring.newest and signs is None else good)


def _numbers(
    backup: BackupFile, signs: bytes | None, withdrawn: bytes
) -> tuple[int | None, frozenset[int]]:
    """The number of the key that signs, if the backup says so, and those that were withdrawn."""
    try:
        number = None if signs is None else number_in(signs, backup.path)
        return number, numbers_in(withdrawn, backup.path)
    except DocumentDamaged:
        raise BackupWrong(path=backup.path, reason=BackupFault.DAMAGED) from None


def _ring(backup: BackupFile, keys: dict[str, bytes]) -> KeyRing:
    signing = {number: signing_name(number) for number in range(1, len(keys) - 1)}
    found = {name: key_of(text) for name, text in keys.items()}
    try:
        if keys.keys() != {AUDIT, PEPPER, *signing.values()} or not all(found.values()):
            raise ValueError
        return KeyRing({number: found[name] or b"" for number, name in signing.items()})
    except ValueError:
        raise BackupWrong(path=backup.path, reason=BackupFault.DAMAGED) from None
