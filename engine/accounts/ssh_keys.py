"""The SSH keys that people log in with, as OpenSSH's `.pub` files have them."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import NamedTuple, Protocol

from msgspec import Struct

from engine.audit import UserName
from engine.errors import SshKeyFault, SshKeyMalformed
from engine.moments import Moment
from engine.safe_text import clean

SSH_KEY_KINDS = (
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "ssh-rsa",
)
"""What OpenSSH takes today. Not `ssh-dss`, which it refuses, nor certificates."""
RSA_BITS = 2048
"""Fewer are taken for broken."""
LONGEST_COMMENT = 60
_LONGEST = 16_384
"""Characters of a key: RSA with 16,384 bits takes 2,800."""


class PublicKey(NamedTuple):
    """The public half of a key."""

    kind: str
    blob: str
    """Base64, as in a `.pub` file."""
    comment: str = ""

    @property
    def fingerprint(self) -> str:
        """As `ssh-keygen -l` shows it: `SHA256:` and 43 characters."""
        return fingerprint_of(base64.b64decode(self.blob))


class SshKey(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A key, and whose it is. A fingerprint is somebody's only once in an installation."""

    fingerprint: str
    company_id: str
    login: str
    kind: str
    blob: str
    comment: str = ""
    """What its owner wrote behind it, often the name of a machine."""
    added_at: Moment

    @property
    def line(self) -> str:
        """As a line of `authorized_keys`, without the comment."""
        return f"{self.kind} {self.blob}"

    @property
    def user(self) -> UserName:
        """Whose it is, by the id of the company."""
        return UserName(self.company_id, self.login)


class SshKeyStore(Protocol):
    """The keys of all users; what a store keeps of them. Whatever reads raises
    `DocumentDamaged`."""

    def ssh_key(self, fingerprint: str) -> SshKey | None:
        """The key with that fingerprint, or None; it costs the same however many there are."""

    def ssh_keys(self) -> list[SshKey]:
        """All keys, by company and login, the oldest of a user first."""

    def add_ssh_key(self, key: SshKey, who: str) -> None:
        """Add one, with a line in the audit log. Raises `SshKeyTaken`, `WriteFailed`,
        `StoreBusy`."""

    def remove_ssh_key(self, fingerprint: str, who: str) -> SshKey:
        """Remove one, with a line in the audit log; it opens nothing from then on. Raises
        `SshKeyUnknown`, `WriteFailed`, `StoreBusy`."""


def fingerprint_of(blob: bytes) -> str:
    """Of a key's bytes."""
    digest = base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")
    return f"SHA256:{digest}"


def in_order(keys: list[SshKey]) -> list[SshKey]:
    """In the order in which they are listed."""
    return sorted(keys, key=lambda key: (key.company_id, key.login, key.added_at, key.fingerprint))


def parse_ssh_key(text: str) -> PublicKey:
    """The one key of a `.pub` file. Options such as `command="…"` are refused: what a key may do
    is the portal's affair. Raises `SshKeyMalformed`."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if "PRIVATE KEY" in text:
        raise SshKeyMalformed(reason=SshKeyFault.PRIVATE, text="")
    if len(lines) != 1:
        raise SshKeyMalformed(reason=SshKeyFault.MANY if lines else SshKeyFault.NONE, text="")
    kind, _space, rest = lines[0].strip()[:_LONGEST].partition(" ")
    blob, _space, comment = rest.strip().partition(" ")
    if kind not in SSH_KEY_KINDS:
        options = any(f"{each} " in f" {rest}" for each in SSH_KEY_KINDS)
        fault = SshKeyFault.OPTIONS if options else SshKeyFault.KIND
        raise SshKeyMalformed(reason=fault, text=clean(kind)[:40])
    _check_blob(kind, blob)
    return PublicKey(kind, blob, clean(comment)[:LONGEST_COMMENT])


def _check_blob(kind: str, blob: str) -> None:
    """What is behind a kind is a key of that kind (RFC 4253, 6.6): lengths and bytes in turn."""
    try:
        fields = _fields(base64.b64decode(blob, validate=True))
    except (binascii.Error, ValueError):
        raise SshKeyMalformed(reason=SshKeyFault.DAMAGED, text=kind) from None
    if not fields or fields[0] != kind.encode() or len(fields) != _FIELDS.get(kind, 3):
        raise SshKeyMalformed(reason=SshKeyFault.DAMAGED, text=kind)
    if kind == "ssh-rsa" and int.from_bytes(fields[2], "big").bit_length() < RSA_BITS:
        raise SshKeyMalformed(reason=SshKeyFault.SHORT, text=kind)
    if "ed25519" in kind and len(fields[1]) != _ED25519_BYTES:
        raise SshKeyMalformed(reason=SshKeyFault.DAMAGED, text=kind)


_ED25519_BYTES = 32
_FIELDS = {"ssh-ed25519": 2, "sk-ecdsa-sha2-nistp256@openssh.com": 4}
"""The fields of a key with its kind; 3 for the others."""


def _fields(data: bytes) -> list[bytes]:
    fields = []
    while data:
        length = int.from_bytes(data[:4], "big")
        if len(data) < 4 + length:
            raise ValueError(length)
        fields.append(data[4 : 4 + length])
        data = data[4 + length :]
    return fields
