"""The accounts of layout 1: all companies and users in one file, `accounts.json`.

As long as that file is there it is the truth, for this portal and for older ones that still run;
the first change takes it apart:

1. Every company and user is written as a document of its own, and all of it is put on disk.
2. `VERSION` is raised: an older portal that is started from now on refuses the store.
3. `accounts.json` is removed: from here on the documents are the truth.

Cut short before 3, the next change begins again with 1, from the same file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from engine.accounts.people import Company, User, key_of
from engine.errors import DocumentDamaged, DocumentFault, WriteFailed, system_word
from engine.files.system_calls import reading, sync_all, sync_folder, write_unsynced
from engine.store.folder.context import Room
from engine.store.folder.documents import Tables, read_tables, sealed
from engine.store.folder.locks import ACCOUNTS
from engine.store.folder.paths import Layout, make_account_folders, write_version
from engine.store.rows import row_of, value_of


class AccountDocument(NamedTuple):
    """A company or a user as a document: where it belongs, and its bytes."""

    path: str
    data: bytes


class FormerAccounts:
    """`accounts.json` of a store, if it has one."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._gone = False
        """Once it is, it never comes back."""
        self._settled = False
        """Its removal is on disk, whoever removed it."""

    def tables(self) -> Tables | None:
        """What is in the file; None when there is none. Raises `DocumentDamaged`."""
        if self._gone:
            return None
        path, calls = self._room.layout.former_accounts, self._room.calls
        try:
            return read_tables(calls, path)
        except FileNotFoundError:
            with reading(path):
                there = calls.exists(self._room.layout.users)
            if not there:  # no accounts: not the same as none there
                raise DocumentDamaged(path=path, reason=DocumentFault.IO) from None
        self._gone = True
        return None

    def take_apart(self) -> None:
        """Make documents of it, before the first change. Raises `WriteFailed`, `StoreBusy`."""
        if self._settled:
            return
        path, calls = self._room.layout.former_accounts, self._room.calls
        with self._changing():
            tables = self.tables()
            if tables is not None:
                self._write(documents_in(tables, self._room.layout))
                calls.unlink(path)
            # Whoever removed it may have died before that was on disk.
            sync_folder(calls, self._room.layout.root)
        self._settled = True

    def give_up(self, documents: Iterable[AccountDocument]) -> None:
        """Put these into the place of a file that is damaged, which stays beside as `….damaged`.
        Raises `WriteFailed`, `StoreBusy`."""
        path, calls = self._room.layout.former_accounts, self._room.calls
        with self._changing():
            self._write(documents)
            with suppress(FileNotFoundError):
                calls.rename(path, f"{path}.damaged")
            sync_folder(calls, self._room.layout.root)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with self._room.locks.held(ACCOUNTS, "accounts"):
            try:
                yield
            except OSError as error:
                path = self._room.layout.former_accounts
                raise WriteFailed(path=path, reason=system_word(error)) from error

    def _write(self, documents: Iterable[AccountDocument]) -> None:
        room = self._room
        make_account_folders(room.layout, room.calls)
        for document in documents:
            write_unsynced(room.calls, *document)
        sync_all(room.calls, room.layout.root)
        write_version(room.layout, room.calls)
        sync_folder(room.calls, room.layout.root)


def documents_in(tables: Tables, layout: Layout) -> Iterator[AccountDocument]:
    """The documents of all companies and users of layout 1. Raises `DocumentDamaged`."""
    path = layout.former_accounts
    for row in tables.get("companies", {}).values():
        yield company_document(value_of(Company, row, path), layout)
    for row in tables.get("users", {}).values():
        yield user_document(value_of(User, row, path), layout)


def company_document(company: Company, layout: Layout) -> AccountDocument:
    """The document of a company."""
    data = sealed({"companies": {company.company_id: row_of(company)}})
    return AccountDocument(layout.company(company.name), data)


def user_document(user: User, layout: Layout) -> AccountDocument:
    """The document of a user."""
    data = sealed({"users": {key_of(user.company_id, user.login): row_of(user)}})
    return AccountDocument(layout.user(user.company_id, user.login), data)
