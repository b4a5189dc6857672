"""The store in memory, for the demonstration: plain dictionaries, nothing left behind.

Values are kept as rows, and made of them again for whoever asks: nothing is shared with the
caller, and texts come out as they do from a store on disk.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

from typing_extensions import override

from engine.accounts.people import (
    Company,
    User,
    by_company,
    by_name,
    changed,
    company_changed,
    named,
    user_key,
)
from engine.audit import AuditEvent, EventName
from engine.catalogue.versions import CatalogueVersion
from engine.errors import CompanyUnknown, NameTaken, UserUnknown
from engine.licences.order import Draft
from engine.ports import Clock, KeptDraft, Store, now
from engine.store.memory.papers import MemoryPapers
from engine.store.memory.ssh_keys import MemorySshKeys
from engine.store.memory.systems import PLACE, MemorySystems, value_or_none
from engine.store.rows import Row, Value, row_of, value_of


class MemoryStore(MemorySystems, MemorySshKeys, MemoryPapers, Store):
    """`engine.ports.Store` in memory; threads take turns."""

    def __init__(self, clock: Clock = now) -> None:
        super().__init__()
        self._clock = clock
        self._companies: dict[str, Row] = {}
        self._users: dict[str, Row] = {}
        self._ssh_keys = {}
        self._papers = {}
        self._drafts: dict[str, dict[str, Row]] = defaultdict(dict)
        """By user, then by id."""
        self._withdrawn: set[int] = set()
        self._versions: dict[tuple[str, datetime], CatalogueVersion] = {}
        self._events: list[AuditEvent] = []

    @override
    def companies(self) -> list[Company]:
        return by_name(self._all(Company, self._companies))

    @override
    def company_named(self, name: str) -> Company | None:
        return named(self._all(Company, self._companies), name)

    @override
    def add_company(self, company: Company) -> None:
        with self._turn:
            if self.company_named(company.name) is not None:
                raise NameTaken(kind="company", name=company.name)
            self._companies[company.company_id] = row_of(company)

    @override
    def change_company(self, name: str, change: Callable[[Company], Company]) -> Company:
        with self._turn:
            company = self.company_named(name)
            if company is None:
                raise CompanyUnknown(name=name, close="")
            after = company_changed(company, change)
            self._companies[after.company_id] = row_of(after)
            return after

    @override
    def users(self, company_id: str | None = None) -> list[User]:
        found = (u for u in self._all(User, self._users) if company_id in (None, u.company_id))
        return by_company(found, self.companies())

    @override
    def user(self, company_id: str, login: str) -> User | None:
        with self._turn:
            return value_or_none(User, self._users.get(user_key(company_id, login)))

    @override
    def add_user(self, user: User) -> None:
        with self._turn:
            if self.user(user.company_id, user.login) is not None:
                raise NameTaken(kind="user", name=user.login)
            self._users[user_key(user.company_id, user.login)] = row_of(user)

    @override
    def change_user(self, company_id: str, login: str, change: Callable[[User], User]) -> User:
        with self._turn:
            user = self.user(company_id, login)
            if user is None:
                raise UserUnknown(company=company_id, login=login)
            after = changed(user, change)
            self._users[user_key(company_id, login)] = row_of(after)
            return after

    @override
    def change_nobody(self, company_id: str, login: str) -> None:
        """In memory a change takes no time that could be told."""

    @override
    def one_at_a_time(self) -> AbstractContextManager[None]:
        return nullcontext()  # memory can always be written

    def _all(self, kind: type[Value], table: dict[str, Row]) -> list[Value]:
        with self._turn:
            return [value_of(kind, row, PLACE) for row in table.values()]

    @override
    def drafts(self, company_id: str, login: str) -> list[Draft]:
        return self._all(Draft, self._drafts[user_key(company_id, login)])

    @override
    def all_drafts(self) -> Iterator[KeptDraft]:
        for user in self.users():
            for draft in self.drafts(user.company_id, user.login):
                yield KeptDraft(user.company_id, user.login, draft)

    @override
    def reads_drafts(self, company_id: str, login: str) -> bool:
        return True

    @override
    def unread_drafts(self) -> list[str]:
        return []  # nothing in memory is damaged

    @override
    def keep_draft(self, company_id: str, login: str, draft: Draft) -> None:
        with self._turn:
            self._drafts[user_key(company_id, login)][draft.draft_id] = row_of(draft)

    @override
    def drop_draft(self, company_id: str, login: str, draft_id: str) -> None:
        with self._turn:
            self._drafts[user_key(company_id, login)].pop(draft_id, None)

    @override
    def catalogue_versions(self) -> list[CatalogueVersion]:
        return list(self._versions.values())

    @override
    def catalogue_mark(self) -> object:
        return len(self._events), len(self._versions)

    @override
    def put_catalogue(self, versions: Sequence[CatalogueVersion], who: str) -> None:
        with self._turn:
            for version in versions:
                self.record(EventName.CATALOGUE_PUT, who, product=version.product)
                self._versions[version.product, version.since] = version

    @override
    def record(self, event: EventName, who: str, **details: str) -> None:
        with self._turn:
            self._events.append(AuditEvent(self._clock(), event, who, details))

    @override
    def events(self, since: datetime | None = None) -> Iterator[AuditEvent]:
        with self._turn:
            lines = list(self._events)
        return (
            line._replace(details=dict(line.details))
            for line in lines
            if since is None or line.at >= since
        )

    @override
    def follow(self) -> Iterator[AuditEvent | None]:
        told = 0
        while True:
            with self._turn:
                lines = self._events[told:]
            told += len(lines)
            yield from (line._replace(details=dict(line.details)) for line in lines)
            yield None

    @override
    def signing_key(self) -> int | None:
        return None  # nobody rotates them

    @override
    def withdrawn_keys(self) -> frozenset[int]:
        return frozenset(self._withdrawn)

    @override
    def withdraw_key(self, number: int, who: str) -> bool:
        with self._turn:
            if number in self._withdrawn:
                return False
            self.record(EventName.KEY_WITHDRAW, who, key=str(number))
            self._withdrawn.add(number)
            return True

    @override
    def close(self) -> None:
        """Nothing is held."""
