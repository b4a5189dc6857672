"""What the server says, as errors of the portal; and what is to be asked again."""

from __future__ import annotations

import psycopg
from psycopg import errors

from engine.errors import (
    DocumentDamaged,
    DocumentFault,
    StoreBusy,
    StoreMissing,
    StoreNotWritable,
    StoreTrouble,
    StoreUnreachable,
    Unreachable,
    WriteFailed,
)


class Again(Exception):
    """Nothing was done: the same may be tried again, maybe with another server."""

    def __init__(self, why: Unreachable) -> None:
        super().__init__(why)
        self.why = why


class InDoubt(Exception):
    """COMMIT was sent, and nobody knows whether it was done (on the standby, too)."""


_BY_CLASS = {
    "28": Unreachable.PASSWORD,
    "57P03": Unreachable.STARTING,
    "53300": Unreachable.FULL,
    "25006": Unreachable.STANDBY,
}


def translated(error: psycopg.Error, place: str, seconds: float) -> Exception:
    """The error to raise instead: of the portal, or `Again`."""
    state = error.sqlstate or ""
    if state in {"40001", "40P01", "25006", "53300"} or state.startswith(("57P", "08")):
        return Again(_BY_CLASS.get(state, Unreachable.NO_SERVER))
    if state.startswith("28"):
        return StoreUnreachable(path=place, reason=Unreachable.PASSWORD)
    return _trouble(state, place, seconds) or error


def _trouble(state: str, place: str, seconds: float) -> StoreTrouble | None:
    if state in {"55P03", "57014"}:
        return StoreBusy(what=place, seconds=seconds, holder=0)
    if state in {"53100", "58030"}:
        return WriteFailed(path=place, reason="ENOSPC" if state == "53100" else "EIO")
    if state in {"XX001", "XX002"}:
        return DocumentDamaged(path=place, reason=DocumentFault.IO)
    if state in {"3D000", "42P01"}:
        return StoreMissing(path=place)
    if state == "42501":
        return StoreNotWritable(path=place, reason="EACCES")
    return None


def not_connected(error: psycopg.Error) -> Unreachable:
    """Why no server lets the portal in. libpq tells it in words only."""
    said = str(error)
    if isinstance(error, errors.InvalidPassword | errors.InvalidAuthorizationSpecification):
        return Unreachable.PASSWORD
    for words, why in _SAID:
        if words in said:
            return why
    return Unreachable.NO_SERVER


_SAID = (
    ("certificate", Unreachable.CERTIFICATE),
    ("SSL", Unreachable.CERTIFICATE),
    ("password", Unreachable.PASSWORD),
    ("authentication", Unreachable.PASSWORD),
    ("pg_hba.conf", Unreachable.PASSWORD),
    ('FATAL:  role "', Unreachable.PASSWORD),
    ("definition of service", Unreachable.SERVICE),
    ("service file", Unreachable.SERVICE),
    ("read-only", Unreachable.STANDBY),
    ("not read-write", Unreachable.STANDBY),
    ("too many clients", Unreachable.FULL),
    ("starting up", Unreachable.STARTING),
)
FOR_GOOD = {Unreachable.PASSWORD, Unreachable.CERTIFICATE, Unreachable.SERVICE}
"""To wait is of no use."""
