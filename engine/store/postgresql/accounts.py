"""Companies, users, their keys and unfinished orders in the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from typing import TypeVar

import msgspec
from msgspec import Struct
from typing_extensions import override

from engine.accounts.people import (
    Company,
    User,
    by_company,
    by_name,
    changed,
    company_changed,
    same_name,
)
from engine.accounts.ssh_keys import SshKey, SshKeyStore, in_order
from engine.audit import EventName
from engine.errors import (
    CompanyUnknown,
    DocumentDamaged,
    DocumentFault,
    NameTaken,
    SshKeyTaken,
    SshKeyUnknown,
    StoreTrouble,
    UserUnknown,
)
from engine.licences.order import Draft
from engine.ports import AccountStore, DraftStore, KeptDraft
from engine.store.postgresql.audit import key_of, lane_of
from engine.store.postgresql.changing import AGAIN, KEEPING, LOOK, Change, Database
from engine.store.rows import row_of, value_of

_Value = TypeVar("_Value", bound=Struct)


class Kept(Struct, frozen=True):
    """An unfinished order as it is stored."""

    company_id: str
    login: str
    draft: Draft


class Accounts(AccountStore, SshKeyStore, DraftStore):
    """The accounts of a store on PostgreSQL."""

    database: Database

    @override
    def companies(self) -> list[Company]:
        return by_name(self._all(Company, "SELECT body FROM companies"))

    @override
    def company_named(self, name: str) -> Company | None:
        asked = "SELECT body FROM companies WHERE name = %s"
        return self._one(Company, asked, key_of(same_name(name)))

    @override
    def add_company(self, company: Company) -> None:
        def add(change: Change) -> None:
            added = change.read(
                (
                    "INSERT INTO companies VALUES (%s, %s) ON CONFLICT DO NOTHING RETURNING 1",
                    (key_of(same_name(company.name)), text_of(company)),
                )
            )
            if not added[0]:
                raise NameTaken(kind="company", name=company.name)

        self.database.changed(add)

    @override
    def change_company(self, name: str, change: Callable[[Company], Company]) -> Company:
        key = key_of(same_name(name))

        def work(transaction: Change) -> Company:
            locked = "SELECT body FROM companies WHERE name = %s FOR UPDATE"
            company = self._one(Company, locked, key)
            if company is None:
                raise CompanyUnknown(name=name, close="")
            after = company_changed(company, change)
            transaction.write("UPDATE companies SET body = %s WHERE name = %s", text_of(after), key)
            return after

        return self.database.changed(work)

    @override
    def users(self, company_id: str | None = None) -> list[User]:
        if company_id is None:
            return by_company(self._all(User, "SELECT body FROM users"), self.companies())
        asked = "SELECT body FROM users WHERE company = %s"
        return by_company(self._all(User, asked, key_of(company_id)), ())

    @override
    def user(self, company_id: str, login: str) -> User | None:
        return self._one(
            User, "SELECT body FROM users WHERE name = %s", user_name(company_id, login)
        )

    @override
    def add_user(self, user: User) -> None:
        def add(change: Change) -> None:
            name = user_name(user.company_id, user.login)
            added = change.read(
                (
                    "INSERT INTO users VALUES (%s, %s, %s) ON CONFLICT DO NOTHING RETURNING 1",
                    (name, key_of(user.company_id), text_of(user)),
                )
            )
            if not added[0]:
                raise NameTaken(kind="user", name=user.login)

        self.database.changed(add)

    @override
    def change_user(self, company_id: str, login: str, change: Callable[[User], User]) -> User:
        name = user_name(company_id, login)

        def work(transaction: Change) -> User:
            locked = "SELECT body FROM users WHERE name = %s FOR UPDATE"
            user = self._one(User, locked, name)
            if user is None:
                raise UserUnknown(company=company_id, login=login)
            after = changed(user, change)
            transaction.write("UPDATE users SET body = %s WHERE name = %s", text_of(after), name)
            return after

        return self.database.changed(work)

    @override
    def change_nobody(self, company_id: str, login: str) -> None:
        """One of sixteen rows, in as many messages as a user takes."""
        name = user_name(company_id, login)[0]

        def work(change: Change) -> None:
            change.read(("SELECT body FROM nobody WHERE name = %s FOR UPDATE", (name,)))
            put = "INSERT INTO nobody VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET body"
            change.write(f"{put} = excluded.body", name, "x" * 600)

        self.database.changed(work, AGAIN)

    @override
    def one_at_a_time(self) -> AbstractContextManager[None]:
        return nullcontext()  # what cannot be written down cannot be read either

    # Keys

    @override
    def ssh_key(self, fingerprint: str) -> SshKey | None:
        asked = "SELECT body FROM ssh_keys WHERE fingerprint = %s"
        return self._one(SshKey, asked, key_of(fingerprint))

    @override
    def ssh_keys(self) -> list[SshKey]:
        return in_order(self._all(SshKey, "SELECT body FROM ssh_keys"))

    @override
    def add_ssh_key(self, key: SshKey, who: str) -> None:
        def add(change: Change) -> None:
            added = change.read(
                (
                    "INSERT INTO ssh_keys VALUES (%s, %s) ON CONFLICT DO NOTHING RETURNING 1",
                    (key_of(key.fingerprint), text_of(key)),
                )
            )
            if not added[0]:
                raise SshKeyTaken(fingerprint=key.fingerprint)
            self._say(change, EventName.SSH_KEY_ADD, key, who)

        self.database.changed(add, LOOK)

    @override
    def remove_ssh_key(self, fingerprint: str, who: str) -> SshKey:
        def remove(change: Change) -> SshKey:
            gone = "DELETE FROM ssh_keys WHERE fingerprint = %s RETURNING body"
            key = self._one(SshKey, gone, key_of(fingerprint))
            if key is None:
                raise SshKeyUnknown(fingerprint=fingerprint)
            self._say(change, EventName.SSH_KEY_REMOVE, key, who)
            return key

        return self.database.changed(remove, LOOK)

    @staticmethod
    def _say(change: Change, event: EventName, key: SshKey, who: str) -> None:
        details = {"user": str(key.user), "fingerprint": key.fingerprint}
        change.append(lane_of(who), event, who, details)

    # Unfinished orders

    @override
    def drafts(self, company_id: str, login: str) -> list[Draft]:
        with suppress(StoreTrouble):
            return self._drafts(company_id, login)
        return []

    def _drafts(self, company_id: str, login: str) -> list[Draft]:
        asked = "SELECT body FROM drafts WHERE owner = %s"
        return [kept.draft for kept in self._all(Kept, asked, user_name(company_id, login))]

    @override
    def all_drafts(self) -> Iterator[KeptDraft]:
        for row in self.database.rows("SELECT body FROM drafts ORDER BY owner, draft"):
            with suppress(DocumentDamaged):
                kept = self._value(Kept, row[0])
                yield KeptDraft(kept.company_id, kept.login, kept.draft)

    @override
    def reads_drafts(self, company_id: str, login: str) -> bool:
        try:
            self._drafts(company_id, login)
        except StoreTrouble:
            return False
        return True

    @override
    def unread_drafts(self) -> list[str]:
        found = []
        for owner, body in self.database.rows("SELECT owner, body FROM drafts ORDER BY owner"):
            try:
                self._value(Kept, body)
            except DocumentDamaged:
                found.append(f"{self.database.place}#drafts/{owner}")
        return found

    @override
    def keep_draft(self, company_id: str, login: str, draft: Draft) -> None:
        kept = text_of(Kept(company_id, login, draft))
        put = "INSERT INTO drafts VALUES (%s, %s, %s) ON CONFLICT (owner, draft) DO UPDATE SET body"
        values = (user_name(company_id, login), key_of(draft.draft_id), kept)
        self.database.changed(
            lambda change: change.write(f"{put} = excluded.body", *values), AGAIN, KEEPING
        )

    @override
    def drop_draft(self, company_id: str, login: str, draft_id: str) -> None:
        values = (user_name(company_id, login), key_of(draft_id))
        gone = "DELETE FROM drafts WHERE owner = %s AND draft = %s"
        self.database.changed(lambda change: change.write(gone, *values), AGAIN, KEEPING)

    def _all(self, kind: type[_Value], sql: str, *values: str) -> list[_Value]:
        return [self._value(kind, row[0]) for row in self.database.rows(sql, *values)]

    def _one(self, kind: type[_Value], sql: str, *values: str) -> _Value | None:
        return next(iter(self._all(kind, sql, *values)), None)

    def _value(self, kind: type[_Value], text: str) -> _Value:
        return value_in(kind, text, self.database.place)


def user_name(company_id: str, login: str) -> str:
    """What a user is found by, however the login is typed."""
    return key_of(company_id, same_name(login))


def value_in(kind: type[_Value], text: str, place: str) -> _Value:
    """A value that is stored as this text. Raises `DocumentDamaged`, which names the `place`."""
    try:
        return value_of(kind, msgspec.json.decode(text), place)
    except msgspec.DecodeError:
        raise DocumentDamaged(path=place, reason=DocumentFault.JSON) from None


def text_of(value: Struct) -> str:
    """A value as it is stored."""
    return msgspec.json.encode(row_of(value)).decode()
