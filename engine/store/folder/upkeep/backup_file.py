"""The one file of a backup: a tar that gzip has packed, which any tar unpacks.

    systems/000.jsonl … fff.jsonl   the documents of a folder, one a line, byte for byte
    systems/again.jsonl             those that changed meanwhile, as they were at the end
    companies.jsonl  users.jsonl    the documents of companies and users, in the same way
    ssh-keys.jsonl                  those of SSH keys, where there are any
    papers.jsonl                    those of requests and quotes, where there are any
    drafts/SHA256.json  journal/2026-11.jsonl  settings.toml  newest-key  withdrawn-keys
    catalogue/20261201T000000Z-aastra5000.toml
    keys/*.key                      only when asked for
    manifest.json                   last: the SHA-256 of every other member, and a mac over it all

The mac is HMAC-SHA-256 with the audit key: whoever changes a backup without that key is found
out, and so is the backup of another installation. Backups of layout 1 have `accounts.json` in the
place of companies and users.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import tarfile
from datetime import datetime
from typing import IO, Protocol

import msgspec
from msgspec import Struct
from msgspec.structs import replace

FORMAT = 1
AGAIN = "systems/again.jsonl"
MANIFEST = "manifest.json"


class Manifest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a backup holds."""

    format: int = FORMAT
    layout: int
    """Of the store."""
    made_at: datetime
    """The moment that it shows: every order confirmed before is in it."""
    systems: int
    with_keys: bool
    members: dict[str, str] = {}
    """SHA-256 of each."""
    mac: str = ""

    def sealed(self, key: bytes) -> Manifest:
        """The same with its mac."""
        return replace(self, mac=self._mac(key))

    def holds(self, key: bytes) -> bool:
        """Whether it was made with that audit key and not changed since."""
        return hmac.compare_digest(self.mac, self._mac(key))

    def _mac(self, key: bytes) -> str:
        return hmac.digest(key, msgspec.json.encode(replace(self, mac="")), "sha256").hex()


class Readable(Protocol):
    """Anything that bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes."""


class HashingReader:
    """Reads the first `size` bytes of a file, and knows their SHA-256 when they are read."""

    def __init__(self, file: Readable, size: int) -> None:
        self._file = file
        self._left = size
        self._hash = hashlib.sha256()

    def read(self, size: int) -> bytes:
        """Up to `size` bytes."""
        data = self._file.read(min(size, self._left))
        self._left -= len(data)
        self._hash.update(data)
        return data

    @property
    def digest(self) -> str:
        """SHA-256 of what was read."""
        return self._hash.hexdigest()


class BackupWriter:
    """Puts members into an open file."""

    def __init__(self, file: IO[bytes]) -> None:
        # Closed by `finish`; what is not finished is thrown away with its file. GNU's format writes
        # a long size into the heading itself, where the default one adds a member for it.
        self._tar = tarfile.open(  # noqa: SIM115
            fileobj=file, mode="w:gz", compresslevel=1, format=tarfile.GNU_FORMAT
        )
        self._members: dict[str, str] = {}

    def add(self, name: str, data: bytes) -> None:
        """A member with that content."""
        self.add_file(name, io.BytesIO(data), len(data))

    def add_file(self, name: str, file: Readable, size: int) -> None:
        """A member with the first `size` bytes of a file, however long it is."""
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        reader = HashingReader(file, size)
        self._tar.addfile(info, reader)  # type: ignore[arg-type]  # it asks for `read` alone
        self._members[name] = reader.digest

    def finish(self, manifest: Manifest, key: bytes) -> Manifest:
        """The manifest, which closes the backup."""
        manifest = replace(manifest, members=dict(self._members)).sealed(key)
        self.add(MANIFEST, msgspec.json.encode(manifest))
        self._tar.close()
        return manifest
