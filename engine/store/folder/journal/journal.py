r"""The journal: one line an event, chained, append only. Audit log, and source of the index.

    journal/2026-11.jsonl     "\n<crc32 of the json, 8 hex digits> <json>\n" an event

The line feed in front ends whatever an interrupted writer left: a torn line spoils itself only.
`mac` is the last field of the JSON: HMAC-SHA-256, with the audit key, of the `mac` of the line
before followed by this line's JSON up to `,"mac"`. `n` counts lines, across months.
"""

from __future__ import annotations

import hashlib
import os
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

import msgspec
from msgspec import Struct

from engine.audit import EventName
from engine.errors import WriteFailed, system_word
from engine.files.system_calls import SystemCalls, reading
from engine.files.writing import sync_folder
from engine.moments import Moment
from engine.ports import Clock
from engine.store.digests import keyed_digest
from engine.store.folder.documents import NOT_JSON
from engine.store.folder.locks import JOURNAL, Locks
from engine.store.journal_lines import FIRST_MAC, MAC_LENGTH, Chain, line_mac

_NAME = re.compile(r"\d{4}-\d\d\.jsonl")
_TAIL = 4096
ORDER_EVENTS = frozenset({EventName.ORDER, EventName.ORDER_IMPORT})
_ORDER_DETAILS = {"equipment_id", "number", "draft_id"}


class JournalEvent(Struct, frozen=True, forbid_unknown_fields=True):
    """One line: who did what, when. Holds no personal data of licensees and no keycode."""

    n: int
    """Which line it is, from 1."""
    at: Moment
    event: str
    who: str
    details: dict[str, str]
    mac: str

    @property
    def order(self) -> tuple[str, str, str] | None:
        """Equipment ID, number and draft id of the order that this line is of, or None."""
        return self._order if self.event in ORDER_EVENTS else None

    @property
    def erased(self) -> tuple[str, str, str] | None:
        """The same of the order from which this line says that personal data was erased."""
        return self._order if self.event == EventName.ERASE else None

    @property
    def _order(self) -> tuple[str, str, str] | None:
        details = self.details
        if not details.keys() >= _ORDER_DETAILS:
            return None
        return details["equipment_id"], details["number"], details["draft_id"]


class Entry(NamedTuple):
    """What a new line is to say."""

    event: str
    who: str
    details: dict[str, str]


class Line(NamedTuple):
    """A line of a file: `event` is None when it is torn or garbled."""

    offset: int
    end: int
    event: JournalEvent | None
    body: bytes
    """The bytes that its `mac` covers."""


class Place(NamedTuple):
    """A place between two lines: a file, and how many of its bytes are before it."""

    path: str
    offset: int


START = Place("", 0)


