"""The folder of signing keys."""

from __future__ import annotations

from engine.errors.base import PortalError


class KeyTrouble(PortalError):
    """The folder of signing keys."""


class KeysMissing(KeyTrouble):
    """A key file is not there. `name` is the file's name in the folder `path`."""

    path: str
    name: str


class KeyDamaged(KeyTrouble):
    """A key file does not hold what it should."""

    path: str
    name: str


class KeysNotOfStore(KeyTrouble):
    """The keys in the folder `path` are not those that the store in the database began with."""

    path: str


class KeysTooOpen(KeyTrouble):
    """Others than the owner can read the keys. `mode` is the octal mode found."""

    path: str
    name: str
    mode: str
    wanted: str


class KeysOfAnother(KeyTrouble):
    """The keys belong to somebody else: `owner` and `user` (who runs the portal) are numbers."""

    path: str
    name: str
    owner: int
    user: int


class KeysUnreadable(KeyTrouble):
    """The system refused to read (`reason`, for example `EMFILE`): no word on the key itself."""

    path: str
    name: str
    reason: str


class KeysUsedUp(KeyTrouble):
    """All fifteen numbers of signing keys are in use."""
