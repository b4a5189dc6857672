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

from engine.accounts.people import Company, User, user_key
from engine.errors import DocumentDamaged, DocumentFault, WriteFailed, system_word
from engine.files.system_calls import reading
from engine.files.writing import sync_all, sync_folder, write_unsynced
from engine.store.folder.creation import make_account_folders, write_version
from engine.store.folder.documents import Tables, read_tables, sealed
from engine.store.folder.locks import ACCOUNTS
from engine.store.folder.paths import Paths
from engine.store.folder.store_folder import StoreFolder
from engine.store.rows import row_of, value_of


class AccountDocument(NamedTuple):
    """A company or a user as a document: where it belongs, and its bytes."""

    path: str
    data: bytes


class FormerAccounts:
    """`accounts.json` of a store, if it has one."""

    def __init__(self, folder: StoreFolder) -> None:
        self._folder = folder
        self._gone = False
        """Once it is, it never comes back."""
        self._settled = False
        """Its removal is on disk, whoever removed it."""

    def tables(self) -> Tables | None:
        """What is in the file; None when there is none. Raises `DocumentDamaged`."""
        if self._gone:
            return None
        path, calls = self._folder.paths.former_accounts, self._folder.calls
        try:
            return read_tables(calls, path)
        except FileNotFoundError:
            with reading(path):
                there = calls.exists(self._folder.paths.users)
            if not there:  # no accounts: not the same as none there
                raise DocumentDamaged(path=path, reason=DocumentFault.IO) from None
        self._gone = True
        return None

    def take_apart(self) -> None:
        """Make documents of it, before the first change. Raises `WriteFailed`, `StoreBusy`."""
        if self._settled:
            return
        path, calls = self._folder.paths.former_accounts, self._folder.calls
        with self._changing():
            tables = self.tables()
            if tables is not None:
                self._write(documents_in(tables, self._folder.paths))
                calls.unlink(path)
            # Whoever removed it may have died before that was on disk.
            sync_folder(calls, self._folder.paths.root)
        self._settled = True

    def give_up(self, documents: Iterable[AccountDocument]) -> None:
        """Put these into the place of a file that is damaged, which stays beside as `….damaged`.
        Raises `WriteFailed`, `StoreBusy`."""
        path, calls = self._folder.paths.former_accounts, self._folder.calls
        with self._changing():
            self._write(documents)
            with suppress(FileNotFoundError):
                calls.rename(path, f"{path}.damaged")
            sync_folder(calls, self._folder.paths.root)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with self._folder.locks.held(ACCOUNTS, "accounts"):
            try:
                yield
            except OSError as error:
                path = self._folder.paths.former_accounts
                raise WriteFailed(path=path, reason=system_word(error)) from error

    def _write(self, documents: Iterable[AccountDocument]) -> None:
        folder = self._folder
        make_account_folders(folder.paths, folder.calls)
        for document in documents:
            write_unsynced(folder.calls, *document)
        sync_all(folder.calls, folder.paths.root)
        write_version(folder.paths, folder.calls)
        sync_folder(folder.calls, folder.paths.root)


def documents_in(tables: Tables, paths: Paths) -> Iterator[AccountDocument]:
    """The documents of all companies and users of layout 1. Raises `DocumentDamaged`."""
    path = paths.former_accounts
    for row in tables.get("companies", {}).values():
        yield company_document(value_of(Company, row, path), paths)
    for row in tables.get("users", {}).values():
        yield user_document(value_of(User, row, path), paths)


def company_document(company: Company, paths: Paths) -> AccountDocument:
    """The document of a company."""
    data = sealed({"companies": {company.company_id: row_of(company)}})
    return AccountDocument(paths.company(company.name), data)


def user_document(user: User, paths: Paths) -> AccountDocument:
    """The document of a user."""
    data = sealed({"users": {user_key(user.company_id, user.login): row_of(user)}})
    return AccountDocument(paths.user(user.company_id, user.login), data)
