"""The folders and files of a store, and the checks before one is opened.

STORE/
  VERSION        layout version, written last by `init`
  locks          empty; see engine.store.folder.locks
  systems/000 … fff/ID.json, ID.0001.json
  accounts.json
  drafts/  journal/  export/
  index.db       derived, made at the first search
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from engine.errors import (
    DocumentDamaged,
    OutcomeUnknown,
    OwnerWrong,
    StoreMissing,
    StoreNotEmpty,
    StoreNotWritable,
    StoreTooNew,
    WriteFailed,
    system_word,
)
from engine.files.file_systems import refuse_network
from engine.files.system_calls import (
    Calls,
    make_folder,
    make_one_folder,
    reading,
    refused,
    sync_all,
    sync_folder,
    write_synced,
)
from engine.store.folder.documents import read_bytes, sealed

LAYOUT_VERSION = 1
SHELVES = tuple(f"{number:03x}" for number in range(4096))
"""The folders of `systems/`. They are made and synced by `init` and never on demand: a folder
made on demand can vanish in a power cut together with the order that was put into it."""

EQUIPMENT_ID = re.compile(r"[0-9A-F]{13}")
DOCUMENT = re.compile(r"([0-9A-F]{13})(?:\.(\d{4,}))?\.json")
"""The name of a document: its Equipment ID and, of a segment of older orders, its number."""

_FOLDERS = ("systems", "drafts", "journal", "export")
_OURS = {*_FOLDERS, "locks", "accounts.json", "VERSION.tmp"}
_NUMBER = re.compile(rb"\d{1,9}\n?")
RESTORING = "RESTORING"
MAKING = "INIT"
"""Marks in a store that is being restored or made: only the same again can finish it."""
_ALLOWED = {"settings.toml", "lost+found"}
"""May be there before the store is: settings prepared by hand; the root of a new disk."""


class Layout:
    """Where everything lies in a store at `root`."""

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self.root = str(Path(root).absolute())
        self.version = f"{self.root}/VERSION"
        self.locks = f"{self.root}/locks"
        self.accounts = f"{self.root}/accounts.json"
        self.systems = f"{self.root}/systems"
        self.drafts = f"{self.root}/drafts"
        self.journal = f"{self.root}/journal"
        self.export = f"{self.root}/export"
        self.index = f"{self.root}/index.db"
        self.import_list = f"{self.root}/import.ids"
        self.settings = f"{self.root}/settings.toml"
        self.newest_key = f"{self.root}/newest-key"

    def system(self, equipment_id: str) -> str:
        """The document of a system."""
        return f"{self.shelf(equipment_id)}/{equipment_id}.json"

    def segment(self, equipment_id: str, number: int) -> str:
        """The `number`-th sealed segment of a system's older orders, from 1."""
        return f"{self.shelf(equipment_id)}/{equipment_id}.{number:04d}.json"

    def shelf(self, equipment_id: str) -> str:
        """The folder of a system: the first three digits of the SHA-256 of its Equipment ID."""
        return f"{self.systems}/{hashlib.sha256(equipment_id.encode()).hexdigest()[:3]}"

    def shelves(self) -> Iterator[str]:
        """All folders of systems."""
        return (f"{self.systems}/{name}" for name in SHELVES)

    def draft(self, company_id: str, login: str) -> str:
        """The draft of a user; nothing that was typed is part of the name."""
        name = hashlib.sha256(f"{company_id}\0{login}".encode()).hexdigest()
        return f"{self.drafts}/{name}.json"


def create_store(
    path: str | os.PathLike[str],
    calls: Calls | None = None,
    fill: Callable[[Layout], None] | None = None,
    mark: str = RESTORING,
    marked: bytes = b"",
) -> None:
    """Make an empty store, or one that `fill` puts something into before it can be opened; a
    call that was cut short can be repeated. Until then `mark` lies in it, a file of that content.

    Raises `StoreNotEmpty`, `StoreOnNetwork`, `WriteFailed`, `OutcomeUnknown`, and what `fill`
    raises.
    """
    calls = calls or Calls()
    layout = Layout(path)
    try:
        make_folder(calls, layout.root)
        there = set(calls.names(layout.root))
        if there - _OURS - _ALLOWED - ({mark} if fill else set()):
            raise StoreNotEmpty(path=layout.root)
        refuse_network(calls, layout.root)
        if fill and not is_begun(layout, calls, mark, marked):
            write_synced(calls, f"{layout.root}/{mark}", marked)
            sync_folder(calls, layout.root)
        for folder in (*(f"{layout.root}/{name}" for name in _FOLDERS), *layout.shelves()):
            make_one_folder(calls, folder)
        write_synced(calls, layout.locks, b"")
        write_synced(calls, layout.accounts, sealed({"companies": {}, "users": {}}))
        if fill:
            fill(layout)
        sync_all(calls, layout.root)
        temporary = f"{layout.version}.tmp"
        write_synced(calls, temporary, f"{LAYOUT_VERSION}\n".encode())
        calls.rename(temporary, layout.version)
    except OSError as error:
        raise WriteFailed(path=layout.root, reason=system_word(error)) from error
    if fill:
        with suppress(OSError):  # beside a VERSION it means nothing
            calls.unlink(f"{layout.root}/{mark}")
    try:
        sync_folder(calls, layout.root)
    except OSError as error:
        raise OutcomeUnknown(path=layout.root, reason=system_word(error), what="store") from error


def is_begun(layout: Layout, calls: Calls, mark: str, marked: bytes) -> bool:
    """Whether that mark lies in the folder: what made it was cut short. Raises `WriteFailed`."""
    try:
        return calls.read(f"{layout.root}/{mark}") == marked
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise WriteFailed(path=layout.root, reason=system_word(error)) from error


def check_store(layout: Layout, calls: Calls) -> None:
    """Whether this portal can work on that store; on a read-only disk it can be read.

    Raises `StoreMissing`, `StoreTooNew`, `DocumentDamaged`, `StoreNotWritable`, `StoreOnNetwork`,
    `ReadFailed`, `OwnerWrong`.
    """
    try:
        if not calls.exists(layout.version):
            raise StoreMissing(path=layout.root)
        text = read_bytes(calls, layout.version)
    except OSError as error:
        raise refused(layout.version, error) from error
    if not _NUMBER.fullmatch(text):
        raise DocumentDamaged(path=layout.version, reason="shape")
    if int(text) > LAYOUT_VERSION:
        raise StoreTooNew(path=layout.root, found=int(text), known=LAYOUT_VERSION)
    with reading(layout.root):
        refuse_network(calls, layout.root)
    for path in (layout.root, *(f"{layout.root}/{name}" for name in _FOLDERS), layout.locks):
        with reading(path):
            _check_writable(calls, path)


def _check_writable(calls: Calls, path: str) -> None:
    if calls.writable(path):
        return
    if not calls.exists(path):
        raise StoreNotWritable(path=path, reason="ENOENT")
    if calls.statvfs(path).f_flag & os.ST_RDONLY:
        return
    owner, user = calls.status(path, follow=True).st_uid, os.geteuid()
    if owner != user:
        raise OwnerWrong(path=path, owner=owner, user=user)
    raise StoreNotWritable(path=path, reason="EACCES")
