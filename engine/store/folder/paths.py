"""The folders and files of a store, and the checks before one is opened.

STORE/
  VERSION        layout version, written last by `init`
  locks          empty; see engine.store.folder.locks
  systems/000 … fff/ID.json, ID.0001.json
  companies/     one document a company
  users/         one document a user
  drafts/  journal/  export/
  index.db       derived, made at the first search

Layout 1 had all companies and users in one file, `accounts.json`: `former_accounts.py`.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from engine.accounts.people import same_name
from engine.errors import (
    DocumentDamaged,
    DocumentFault,
    OutcomeUnknown,
    OwnerWrong,
    StoreMissing,
    StoreNotEmpty,
    StoreNotWritable,
    StoreTooNew,
    Unsettled,
    WriteFailed,
    system_word,
)
from engine.files.file_systems import refuse_network
from engine.files.system_calls import SystemCalls, reading, refused
from engine.files.writing import make_folder, make_one_folder, sync_all, sync_folder, write_synced
from engine.store.folder.documents import read_bytes

LAYOUT_VERSION = 2
SYSTEM_FOLDERS = tuple(f"{number:03x}" for number in range(4096))
"""The folders of `systems/`. They are made and synced by `init` and never on demand: a folder
made on demand can vanish in a power cut together with the order that was put into it."""

EQUIPMENT_ID = re.compile(r"[0-9A-F]{13}")
DOCUMENT = re.compile(r"([0-9A-F]{13})(?:\.(\d{4,}))?\.json")
"""The name of a document: its Equipment ID and, of a segment of older orders, its number."""

COMPANY_DOCUMENT = re.compile(r"[0-9a-f]{32}\.json")
USER_DOCUMENT = re.compile(r"[0-9a-f]{32}-[0-9a-f]{32}\.json")
"""The names of the documents of a company and of a user: nothing that was typed is part of them."""

_FIRST_FOLDERS = ("systems", "drafts", "journal", "export")
"""Of layout 1."""
_FOLDERS = (*_FIRST_FOLDERS, "companies", "users")
_OURS = {*_FOLDERS, "locks", "accounts.json", "VERSION.tmp"}
_NUMBER = re.compile(rb"\d{1,9}\n?")
RESTORING = "RESTORING"
MAKING = "INIT"
"""Marks in a store that is being restored or made: only the same again can finish it."""
_ALLOWED = {"settings.toml", "lost+found"}
"""May be there before the store is: settings prepared by hand; the root of a new disk."""


class Paths:
    """The paths of all folders and files of a store at `root`."""

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self.root = str(Path(root).absolute())
        self.version = f"{self.root}/VERSION"
        self.locks = f"{self.root}/locks"
        self.former_accounts = f"{self.root}/accounts.json"
        self.companies = f"{self.root}/companies"
        self.users = f"{self.root}/users"
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
        return f"{self.system_folder(equipment_id)}/{equipment_id}.json"

    def segment(self, equipment_id: str, number: int) -> str:
        """The `number`-th sealed segment of a system's older orders, from 1."""
        return f"{self.system_folder(equipment_id)}/{equipment_id}.{number:04d}.json"

    def system_folder(self, equipment_id: str) -> str:
        """The folder of a system: the first three digits of the SHA-256 of its Equipment ID."""
        return f"{self.systems}/{hashlib.sha256(equipment_id.encode()).hexdigest()[:3]}"

    def system_folders(self) -> Iterator[str]:
        """All folders of systems."""
        return (f"{self.systems}/{name}" for name in SYSTEM_FOLDERS)

    def company(self, name: str) -> str:
        """The document of the company of that name, however its letters were typed."""
        return f"{self.companies}/{_digest(same_name(name))}.json"

    def user(self, company_id: str, login: str) -> str:
        """The document of a user, however the letters of the login were typed."""
        return f"{self.users}/{self.users_of(company_id)}{_digest(same_name(login))}.json"

    def users_of(self, company_id: str) -> str:
        """How the names of the documents of a company's users begin."""
        return f"{_digest(company_id)}-"

    def nobody(self, company_id: str, login: str) -> str:
        """What is written instead when somebody logs in who is not there: one of 16 documents, so
        that such attempts seldom wait for each other, and never fill the disk."""
        return f"{self.users}/nobody-{_digest(f'{company_id}/{same_name(login)}')[0]}.json"

    def draft(self, company_id: str, login: str) -> str:
        """The draft of a user; nothing that was typed is part of the name."""
        name = hashlib.sha256(f"{company_id}\0{login}".encode()).hexdigest()
        return f"{self.drafts}/{name}.json"


