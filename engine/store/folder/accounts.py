"""Companies and users on disk: one small document each, found by its name, so that a login costs
the same however many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from re import Pattern

from typing_extensions import override

from engine.accounts.people import (
    Company,
    User,
    by_company,
    by_name,
    changed,
    company_changed,
    same_name,
    user_key,
)
from engine.errors import (
    CompanyUnknown,
    DocumentDamaged,
    DocumentFault,
    NameTaken,
    ReadFailed,
    UserUnknown,
)
from engine.files.system_calls import reading
from engine.ports import AccountStore
from engine.store.folder.documents import Tables, read_bytes, read_tables, replace_file, sealed
from engine.store.folder.former_accounts import FormerAccounts, company_document, user_document
from engine.store.folder.locks import hashed_place
from engine.store.folder.paths import COMPANY_DOCUMENT, USER_DOCUMENT
from engine.store.folder.store_folder import StoreFolder
from engine.store.rows import Value, value_of


class Accounts(AccountStore):
    """The companies and users of a store on disk; each document has a lock of its own."""

    folder: StoreFolder
    former: FormerAccounts

    @override
    def companies(self) -> list[Company]:
        former = self.former.tables()
        if former is not None:
            return by_name(rows_of(Company, former, "companies", self.folder.paths.former_accounts))
        return by_name(self._company(path) for path in self.company_paths())

    @override
    def company_named(self, name: str) -> Company | None:
        former, wanted = self.former.tables(), same_name(name)
        if former is not None:
            found = rows_of(Company, former, "companies", self.folder.paths.former_accounts)
            return next((each for each in found if same_name(each.name) == wanted), None)
        try:
            return self._company(self.folder.paths.company(name))
        except FileNotFoundError:
            return None

    @override
    def users(self, company_id: str | None = None) -> list[User]:
        former = self.former.tables()
        if former is None:
            found = [self._user(path) for path in self.user_paths(company_id)]
        else:
            found = [
                user
                for user in rows_of(User, former, "users", self.folder.paths.former_accounts)
                if company_id in (None, user.company_id)
            ]
        return by_company(found, self.companies() if company_id is None else ())

    @override
    def user(self, company_id: str, login: str) -> User | None:
        former = self.former.tables()
        if former is not None:
            row = former.get("users", {}).get(user_key(company_id, login))
            return value_of(User, row, self.folder.paths.former_accounts) if row else None
        try:
            return self._user(self.folder.paths.user(company_id, login))
        except FileNotFoundError:
            return None

    @override
    def add_company(self, company: Company) -> None:
        self.former.take_apart()
        document = company_document(company, self.folder.paths)
        with self.folder.locks.held(place_of(document.path), "accounts"):
            if self.company_named(company.name) is not None:
                raise NameTaken(kind="company", name=company.name)
            replace_file(self.folder.calls, *document)

    @override
    def change_company(self, name: str, change: Callable[[Company], Company]) -> Company:
        self.former.take_apart()
        with self.folder.locks.held(place_of(self.folder.paths.company(name)), "accounts"):
            company = self.company_named(name)
            if company is None:
                raise CompanyUnknown(name=name, close="")
            after = company_changed(company, change)
            replace_file(self.folder.calls, *company_document(after, self.folder.paths))
            return after

    @override
    def add_user(self, user: User) -> None:
        self.former.take_apart()
        document = user_document(user, self.folder.paths)
        with self.folder.locks.held(place_of(document.path), "accounts"):
            if self.user(user.company_id, user.login) is not None:
                raise NameTaken(kind="user", name=user.login)
            replace_file(self.folder.calls, *document)

    @override
    def change_user(self, company_id: str, login: str, change: Callable[[User], User]) -> User:
        self.former.take_apart()
        place = place_of(self.folder.paths.user(company_id, login))
        with self.folder.locks.held(place, "accounts"):
            user = self.user(company_id, login)
            if user is None:
                raise UserUnknown(company=company_id, login=login)
            after = changed(user, change)
            replace_file(self.folder.calls, *user_document(after, self.folder.paths))
            return after

    @override
    def change_nobody(self, company_id: str, login: str) -> None:
        """After the same calls as `change_user`."""
        self.former.take_apart()
        path = self.folder.paths.nobody(company_id, login)
        with self.folder.locks.held(place_of(path), "accounts"):
            with suppress(FileNotFoundError):
                read_bytes(self.folder.calls, path)
            replace_file(self.folder.calls, path, sealed({"nobody": {}}))

    @override
    def one_at_a_time(self) -> AbstractContextManager[None]:
        return self.folder.locks.turn("accounts")

    def company_paths(self) -> Iterator[str]:
        """The documents of all companies. Raises `DocumentDamaged`."""
        return self._paths(self.folder.paths.companies, COMPANY_DOCUMENT)

    def user_paths(self, company_id: str | None = None) -> Iterator[str]:
        """The documents of all users, or of one company's. Raises `DocumentDamaged`."""
        begin = "" if company_id is None else self.folder.paths.users_of(company_id)
        return self._paths(self.folder.paths.users, USER_DOCUMENT, begin)

    def _paths(self, folder: str, pattern: Pattern[str], begin: str = "") -> Iterator[str]:
        try:
            with reading(folder):
                names = self.folder.calls.names(folder)
        except ReadFailed as error:
            if error.reason != "ENOENT":
                raise
            raise DocumentDamaged(path=folder, reason=DocumentFault.IO) from None
        for name in sorted(names):
            if name.startswith(begin) and pattern.fullmatch(name):
                yield f"{folder}/{name}"

    def read_account(self, path: str) -> Company | User:
        """What a document holds. Raises `FileNotFoundError`, `DocumentDamaged`, `StoreTooNew`."""
        if path.startswith(f"{self.folder.paths.companies}/"):
            return self._company(path)
        return self._user(path)

    def _company(self, path: str) -> Company:
        company = only_row(Company, read_tables(self.folder.calls, path), "companies", path)
        _belongs(self.folder.paths.company(company.name), path)
        return company

    def _user(self, path: str) -> User:
        user = only_row(User, read_tables(self.folder.calls, path), "users", path)
        _belongs(self.folder.paths.user(user.company_id, user.login), path)
        return user


def rows_of(kind: type[Value], tables: Tables, table: str, path: str) -> list[Value]:
    """All rows of a table as values. Raises `DocumentDamaged`."""
    return [value_of(kind, row, path) for row in tables.get(table, {}).values()]


def only_row(kind: type[Value], tables: Tables, table: str, path: str) -> Value:
    """The one row that a document has. Raises `DocumentDamaged`."""
    rows = rows_of(kind, tables, table, path)
    if len(rows) != 1:
        raise DocumentDamaged(path=path, reason=DocumentFault.SHAPE)
    return rows[0]


def _belongs(wanted: str, path: str) -> None:
    """A document under another's name was put there by somebody. Raises `DocumentDamaged`."""
    if wanted != path:
        raise DocumentDamaged(path=path, reason=DocumentFault.SHAPE)


def place_of(path: str) -> int:
    """The lock of a document, the same however the store's folder was named."""
    return hashed_place(path.rpartition("/")[2])
