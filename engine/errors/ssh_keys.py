"""SSH keys that are none, and those that are somebody's already."""

from __future__ import annotations

from enum import StrEnum

from engine.errors.refusals import Refused
from engine.errors.values import BadValue


class SshKeyFault(StrEnum):
    """Why a text is no public key that anybody may log in with."""

    NONE = "none"
    """Nothing was given."""
    MANY = "many"
    """More than one line."""
    PRIVATE = "private"
    """The secret half: it must never leave its owner's machine."""
    OPTIONS = "options"
    """There is something before the kind."""
    KIND = "kind"
    """No kind of key, or one that OpenSSH refuses."""
    DAMAGED = "damaged"
    """What follows the kind is no key of that kind."""
    SHORT = "short"
    """RSA with fewer than 2,048 bits."""


class SshKeyMalformed(BadValue):
    """Not a public key. `text` is its kind, as far as there is one."""

    reason: SshKeyFault
    text: str


class SshKeyTaken(Refused):
    """That key is somebody's already: one key says who somebody is."""

    fingerprint: str


class SshKeyUnknown(Refused):
    """Nobody has a key with that fingerprint, or none that may be used now."""

    fingerprint: str


class CommandNotOffered(Refused):
    """Not among the commands that an SSH key may run. `text` is what was asked for."""

    text: str


class OptionNotOffered(Refused):
    """An option, or a file name, that has no meaning over SSH: only `-` is read and written."""

    text: str