def _digest(text: str) -> str:
    # What is no text (a lone surrogate) is nobody's name, and no error either.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def create_store(
    path: str | os.PathLike[str],
    calls: SystemCalls | None = None,
    fill: Callable[[Paths], None] | None = None,
    mark: str = RESTORING,
    marked: bytes = b"",
) -> None:
    """Make an empty store, or one that `fill` puts something into before it can be opened; a
    call that was cut short can be repeated. Until then `mark` lies in it, a file of that content.

    Raises `StoreNotEmpty`, `StoreOnNetwork`, `WriteFailed`, `OutcomeUnknown`, and what `fill`
    raises.
    """
    calls = calls or SystemCalls()
    paths = Paths(path)
    try:
        make_folder(calls, paths.root)
        there = set(calls.names(paths.root))
        if there - _OURS - _ALLOWED - ({mark} if fill else set()):
            raise StoreNotEmpty(path=paths.root)
        refuse_network(calls, paths.root)
        if fill and not is_begun(paths, calls, mark, marked):
            write_synced(calls, f"{paths.root}/{mark}", marked)
            sync_folder(calls, paths.root)
        for folder in (*(f"{paths.root}/{name}" for name in _FOLDERS), *paths.system_folders()):
            make_one_folder(calls, folder)
        write_synced(calls, paths.locks, b"")
        if fill:
            fill(paths)
        sync_all(calls, paths.root)
        write_version(paths, calls)
    except OSError as error:
        raise WriteFailed(path=paths.root, reason=system_word(error)) from error
    if fill:
        with suppress(OSError):  # beside a VERSION it means nothing
            calls.unlink(f"{paths.root}/{mark}")
    try:
        sync_folder(calls, paths.root)
    except OSError as error:
        raise OutcomeUnknown(
            path=paths.root, reason=system_word(error), what=Unsettled.STORE
        ) from error


def is_begun(paths: Paths, calls: SystemCalls, mark: str, marked: bytes) -> bool:
    """Whether that mark lies in the folder: what made it was cut short. Raises `WriteFailed`."""
    try:
        return calls.read(f"{paths.root}/{mark}") == marked
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise WriteFailed(path=paths.root, reason=system_word(error)) from error


def write_version(paths: Paths, calls: SystemCalls) -> None:
    """Say that the store has today's layout; the folder is not synced. Raises `OSError`."""
    temporary = f"{paths.version}.tmp"
    write_synced(calls, temporary, f"{LAYOUT_VERSION}\n".encode())
    calls.rename(temporary, paths.version)


def make_account_folders(paths: Paths, calls: SystemCalls) -> None:
    """The folders that layout 1 had not. Raises `OSError`."""
    for folder in (paths.companies, paths.users):
        make_one_folder(calls, folder)
    sync_folder(calls, paths.root)


def require_store(paths: Paths, calls: SystemCalls) -> None:
    """Whether this portal can work on that store; on a read-only disk it can be read.

    Raises `StoreMissing`, `StoreTooNew`, `DocumentDamaged`, `StoreNotWritable`, `StoreOnNetwork`,
    `ReadFailed`, `OwnerWrong`.
    """
    try:
        if not calls.exists(paths.version):
            raise StoreMissing(path=paths.root)
        text = read_bytes(calls, paths.version)
    except OSError as error:
        raise refused(paths.version, error) from error
    if not _NUMBER.fullmatch(text):
        raise DocumentDamaged(path=paths.version, reason=DocumentFault.SHAPE)
    if int(text) > LAYOUT_VERSION:
        raise StoreTooNew(path=paths.root, found=int(text), known=LAYOUT_VERSION)
    with reading(paths.root):
        refuse_network(calls, paths.root)
    folders = _FIRST_FOLDERS if int(text) == 1 else _FOLDERS
    for path in (paths.root, *(f"{paths.root}/{name}" for name in folders), paths.locks):
        with reading(path):
            _check_writable(calls, path)


def _check_writable(calls: SystemCalls, path: str) -> None:
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
