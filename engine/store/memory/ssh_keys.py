"""The SSH keys of a store in memory."""

from __future__ import annotations

from threading import RLock

from typing_extensions import override

from engine.accounts.ssh_keys import SshKey, SshKeyStore, in_order
from engine.audit import EventName
from engine.errors import SshKeyTaken, SshKeyUnknown
from engine.ports import AuditLog
from engine.store.memory.systems import PLACE, value_or_none
from engine.store.rows import Row, row_of, value_of


class MemorySshKeys(SshKeyStore, AuditLog):
    """By their fingerprints."""

    _turn: RLock
    _ssh_keys: dict[str, Row]

    @override
    def ssh_key(self, fingerprint: str) -> SshKey | None:
        return value_or_none(SshKey, self._ssh_keys.get(fingerprint))

    @override
    def ssh_keys(self) -> list[SshKey]:
        with self._turn:
            return in_order([value_of(SshKey, row, PLACE) for row in self._ssh_keys.values()])

    @override
    def add_ssh_key(self, key: SshKey, who: str) -> None:
        with self._turn:
            if key.fingerprint in self._ssh_keys:
                raise SshKeyTaken(fingerprint=key.fingerprint)
            event, user = EventName.SSH_KEY_ADD, str(key.user)
            self.record(event, who, user=user, fingerprint=key.fingerprint)
            self._ssh_keys[key.fingerprint] = row_of(key)

    @override
    def remove_ssh_key(self, fingerprint: str, who: str) -> SshKey:
        with self._turn:
            key = self.ssh_key(fingerprint)
            if key is None:
                raise SshKeyUnknown(fingerprint=fingerprint)
            event, user = EventName.SSH_KEY_REMOVE, str(key.user)
            self.record(event, who, user=user, fingerprint=fingerprint)
            del self._ssh_keys[fingerprint]
            return key
