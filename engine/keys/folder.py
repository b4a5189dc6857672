"""The folder of keys, apart from the store.

    KEYS/               0700, owned by whom the portal runs as
      signing-01.key    64 hexadecimal digits and a line feed; which number signs, the store knows
      pepper.key        mixed into passwords before they are hashed
      audit.key         chains the journal

Files are 0400. Whoever can read this folder can make keycodes: anything more open is refused.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_IMODE

from engine.errors import (
    KeyDamaged,
    KeysMissing,
    KeysOfAnother,
    KeysTooOpen,
    KeysUnreadable,
    system_word,
)
from engine.files.system_calls import DAMAGE, SystemCalls
from engine.keycode.signing import KEY_BYTES, KeyRing

FOLDER_MODE = 0o700
FILE_MODE = 0o400
_SIGNING = re.compile(r"signing-(\d\d)\.key")
HALF = re.compile(r"\.[a-z0-9-]+\.key\.[0-9a-f]{8}")
"""A key that is being written."""
_HEXADECIMAL = re.compile(rb"[0-9a-f]{%d}\n?" % (2 * KEY_BYTES))
PEPPER = "pepper.key"
AUDIT = "audit.key"


class KeysFolder:
    """The keys in a folder, read when they are asked for.

    Everything raises `KeysMissing`, `KeyDamaged`, `KeysTooOpen`, `KeysOfAnother`,
    `KeysUnreadable`.
    """

    def __init__(self, folder: str | os.PathLike[str], calls: SystemCalls | None = None) -> None:
        self.path = self._path = Path(folder).absolute()
        self._calls = calls or SystemCalls()
        self._seen: tuple[object, ...] | None = None
        self._ring: KeyRing | None = None

    def ring(self) -> KeyRing:
        """The signing keys (`engine.keycode.signing.Keys`); read again when the folder changed."""
        # The names too: two changes within a tick of the clock have one time.
        folder, names = self._checked_folder(), self._names()
        seen = (*folder, *names)
        if self._ring is None or seen != self._seen:
            numbers = {
                int(match[1]): self._key(match[0])
                for match in filter(None, map(_SIGNING.fullmatch, names))
            }
            if not numbers:
                raise KeysMissing(path=str(self._path), name=signing_name(1))
            ring = self._checked_ring(numbers)
            for number in range(1, ring.newest):  # a rotation never takes one away
                if number not in numbers:
                    raise KeysMissing(path=str(self._path), name=signing_name(number))
            self._ring = ring
            self._seen = seen
        return self._ring

    def signing(self, number: int | None) -> KeyRing:
        """The signing keys, of which that number signs (None: the highest). Raises `KeysMissing`
        when it is not there: no other may sign in its place."""
        if number is None:
            return self.ring()
        self.require(number)
        return self.ring().signing_with(number)

    def pepper(self) -> bytes:
        """What is mixed into passwords: 32 bytes."""
        self._checked_folder()
        return self._key(PEPPER)

    def audit_key(self) -> bytes:
        """What chains the journal: 32 bytes."""
        self._checked_folder()
        return self._key(AUDIT)

    def require(self, number: int) -> None:
        """Raise `KeysMissing` unless there is a signing key of that number."""
        if number not in self.ring().numbers:
            raise KeysMissing(path=str(self._path), name=signing_name(number))

    def texts(self) -> Iterator[tuple[str, bytes]]:
        """Names and contents of all keys, for a backup that is to hold them."""
        names = [PEPPER, AUDIT, *map(signing_name, self.ring().numbers)]
        return ((name, f"{self._key(name).hex()}\n".encode()) for name in names)

    def is_empty(self) -> bool:
        """Whether there is no such folder yet, or nothing in it."""
        try:
            return not self._names()
        except KeysMissing:
            return True
        except KeysUnreadable:
            self._checked_folder()  # which knows more, when the folder is somebody else's
            raise

    def files(self) -> dict[str, bytes]:
        """What lies there, by name, right or wrong; nothing where there is no such folder."""
        found: dict[str, bytes] = {}
        for name in () if self.is_empty() else self._names():
            if not HALF.fullmatch(name):
                with self._read(name):
                    found[name] = self._calls.read(f"{self._path}/{name}")
        return found

    def _checked_folder(self) -> tuple[int, int]:
        with self._read(""):
            status = self._calls.status(str(self._path), follow=True)
        self._check_mode("", status, FOLDER_MODE)
        return status.st_mtime_ns, status.st_ino

    def _names(self) -> list[str]:
        with self._read(""):
            return sorted(self._calls.names(str(self._path)))

    def _key(self, name: str) -> bytes:
        path = f"{self._path}/{name}"
        with self._read(name):
            self._check_mode(name, self._calls.status(path), FILE_MODE)
            key = key_of(self._calls.read(path))
        if key is None:
            raise KeyDamaged(path=str(self._path), name=name)
        return key

    @contextmanager
    def _read(self, name: str) -> Iterator[None]:
        path = str(self._path)
        try:
            yield
        except (FileNotFoundError, NotADirectoryError):
            raise KeysMissing(path=path, name=name) from None
        except OSError as error:
            if name and error.errno in DAMAGE:
                raise KeyDamaged(path=path, name=name) from error
            raise KeysUnreadable(path=path, name=name, reason=system_word(error)) from error

    def _checked_ring(self, keys: dict[int, bytes]) -> KeyRing:
        try:
            return KeyRing(keys)
        except ValueError:  # a file name with a number that no keycode can hold
            raise KeyDamaged(path=str(self._path), name=signing_name(max(keys))) from None

    def _check_mode(self, name: str, status: os.stat_result, wanted: int) -> None:
        mode, owner, user = S_IMODE(status.st_mode), status.st_uid, os.geteuid()
        if owner != user:
            raise KeysOfAnother(path=str(self._path), name=name, owner=owner, user=user)
        if mode & ~wanted:
            raise KeysTooOpen(
                path=str(self._path), name=name, mode=f"{mode:04o}", wanted=f"{wanted:04o}"
            )


def key_of(text: bytes) -> bytes | None:
    """The key that a file of this text holds, or None."""
    return bytes.fromhex(text.decode()) if _HEXADECIMAL.fullmatch(text) else None


def signing_name(number: int) -> str:
    """The name of the file of that signing key."""
    return f"signing-{number:02d}.key"
