"""The disk, a lock, a file of the store."""

from __future__ import annotations

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


class DocumentDamaged(StoreTrouble):
    """A broken seal, or a file that the disk cannot read. `reason`: `seal`, `json`, `shape`,
    `io`, `kind` (not a regular file), `size` (far larger than any document)."""

    path: str
    reason: str


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


class OutcomeUnknown(StoreTrouble):
    """What was asked for is in place, but a last step failed: a power cut may undo it. `what` says
    how it is settled: `order` (place the same draft again), `systems` (opening the store finishes
    it), `key` (rotate again: no other key is made), `erase` (erase again), `store` (it is there:
    check it), `backup` and `change` (look)."""

    path: str
    reason: str
    what: str


class Unfinished(StoreTrouble):
    """Work on many documents stopped half-way: `what` (`erase`, `restore`) was done for `done` of
    them, then `cause` happened. The same again goes on."""

    what: str
    done: int
    cause: StoreTrouble


class SystemRefused(PortalError):
    """The system refused something (`reason`, for example `EMFILE`) at `path`, which may be empty,
    and nobody knows more about it."""

    path: str
    reason: str
