"""The disk, a lock, a file of the store."""

from __future__ import annotations

from enum import StrEnum

from engine.errors.base import PortalError


class StoreTrouble(PortalError):
    """The disk, a lock, a file."""


class StoreMissing(StoreTrouble):
    """No store at `path`."""

    path: str


class HomeUnknown(StoreTrouble):
    """Nobody has said where the store is, and the user has no home to have one in."""


class StoreNotEmpty(StoreTrouble):
    """`init` on a folder that holds something already."""

    path: str


class StoreTooNew(StoreTrouble):
    """The store was written by a newer portal: layout `found`, this portal knows `known`."""

    path: str
    found: int
    known: int


class Unreachable(StrEnum):
    """Why there is no database server to work with."""

    NO_SERVER = "no-server"
    STANDBY = "standby"
    """Only such as follow another one."""
    STARTING = "starting"
    FULL = "full"
    """No more connections."""
    PASSWORD = "password"  # noqa: S105  # a name
    """It does not let the portal in."""
    CERTIFICATE = "certificate"
    """It is not whom it says, or has no TLS."""
    SERVICE = "service"
    """No such service in `pg_service.conf`."""
    DRIVER = "driver"
    """psycopg is not installed here."""


class StoreUnreachable(StoreTrouble):
    """No database server answered in time, or none lets the portal in. `path` says which, without
    any password. Nothing was changed."""

    path: str
    reason: Unreachable


class StoreInBoth(StoreTrouble):
    """There is a store in the folder `path`, and its settings name a database."""

    path: str
    database: str


class NotForDatabase(StoreTrouble):
    """What only a store in a folder needs; in a database (`path`) its own means do it."""

    path: str


class ClocksApart(StoreTrouble):
    """The clocks of this machine and of the database server differ by so many whole seconds."""

    path: str
    seconds: int


class StoreMoved(StoreTrouble):
    """All of the store at `path` was copied to `to`, and since then it is closed."""

    path: str
    to: str


class CopyInUse(StoreTrouble):
    """A copy is not undone: somebody has worked in it, at `path`."""

    path: str


class CopyDiffers(StoreTrouble):
    """What arrived of `what` is not what was sent: nothing was copied."""

    what: str


class StoreNotWritable(StoreTrouble):
    """A folder that cannot be written. `reason` is the system's own word (`EACCES`)."""

    path: str
    reason: str


class StoreOnNetwork(StoreTrouble):
    """A network file system, where locks and syncs cannot be trusted."""

    path: str
    kind: str


class StoreBusy(StoreTrouble):
    """A lock was not freed within `seconds`; `holder` is the process id that holds it, or 0."""

    what: str
    seconds: float
    holder: int


class DocumentFault(StrEnum):
    """What is wrong with a document of the store."""

    SEAL = "seal"
    """Changed by something other than the portal, or by the disk."""
    JSON = "json"
    """Not JSON: it is not complete."""
    SHAPE = "shape"
    """Not what such a document contains."""
    IO = "io"
    """The disk cannot read it."""
    KIND = "kind"
    """Not a regular file."""
    SIZE = "size"
    """Far larger than any document."""


class DocumentDamaged(StoreTrouble):
    """A broken seal, or a file that the disk cannot read."""

    path: str
    reason: DocumentFault


class ReadFailed(StoreTrouble):
    """The system refused to read (`reason`, for example `EMFILE`): no word on what the file holds.
    Nothing was changed."""

    path: str
    reason: str


class OwnerWrong(StoreTrouble):
    """A file or folder of the store that the portal may not read or write, because it belongs to
    somebody else: `owner` and `user` (who runs the portal) are numbers. Nothing was changed."""

    path: str
    owner: int
    user: int


class WriteFailed(StoreTrouble):
    """The disk refused (`reason`, for example `ENOSPC`). Nothing was changed."""

    path: str
    reason: str


class Unsettled(StrEnum):
    """What may be undone by a power cut, and so how it is settled."""

    ORDER = "order"
    """Place the same draft again."""
    SYSTEMS = "systems"
    """Opening the store finishes it."""
    KEY = "key"
    """The same again: no other key is made."""
    ERASE = "erase"
    """Erase again."""
    STORE = "store"
    """It is there: check it."""
    BACKUP = "backup"
    """Look whether it is there."""
    CHANGE = "change"
    """Look whether it was made."""


class OutcomeUnknown(StoreTrouble):
    """What was asked for is in place, but a last step failed (`reason`, for example `EIO`): a power
    cut may undo it."""

    path: str
    reason: str
    what: Unsettled


class LongWork(StrEnum):
    """Work on many documents."""

    ERASE = "erase"
    RESTORE = "restore"


class Unfinished(StoreTrouble):
    """Work on many documents stopped half-way: it was done for `done` of them, then `cause`
    happened. The same again goes on."""

    what: LongWork
    done: int
    cause: StoreTrouble


class SystemRefused(PortalError):
    """The system refused something (`reason`, for example `EMFILE`) at `path`, which may be empty,
    and nobody knows more about it."""

    path: str
    reason: str