class Journal:
    """The journal of one store."""

    def __init__(
        self, calls: SystemCalls, folder: str, key: bytes, locks: Locks, clock: Clock
    ) -> None:
        self._calls = calls
        self._folder = folder
        self._key = key
        self._locks = locks
        self._clock = clock

    def append(self, entries: Iterable[Entry]) -> None:
        """Add lines; they are on disk before this returns. Raises `WriteFailed`, `StoreBusy`.

        The lock covers writing, not syncing, so that several processes' syncs run side by side.
        """
        with self._locks.held(JOURNAL, "journal"):
            try:
                fd = self._write(entries)
            except OSError as error:
                raise WriteFailed(path=self._folder, reason=system_word(error)) from error
        try:
            self._calls.fdatasync(fd)
        except OSError as error:
            raise WriteFailed(path=self._folder, reason=system_word(error)) from error
        finally:
            self._calls.close(fd)

    def files(self) -> list[str]:
        """The files of the journal, oldest first. Raises `ReadFailed`."""
        with reading(self._folder):
            names = list(filter(_NAME.fullmatch, self._calls.names(self._folder)))
        return [f"{self._folder}/{name}" for name in sorted(names)]

    def file_named(self, name: object) -> str | None:
        """The file of that name, there or not; None for what is no name of one."""
        known = isinstance(name, str) and _NAME.fullmatch(name)
        return f"{self._folder}/{name}" if known else None

    def events(self, since: datetime | None = None) -> Iterator[JournalEvent]:
        """All whole lines, or those not before `since`; oldest first."""
        for _place, event in self.after(START):
            if event and (since is None or event.at >= since):
                yield event

    def follow(self) -> Iterator[JournalEvent | None]:
        """All whole lines, then each that comes; None whenever there is no more for now."""
        place = START
        while True:
            for reached, event in self.after(place):
                place = reached
                if event:
                    yield event
            yield None

    def after(self, place: Place) -> Iterator[tuple[Place, JournalEvent | None]]:
        """What the lines after that place say, oldest first, and where each ends; None of one that
        is torn or garbled."""
        for path in self.files():
            if path >= place.path:
                for line in self.lines(path, place.offset if path == place.path else 0):
                    yield Place(path, line.end), line.event

    def lines(self, path: str, offset: int = 0) -> Iterator[Line]:
        """The lines of a file from `offset`, but for one at the end that is still being written."""
        for raw in self._raw_lines(path, offset):
            if not raw.endswith(b"\n"):
                return
            if raw != b"\n":
                yield _line(raw, offset)
            offset += len(raw)

    def size(self, path: str) -> int:
        """The length of a file in bytes. Raises `ReadFailed`."""
        with reading(path), self._opened(path) as fd:
            return self._calls.size(fd)

    def hash_before(self, path: str, offset: int) -> bytes | None:
        """A hash of the bytes before `offset` (at most 4 kB), or None when they are not there."""
        length = min(offset, _TAIL)
        with reading(path):
            try:
                with self._opened(path) as fd:
                    before = self._calls.pread(fd, length, offset - length)
            except FileNotFoundError:
                return None
        return hashlib.sha256(before).digest() if len(before) == length else None

    def mac(self, before: str, body: bytes) -> str:
        """What the `mac` of a line must be, after a line with the mac `before`."""
        return line_mac(self._key, before, body)

    def digest(self, data: bytes) -> str:
        """See `engine.store.digests`."""
        return keyed_digest(self._key, data)

    def _write(self, entries: Iterable[Entry]) -> int:
        files = self.files()
        # A clock that was set back does not reopen an older month.
        path = max([f"{self._folder}/{self._clock():%Y-%m}.jsonl", *files[-1:]])
        fd = self._calls.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
        try:
            if path not in files:  # once a month: a file needs its name on disk too
                sync_folder(self._calls, self._folder)
            chain = Chain(self._key, *self._last(fd, files))
            data = b"".join(
                chain.add(self._clock(), entry.event, entry.who, entry.details) for entry in entries
            )
            self._calls.write(fd, data)
        except BaseException:  # whatever it was, the file is let go of
            self._calls.close(fd)
            raise
        return fd

    def _last(self, fd: int, files: list[str]) -> tuple[int, str]:
        """Number and mac of the last whole line, in the file that is open or an older one."""
        event = self._last_in(fd)
        for path in reversed(files):
            if event is not None:
                break
            with self._opened(path) as older:
                event = self._last_in(older)
        return (event.n, event.mac) if event else (0, FIRST_MAC)

    def _last_in(self, fd: int) -> JournalEvent | None:
        size = self._calls.size(fd)
        length = _TAIL
        while True:
            data = self._calls.pread(fd, length, max(0, size - length))
            for raw in reversed(data.split(b"\n")):
                if event := _line(raw + b"\n", 0).event:
                    return event
            if length >= size:
                return None
            length *= 8

    def _raw_lines(self, path: str, offset: int) -> Iterator[bytes]:
        # Not around the caller's work: nothing is raised into a generator.
        with reading(path), self._calls.reader(path) as file:
            file.seek(offset)
            yield from file

    @contextmanager
    def _opened(self, path: str) -> Iterator[int]:
        fd = self._calls.open(path, os.O_RDONLY)
        try:
            yield fd
        finally:
            self._calls.close(fd)


def _line(raw: bytes, offset: int) -> Line:
    crc, _, json = raw[:-1].partition(b" ")
    end = offset + len(raw)
    torn = Line(offset, end, None, b"")
    if crc != b"%08x" % zlib.crc32(json):
        return torn
    try:
        event = msgspec.json.decode(json, type=JournalEvent)
    except NOT_JSON:
        return torn
    return Line(offset, end, event, json[:-MAC_LENGTH])
