"""Copying an installation to another place, or into another kind of store: `copy FROM TO`.

The one that is copied is closed first, and stays closed: nobody is to work in both. Everything that
arrives is read again and compared before it counts; whatever goes wrong before that leaves nothing
there, and opens the other again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import NamedTuple, TypeVar

import msgspec
from typing_extensions import override

from engine.accounts.people import Company, User
from engine.accounts.ssh_keys import SshKey
from engine.catalogue.versions import CatalogueVersion
from engine.errors import (
    CopyDiffers,
    CopyInUse,
    OutcomeUnknown,
    StoreMissing,
    StoreMoved,
    StoreNotEmpty,
    StoreTrouble,
    WriteFailed,
)
from engine.files.system_calls import SystemCalls
from engine.installation import bring_keys, giving_store, taking_store
from engine.licences.system import System
from engine.papers.paper import Paper
from engine.ports import KeptDraft, Progress
from engine.settings import Settings
from engine.store_contents import Contents, Giving, JournalPart

_Value = TypeVar("_Value")


class Part(NamedTuple):
    """How many there are of a kind, and a digest of all of them."""

    number: int
    sha256: str


Tally = dict[str, Part]
"""What was read, by kind."""


def copy_installation(
    source: Settings,
    target: Settings,
    who: str,
    progress: Progress | None = None,
    calls: SystemCalls | None = None,
) -> Tally:
    """Copy all of a store, with its keys where there are none, and say what was copied. What was
    cut short can be repeated. `progress` is told as `things_to_read` counts.

    Raises `StoreMoved` (it was copied already), `StoreNotEmpty`, `CopyDiffers`, `StoreTrouble`,
    `KeyTrouble`.
    """
    place = target.store_folder
    with closing(giving_store(source, calls)) as giving:
        moved = giving.moved_to()
        taking = taking_store(source, target, calls)
        try:
            if moved not in {None, place}:
                raise StoreMoved(path=source.store_folder, to=moved or "")
            taking.require_empty()
        except StoreNotEmpty:
            if moved:  # killed when all was done
                raise StoreMoved(path=source.store_folder, to=moved) from None
            raise
        bring_keys(source, target, calls)
        given = Reading(giving.contents, progress)

        def verify(there: Contents) -> None:
            systems = given.tally()["systems"].number
            read = Reading(there, progress and (lambda done: progress(systems + done)))
            _require_same(given.tally(), read)

        with _open_again_unless_done(giving, who):
            _close(giving, place, who)
            taking.take(given, verify)
        return given.tally()


@contextmanager
def _open_again_unless_done(giving: Giving, who: str) -> Iterator[None]:
    try:
        yield
    except OutcomeUnknown:  # it is there
        raise
    except BaseException:  # whatever it was, including Ctrl+C
        with suppress(StoreTrouble):  # closed for good: the same again, or `copy --undo`
            giving.open_again(who)
        raise


def _close(giving: Giving, place: str, who: str) -> None:
    try:
        giving.close_for(place, who)
    except OutcomeUnknown as error:  # of closing: nothing is there
        raise WriteFailed(path=error.path, reason=error.reason) from error


def things_to_read(source: Settings) -> int:
    """How many systems the progress of a copy goes to: each is read here and there."""
    with closing(giving_store(source)) as giving:
        return 2 * giving.contents.system_count()


def undo_copy(source: Settings, settings_at: Callable[[str], Settings], who: str) -> str | None:
    """Open again what was copied, and close the copy, in which nobody may have worked; say where
    it is, or None where nothing was copied.

    Raises `CopyInUse`, `StoreTrouble`, `KeyTrouble`.
    """
    with closing(giving_store(source)) as giving:
        place = giving.moved_to()
        if place is None:
            return None
        try:
            copied = giving_store(settings_at(place))
        except StoreMissing:  # it never came to that
            giving.open_again(who)
            return place
        with closing(copied):
            _require_unused(giving, source.store_folder, copied, place)
            copied.close_for(source.store_folder, who)
        giving.open_again(who)
        return place


def _require_unused(giving: Giving, here: str, copied: Giving, place: str) -> None:
    """Whoever works in a store leaves lines in its audit log."""
    onward = copied.moved_to()
    if onward == here:  # closed already, before this was cut short
        return
    if onward is not None:
        raise StoreMoved(path=place, to=onward)
    before, now = Reading(giving.contents), Reading(copied.contents)
    for reading in (before, now):
        for part in reading.journal():
            _drain(part.pieces)
    if before.tally()["audit log"] != now.tally()["audit log"]:
        raise CopyInUse(path=place)


def _require_same(given: Tally, reading: Reading) -> None:
    reading.all()
    for kind, part in given.items():
        if reading.tally()[kind] != part:
            raise CopyDiffers(what=kind)


class Reading(Contents):
    """The contents of a store, counted and digested as they are read: each kind once."""

    def __init__(self, contents: Contents, progress: Progress | None = None) -> None:
        self._contents = contents
        self._progress = progress or (lambda _count: None)
        self._read: Tally = {}

    def tally(self) -> Tally:
        """What was read to its end so far."""
        return dict(self._read)

    def all(self) -> None:
        """Read everything."""
        for read in (self.systems, self.companies, self.users, self.ssh_keys, self.papers):
            _drain(read())
        _drain(self.drafts())
        _drain(self.catalogue())
        for part in self.journal():
            _drain(part.pieces)
        self.signing_key()
        self.withdrawn_keys()

    @override
    def systems(self) -> Iterator[System]:
        for count, system in enumerate(self._in_order("systems", self._contents.systems()), 1):
            yield system
            self._progress(count)

    @override
    def companies(self) -> Iterator[Company]:
        return self._in_any_order("companies", self._contents.companies())

    @override
    def users(self) -> Iterator[User]:
        return self._in_any_order("users", self._contents.users())

    @override
    def ssh_keys(self) -> Iterator[SshKey]:
        return self._in_any_order("ssh keys", self._contents.ssh_keys())

    @override
    def papers(self) -> Iterator[Paper]:
        return self._in_any_order("requests and quotes", self._contents.papers())

    @override
    def drafts(self) -> Iterator[KeptDraft]:
        return self._in_any_order("drafts", self._contents.drafts())

    @override
    def catalogue(self) -> Iterator[CatalogueVersion]:
        return self._in_any_order("catalogue", self._contents.catalogue())

    @override
    def signing_key(self) -> int | None:
        number = self._contents.signing_key()
        _drain(self._in_order("signing key", iter([number])))
        return number

    @override
    def withdrawn_keys(self) -> frozenset[int]:
        numbers = self._contents.withdrawn_keys()
        _drain(self._in_any_order("withdrawn keys", iter(numbers)))
        return numbers

    @override
    def journal(self) -> Iterator[JournalPart]:
        count, digest, name = 0, hashlib.sha256(), ""

        def read(pieces: Iterator[bytes]) -> Iterator[bytes]:
            nonlocal count
            for piece in pieces:
                count += piece.count(b"\n")
                digest.update(piece)
                yield piece

        for part in self._contents.journal():
            if part.name != name:  # one that goes on is the same part
                digest.update(part.name.encode())
            name = part.name
            yield JournalPart(part.name, read(part.pieces))
        self._read["audit log"] = Part(count, digest.hexdigest())

    def _in_order(self, kind: str, values: Iterator[_Value]) -> Iterator[_Value]:
        count, digest = 0, hashlib.sha256()
        for value in values:
            count += 1
            digest.update(_encoded(value))
            yield value
        self._read[kind] = Part(count, digest.hexdigest())

    def _in_any_order(self, kind: str, values: Iterator[_Value]) -> Iterator[_Value]:
        """Stores list them in orders of their own."""
        digests: list[bytes] = []
        for value in values:
            digests.append(hashlib.sha256(_encoded(value)).digest())
            yield value
        digest = hashlib.sha256(b"".join(sorted(digests)))
        self._read[kind] = Part(len(digests), digest.hexdigest())


def _encoded(value: object) -> bytes:
    if isinstance(value, CatalogueVersion):  # wherever it lies
        value = value[:3]
    return msgspec.json.encode(value)


def _drain(values: Iterator[object]) -> None:
    for _value in values:
        pass
