"""The number of the newest signing key, kept in the store: an older copy of the keys, put back
by mistake, would sign with an older key, and a rotation would give a used number again."""

from __future__ import annotations

from engine.errors import DocumentDamaged
from engine.store.calls import Calls
from engine.store.documents import replace_file
from engine.store.keys_folder import KeysFolder
from engine.store.layout import Layout


def check_newest(calls: Calls, layout: Layout, keys: KeysFolder) -> None:
    """Raise `KeysMissing` when the newest key is not there; `DocumentDamaged`."""
    try:
        text = calls.read(layout.newest_key)
    except FileNotFoundError:  # never rotated
        keys.require(1)
        return
    except OSError as error:
        raise DocumentDamaged(path=layout.newest_key, reason="io") from error
    if not text.strip().isdigit():
        raise DocumentDamaged(path=layout.newest_key, reason="shape")
    keys.require(int(text))


def remember_newest(calls: Calls, layout: Layout, number: int) -> None:
    """Raises `WriteFailed`."""
    replace_file(calls, layout.newest_key, b"%d\n" % number)
