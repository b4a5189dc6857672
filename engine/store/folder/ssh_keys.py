"""SSH keys on disk: a document each, found by the fingerprint, so that sshd's question costs the
same however many there are."""

from __future__ import annotations

from collections.abc import Iterator

from typing_extensions import override

from engine.accounts.ssh_keys import SshKey, SshKeyStore, in_order
from engine.audit import EventName
from engine.errors import (
    DocumentDamaged,
    DocumentFault,
    SshKeyTaken,
    SshKeyUnknown,
    WriteFailed,
    system_word,
)
from engine.files.system_calls import reading
from engine.files.writing import make_one_folder, sync_folder
from engine.store.folder.accounts import only_row, place_of
from engine.store.folder.documents import confirm_folder, read_tables, replace_file, sealed
from engine.store.folder.journal.journal import Entry
from engine.store.folder.paths import COMPANY_DOCUMENT
from engine.store.folder.store_folder import StoreFolder
from engine.store.rows import row_of


class SshKeys(SshKeyStore):
    """The SSH keys of a store on disk; each document has a lock of its own."""

    folder: StoreFolder

    @override
    def ssh_key(self, fingerprint: str) -> SshKey | None:
        try:
            return self.read_ssh_key(self.folder.paths.ssh_key(fingerprint))
        except FileNotFoundError:
            return None

    @override
    def ssh_keys(self) -> list[SshKey]:
        return in_order([self.read_ssh_key(path) for path in self.ssh_key_paths()])

    @override
    def add_ssh_key(self, key: SshKey, who: str) -> None:
        folder, path = self.folder, self.folder.paths.ssh_key(key.fingerprint)
        with folder.locks.held(place_of(path), "accounts"):
            if self.ssh_key(key.fingerprint) is not None:
                raise SshKeyTaken(fingerprint=key.fingerprint)
            self._log(EventName.SSH_KEY_ADD, key, who)
            try:
                make_one_folder(folder.calls, folder.paths.ssh_keys)
                sync_folder(folder.calls, folder.paths.root)
            except OSError as error:
                raise WriteFailed(path=path, reason=system_word(error)) from error
            replace_file(folder.calls, path, ssh_key_document(key))

    @override
    def remove_ssh_key(self, fingerprint: str, who: str) -> SshKey:
        folder, path = self.folder, self.folder.paths.ssh_key(fingerprint)
        with folder.locks.held(place_of(path), "accounts"):
            key = self.ssh_key(fingerprint)
            if key is None:
                raise SshKeyUnknown(fingerprint=fingerprint)
            self._log(EventName.SSH_KEY_REMOVE, key, who)
            try:
                folder.calls.unlink(path)
            except OSError as error:
                raise WriteFailed(path=path, reason=system_word(error)) from error
            confirm_folder(folder.calls, path)
            return key

    def ssh_key_paths(self) -> Iterator[str]:
        """The documents of all keys. Raises `ReadFailed`."""
        folder = self.folder.paths.ssh_keys
        with reading(folder):
            names = self.folder.calls.names(folder) if self.folder.calls.exists(folder) else []
        return (f"{folder}/{name}" for name in sorted(names) if COMPANY_DOCUMENT.fullmatch(name))

    def read_ssh_key(self, path: str) -> SshKey:
        """What a document holds. Raises `FileNotFoundError`, `DocumentDamaged`, `StoreTooNew`."""
        key = only_row(SshKey, read_tables(self.folder.calls, path), "ssh_keys", path)
        if self.folder.paths.ssh_key(key.fingerprint) != path:  # put there by somebody
            raise DocumentDamaged(path=path, reason=DocumentFault.SHAPE)
        return key

    def _log(self, event: EventName, key: SshKey, who: str) -> None:
        details = {"user": str(key.user), "fingerprint": key.fingerprint}
        self.folder.journal.append([Entry(event, who, details)])


def ssh_key_document(key: SshKey) -> bytes:
    """The document of a key."""
    return sealed({"ssh_keys": {key.fingerprint: row_of(key)}})
