"""Companies and users, in one document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from engine.accounts.people import Company, User, same_name
from engine.errors import DocumentDamaged, NameTaken, UserUnknown
from engine.store.folder.context import Room
from engine.store.folder.documents import Database, commit, open_document
from engine.store.folder.locks import ACCOUNTS
from engine.store.folder.values import row_of, value_of


class Accounts:
    """The accounts of a store on disk: `accounts.json`, under a lock of its own."""

    room: Room

    def companies(self) -> list[Company]:
        """All companies, by name."""
        return companies_in(self._accounts(), self.room.layout.accounts)

    def users(self) -> list[User]:
        """All users, by company and login."""
        return users_in(self._accounts(), self.room.layout.accounts)

    def user(self, company_id: str, login: str) -> User | None:
        """The user with that login, or None."""
        return user_in(self._accounts(), company_id, login, self.room.layout.accounts)

    def add_company(self, company: Company) -> None:
        """Raises `NameTaken`, `WriteFailed`, `StoreBusy`."""
        with self._changed_accounts() as database:
            add_company(database, company, self.room.layout.accounts)

    def add_user(self, user: User) -> None:
        """Raises `NameTaken`, `WriteFailed`, `StoreBusy`."""
        with self._changed_accounts() as database:
            add_user(database, user, self.room.layout.accounts)

    def change_user(self, company_id: str, login: str, change: Callable[[User], User]) -> User:
        """Raises `UserUnknown`, `WriteFailed`, `StoreBusy`, and what `change` raises."""
        with self._changed_accounts() as database:
            return change_user(database, company_id, login, change, self.room.layout.accounts)

    def _accounts(self) -> Database:
        try:
            return open_document(self.room.calls, self.room.layout.accounts)
        except FileNotFoundError:  # `init` made it: no accounts is not the same as none there
            raise DocumentDamaged(path=self.room.layout.accounts, reason="io") from None

    @contextmanager
    def _changed_accounts(self) -> Iterator[Database]:
        with self.room.locks.held(ACCOUNTS, "accounts"):
            database = self._accounts()
            yield database
            commit(database)


def companies_in(database: Database, path: str) -> list[Company]:
    """All companies, by name."""
    found = [value_of(Company, row, path) for row in database.own("companies").rows()]
    return sorted(found, key=lambda company: same_name(company.name))


def users_in(database: Database, path: str) -> list[User]:
    """All users, by the name of their company and their login."""
    names = {c.company_id: same_name(c.name) for c in companies_in(database, path)}
    found = [value_of(User, row, path) for row in database.own("users").rows()]
    return sorted(found, key=lambda user: (names.get(user.company_id, ""), same_name(user.login)))


def user_in(database: Database, company_id: str, login: str, path: str) -> User | None:
    """The user with that login, or None."""
    row = database.own("users").row(key_of(company_id, login))
    return None if row is None else value_of(User, row, path)


def add_company(database: Database, company: Company, path: str) -> None:
    """Raises `NameTaken`."""
    wanted = same_name(company.name)
    if any(same_name(each.name) == wanted for each in companies_in(database, path)):
        raise NameTaken(kind="company", name=company.name)
    database.own("companies").put(company.company_id, row_of(company))


def add_user(database: Database, user: User, path: str) -> None:
    """Raises `NameTaken`."""
    if user_in(database, user.company_id, user.login, path) is not None:
        raise NameTaken(kind="user", name=user.login)
    database.own("users").put(key_of(user.company_id, user.login), row_of(user))


def change_user(
    database: Database, company_id: str, login: str, change: Callable[[User], User], path: str
) -> User:
    """Raises `UserUnknown`, and what `change` raises."""
    user = user_in(database, company_id, login, path)
    if user is None:
        raise UserUnknown(company=company_id, login=login)
    changed = change(user)
    if key_of(changed.company_id, changed.login) != key_of(company_id, login):
        raise ValueError("a user keeps company and login")
    database.own("users").put(key_of(company_id, login), row_of(changed))
    return changed


def key_of(company_id: str, login: str) -> str:
    """The id of a user's row: logins are compared without regard to case."""
    return f"{company_id}/{same_name(login)}"
