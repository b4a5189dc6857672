"""Reading a backup, of which nothing is believed."""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import msgspec

from engine.errors import BackupFault, BackupWrong, FileUnreadable, system_word
from engine.files.system_calls import SystemCalls
from engine.store.folder.documents import NOT_JSON
from engine.store.folder.upkeep.backup_file import (
    FORMAT,
    MANIFEST,
    HashingReader,
    Manifest,
    Readable,
)

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_MEMBER = re.compile(
    r"systems/([0-9a-f]{3}|again)\.jsonl|(companies|users|ssh-keys|papers)\.jsonl|accounts\.json"
    r"|drafts/[0-9a-f]{64}\.json|journal/\d{4}-\d\d\.jsonl|settings\.toml|newest-key|withdrawn-keys"
    r"|catalogue/\d{8}T\d{6}Z-[a-z0-9-]+\.toml"
    r"|keys/[a-z0-9-]{1,20}\.key"
)
_PIECE = 1 << 20
_BLOCK = tarfile.BLOCKSIZE
_PLAIN = (tarfile.REGTYPE, tarfile.AREGTYPE)

# What a backup can be, by the length of its file: who sends another one must not keep a restore
# busy for ever. Whatever is written is read back, so that no backup is made that is refused here.
_UNPACKED_LEAST = 64 << 20
_UNPACKED_TIMES = 300
"""gzip makes a row of zeros about 230 times shorter at the level used here, documents ten times."""
_MEMBERS_LEAST = 5000
_BYTES_A_MEMBER = 64
"""A draft has two hashes, in its name and in its seal, which cannot be packed at all."""
_MANIFEST_LEAST = 4096
_MANIFEST_A_MEMBER = 256


class BackupFile:
    """A backup that is to be read. Nothing in it is believed: of a tar only plain files are read,
    no more of them than a file of its length can hold."""

    def __init__(self, path: str, calls: SystemCalls | None = None) -> None:
        self.path = path
        self._calls = calls or SystemCalls()

    def manifest(self) -> Manifest:
        """Read all of it once. Raises `FileUnreadable`; `BackupWrong` when it is no backup, or
        is not whole."""
        found, text = self._sums()
        try:
            manifest = msgspec.json.decode(text, type=Manifest)
        except NOT_JSON:
            raise self._wrong(BackupFault.NONE if not found else BackupFault.CUT) from None
        if manifest.format > FORMAT:
            raise self._wrong(BackupFault.TOO_NEW)
        if manifest.members != found:
            raise self._wrong(BackupFault.CHANGED)
        return manifest

    def _sums(self) -> tuple[dict[str, str], bytes]:
        """The SHA-256 of each member, and the text of the manifest."""
        found: dict[str, str] = {}
        text = b""
        for name, size, file in self._members():
            if name == MANIFEST and not text:
                if size > _MANIFEST_LEAST + _MANIFEST_A_MEMBER * len(found):
                    raise self._wrong(BackupFault.STRANGE)
                text = file.read(size)
            elif not text and _MEMBER.fullmatch(name) and name not in found:
                reader = HashingReader(file, size)
                while reader.read(_PIECE):
                    pass
                found[name] = reader.digest
            else:
                raise self._wrong(BackupFault.STRANGE)
        return found, text

    def check_mac(self, manifest: Manifest, key: bytes) -> None:
        """Raise `BackupWrong` for a backup that this audit key has not signed."""
        if not manifest.holds(key):
            raise self._wrong(BackupFault.OTHER_KEYS)

    def read(self, prefix: str) -> Iterator[tuple[str, IO[bytes]]]:
        """The members whose names begin like this."""
        for name, _size, file in self._members():
            if name.startswith(prefix):
                yield name, file

    def _members(self) -> Iterator[tuple[str, int, IO[bytes]]]:
        with self._reading(), self._opened() as packed, gzip.open(packed) as tar:
            length = self._calls.size(packed.fileno())
            unpacked = _UNPACKED_LEAST + _UNPACKED_TIMES * length
            members = _MEMBERS_LEAST + length // _BYTES_A_MEMBER
            while info := _heading(tar):
                members -= 1
                unpacked -= info.size + _BLOCK
                if info.type not in _PLAIN or info.size < 0 or min(members, unpacked) < 0:
                    raise self._wrong(BackupFault.STRANGE)
                member = _Member(tar, info.size, self._reading)
                yield info.name, info.size, io.BufferedReader(member)
                member.skip()
                tar.read(-info.size % _BLOCK)
            tar.read(tarfile.RECORDSIZE)  # what fills it up: of a file that was cut, not there

    def _opened(self) -> IO[bytes]:
        return self._calls.reader(str(Path(self.path).resolve()))

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (tarfile.TarError, EOFError, zlib.error):
            raise self._wrong(BackupFault.NONE) from None
        except OSError as error:
            if error.errno is None:  # gzip's own
                raise self._wrong(BackupFault.NONE) from None
            raise FileUnreadable(path=self.path, reason=system_word(error)) from None

    def _wrong(self, why: BackupFault) -> BackupWrong:
        return BackupWrong(path=self.path, reason=why)


def _heading(tar: Readable) -> tarfile.TarInfo | None:
    """What stands before a member, or None at the end. Raises `tarfile.TarError`."""
    block = tar.read(_BLOCK)
    if not block.strip(b"\0"):
        return None
    return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")


class _Member(io.RawIOBase):
    """The bytes of one member; what goes wrong is told as `reading` does."""

    def __init__(
        self, tar: Readable, size: int, reading: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self._tar = tar
        self._left = size
        self._reading = reading

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        with self._reading():
            data = self._tar.read(min(len(view), self._left))
            if self._left and not data:
                raise EOFError
        view[: len(data)] = data
        self._left -= len(data)
        return len(data)

    def skip(self) -> None:
        """Read what nobody asked for."""
        while self._left:
            self.readinto(bytearray(min(self._left, _PIECE)))
