"""The store in memory, for the demonstration: plain dictionaries, nothing left behind.

Values are kept as rows, and made of them again for whoever asks: nothing is shared with the
caller, and texts come out as they do from a store on disk.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from threading import RLock

from msgspec import structs
from typing_extensions import override

from engine.accounts.people import (
    Company,
    User,
    by_company,
    by_name,
    changed,
    named,
    user_key,
)
from engine.audit import AuditEvent, EventName
from engine.errors import NameTaken, SystemKnown, SystemUnknown, UserUnknown
from engine.licences.order import Draft, Order
from engine.licences.system import EquipmentId, System
from engine.ports import Clock, OrderQuery, Placement, Progress, Store, now
from engine.store.matching import latest_first, matches
from engine.store.order_rules import check_order, order_details
from engine.store.rows import Row, Value, row_of, value_of

_PLACE = "memory"
"""What an error would name, if a row could be damaged here."""


class MemoryStore(Store):
    """`engine.ports.Store` in memory; threads take turns."""

    def __init__(self, clock: Clock = now) -> None:
        self._clock = clock
        self._turn = RLock()
        self._systems: dict[str, Row] = {}
        self._companies: dict[str, Row] = {}
        self._users: dict[str, Row] = {}
        self._drafts: dict[str, dict[str, Row]] = defaultdict(dict)
        """By user, then by id."""
        self._withdrawn: set[int] = set()
        self._events: list[AuditEvent] = []

    @override
    def system(self, equipment_id: str) -> System | None:
        with self._turn:
            return _value(System, self._systems.get(equipment_id))

    @override
    def older_orders(self, system: System) -> tuple[Order, ...]:
        return ()  # all orders stay with their system

    @override
    def systems(self) -> Iterator[System]:
        with self._turn:
            found = sorted(self._systems)
        return (system for key in found if (system := self.system(key)))

    @override
    def system_count(self) -> int:
        return len(self._systems)

    @override
    def add_systems(self, systems: Iterable[System], progress: Progress | None = None) -> int:
        added: dict[EquipmentId, System] = {}
        with self._turn:
            for system in systems:
                key = system.equipment_id
                if key in added or key in self._systems:
                    raise SystemKnown(equipment_id=key)
                added[key] = system
            self._systems |= {key: row_of(system) for key, system in added.items()}
            for system in added.values():
                for order in system.orders:
                    self.record(EventName.ORDER_IMPORT, order.placed_by, **order_details(order))
        if progress and added:
            progress(len(added))
        return len(added)

    @override
    def place(
        self, equipment_id: str, draft_id: str, decide: Callable[[System], Order]
    ) -> Placement:
        with self._turn:
            system = self.system(equipment_id)
            if system is None:
                raise SystemUnknown(equipment_id=equipment_id)
            for placed in system.orders:
                if placed.draft_id == draft_id:
                    return Placement(placed, already=True)
            order = decide(system)
            check_order(order, system, draft_id)
            row = row_of(system.after(order))
            self.record(EventName.ORDER, order.placed_by, **order_details(order))
            self._systems[equipment_id] = row
            return Placement(order, already=False)

    @override
    def transact(
        self,
        source: EquipmentId,
        target: EquipmentId,
        request_id: str,
        decide: Callable[[System, System], tuple[Order, Order]],
    ) -> Placement:
        with self._turn:
            systems = [self.system(each) for each in (source, target)]
            for each, system in zip((source, target), systems, strict=True):
                if system is None:
                    raise SystemUnknown(equipment_id=each)
            one, other = (system for system in systems if system is not None)
            for placed in other.orders:
                if placed.draft_id == request_id:
                    return Placement(placed, already=True)
            orders = decide(one, other)
            for order, system in zip(orders, (one, other), strict=True):
                check_order(order, system, request_id)
                self.record(EventName.ORDER, order.placed_by, **order_details(order))
            self._systems[source] = row_of(one.after(orders[0]))
            self._systems[target] = row_of(other.after(orders[1]))
            return Placement(orders[1], already=False)

    @override
    def erase_personal(self, equipment_id: str, numbers: Collection[str], who: str) -> int:
        with self._turn:
            system = self.system(equipment_id)
            if system is None:
                return 0
            erased = [o.number for o in system.orders if o.number in numbers and o.is_personal]
            orders = tuple(o.erased() if o.number in erased else o for o in system.orders)
            for order in orders:
                if order.number in erased:
                    self.record(EventName.ERASE, who, **order_details(order))
            self._systems[equipment_id] = row_of(structs.replace(system, orders=orders))
            return len(erased)

    @override
    def find_orders(self, query: OrderQuery, limit: int) -> list[Order]:
        found = (o for s in self.systems() for o in s.orders if matches(o, query))
        return heapq.nlargest(limit, found, key=latest_first)

    @override
    def unread(self, query: OrderQuery, but: Collection[str] = ()) -> list[str]:
        return []  # nothing in memory is damaged

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
    def users(self, company_id: str | None = None) -> list[User]:
        found = (u for u in self._all(User, self._users) if company_id in (None, u.company_id))
        return by_company(found, self.companies())

    @override
    def user(self, company_id: str, login: str) -> User | None:
        with self._turn:
            return _value(User, self._users.get(user_key(company_id, login)))

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
            return [value_of(kind, row, _PLACE) for row in table.values()]

    @override
    def drafts(self, company_id: str, login: str) -> list[Draft]:
        return self._all(Draft, self._drafts[user_key(company_id, login)])

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
    def newest_key(self) -> int:
        return 1  # nobody rotates them

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


def _value(kind: type[Value], row: Row | None) -> Value | None:
    return None if row is None else value_of(kind, row, _PLACE)
