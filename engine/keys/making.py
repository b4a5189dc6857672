"""Making keys: a new folder of them, or one more to sign with."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from engine.errors import (
    OutcomeUnknown,
    StoreNotEmpty,
    Unsettled,
    WriteFailed,
    system_word,
)
from engine.files.system_calls import SystemCalls
from engine.files.writing import make_folder, sync_folder, write_synced
from engine.keycode.signing import KEY_BYTES
from engine.keys.folder import AUDIT, FILE_MODE, FOLDER_MODE, HALF, PEPPER, KeysFolder, signing_name


def create_keys(
    folder: str | os.PathLike[str], calls: SystemCalls | None = None, *, again: bool = False
) -> None:
    """A new folder with one signing key, a pepper and an audit key. Raises as `put_keys`."""
    keys = {name: _new_key() for name in (PEPPER, AUDIT, signing_name(1))}
    put_keys(folder, keys, calls, again=again)


def put_keys(
    folder: str | os.PathLike[str],
    keys: Mapping[str, bytes],
    calls: SystemCalls | None = None,
    *,
    again: bool = False,
) -> None:
    """A new folder with these keys, by file name; `again`: some of them may be there, since an
    attempt was cut short. Raises `StoreNotEmpty`, `WriteFailed`."""
    calls = calls or SystemCalls()
    path = Path(folder).absolute()
    try:
        make_folder(calls, str(path))
        there = set(calls.names(str(path)))
        if there and not again:
            raise StoreNotEmpty(path=str(path))
        calls.chmod(str(path), FOLDER_MODE)
        for name in filter(HALF.fullmatch, there):
            calls.unlink(str(path / name))
        for name, key in keys.items():
            if name not in there:
                _write_key(calls, path, name, key)
        sync_folder(calls, str(path))
        sync_folder(calls, str(path.parent))
    except OSError as error:
        raise WriteFailed(path=str(path), reason=system_word(error)) from error


def add_key(folder: str | os.PathLike[str], calls: SystemCalls | None = None) -> int:
    """Add a signing key and give its number.

    Raises `KeysUsedUp`, `WriteFailed` (there is no new key), `OutcomeUnknown` (there is, and a
    power cut may take it away: `confirm_keys`), and what reading the keys raises.
    """
    calls = calls or SystemCalls()
    path = Path(folder).absolute()
    while True:
        number = KeysFolder(path, calls).ring().next_number()
        try:
            _write_key(calls, path, signing_name(number), _new_key())
        except FileExistsError:  # somebody else rotates at the same time
            continue
        except OSError as error:
            raise WriteFailed(path=str(path), reason=system_word(error)) from error
        confirm_keys(path, calls)
        return number


def confirm_keys(folder: str | os.PathLike[str], calls: SystemCalls) -> None:
    """Put the names of the keys on disk. Raises `OutcomeUnknown`."""
    try:
        sync_folder(calls, str(folder))
    except OSError as error:
        raise OutcomeUnknown(
            path=str(folder), reason=system_word(error), what=Unsettled.KEY
        ) from error


def _new_key() -> bytes:
    return f"{secrets.token_hex(KEY_BYTES)}\n".encode()


def _write_key(calls: SystemCalls, folder: Path, name: str, text: bytes) -> None:
    """Write a key under a name that nobody else has taken: whole, or not there."""
    temporary = str(folder / f".{name}.{secrets.token_hex(4)}")
    try:
        write_synced(calls, temporary, text, os.O_EXCL, FILE_MODE)
        calls.link(temporary, str(folder / name))
    finally:
        with suppress(OSError):  # the key is there, or not, whatever becomes of this name
            calls.unlink(temporary)
