"""The store in memory, for the demonstration: TinyDB over `MemoryStorage`, nothing left behind.

Rows are made of values and values of rows anew each time, so nothing is shared with the caller
(TinyDB's own `MemoryStorage` shares whatever is nested in a row).
"""

from __future__ import annotations

import heapq
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import datetime
from threading import RLock

from msgspec import structs
from tinydb.storages import MemoryStorage

from engine.accounts.people import Company, User, by_company, by_name, changed, key_of, named
from engine.errors import ExportsClosed, NameTaken, SystemKnown, SystemUnknown, UserUnknown
from engine.files.system_calls import Calls
from engine.licences.order import Draft, Order
from engine.licences.system import EquipmentId, System
from engine.ports import Clock, Event, OrderQuery, Placement, Progress, now
from engine.store.folder.documents import Database, OwnIdTable
from engine.store.folder.exports import write_export
from engine.store.folder.journal.journal import ERASED
from engine.store.folder.systems import check_order, order_details
from engine.store.folder.values import Value, row_of, value_of
from engine.store.matching import latest_first, matches

_PATH = "memory"


class MemoryStore:
    """`engine.ports.Store` in memory; threads take turns. `files` says whether exports
    may be written."""

    def __init__(self, clock: Clock = now, *, files: bool = True) -> None:
        self._clock = clock
        self._files = files
        self._database = Database(storage=MemoryStorage)
        self._turn = RLock()
        self._exports: str | None = None

    def system(self, equipment_id: str) -> System | None:
        """The system, or None."""
        with self._turn:
            row = self._database.own("systems").row(equipment_id)
            return None if row is None else value_of(System, row, _PATH)

    def older_orders(self, system: System) -> tuple[Order, ...]:
        """None: in memory all orders stay with their system."""
        return ()

    def systems(self) -> Iterator[System]:
        """Every system, in order of Equipment ID."""
        with self._turn:
            found = sorted(self._database.own("systems").keys())
        return (system for key in found if (system := self.system(key)))

    def system_count(self) -> int:
        """How many systems there are."""
        with self._turn:
            return len(self._database.own("systems"))

    def add_systems(self, systems: Iterable[System], progress: Progress | None = None) -> int:
        """Add systems, all or none. Raises `SystemKnown`."""
        added: dict[EquipmentId, System] = {}
        with self._turn:
            for system in systems:
                key = system.equipment_id
                if key in added or self.system(key) is not None:
                    raise SystemKnown(equipment_id=key)
                added[key] = system
            for system in added.values():
                self._database.own("systems").put(system.equipment_id, row_of(system))
                for order in system.orders:
                    self._record_order("order-import", order)
        if progress and added:
            progress(len(added))
        return len(added)

    def place(
        self, equipment_id: str, draft_id: str, decide: Callable[[System], Order]
    ) -> Placement:
        """One order, as one transaction; raises `SystemUnknown` and what `decide` raises."""
        with self._turn:
            system = self.system(equipment_id)
            if system is None:
                raise SystemUnknown(equipment_id=equipment_id)
            for placed in system.orders:
                if placed.draft_id == draft_id:
                    return Placement(placed, already=True)
            order = decide(system)
            check_order(order, system, draft_id)
            self._record_order("order", order)
            with_order = structs.replace(system, orders=(*system.orders, order))
            self._database.own("systems").put(equipment_id, row_of(with_order))
            return Placement(order, already=False)

    def erase_personal(self, equipment_id: str, numbers: Collection[str], who: str) -> int:
        """Take licensee and address out of these orders, and say of how many."""
        with self._turn:
            system = self.system(equipment_id)
            if system is None:
                return 0
            erased = [o.number for o in system.orders if o.number in numbers and o.is_personal]
            orders = tuple(o.erased() if o.number in erased else o for o in system.orders)
            for order in orders:
                if order.number in erased:
                    self.record(ERASED, who, **order_details(order))
            row = row_of(structs.replace(system, orders=orders))
            self._database.own("systems").put(equipment_id, row)
            return len(erased)

    def find_orders(self, query: OrderQuery, limit: int) -> list[Order]:
        """Orders that match, the latest first, at most `limit`."""
        found = (o for s in self.systems() for o in s.orders if matches(o, query))
        return heapq.nlargest(limit, found, key=latest_first)

    def unread(self, query: OrderQuery) -> list[str]:
        """Nothing in memory is damaged."""
        return []

    def companies(self) -> list[Company]:
        """All companies, by name."""
        return by_name(self._all(Company, "companies"))

    def company_named(self, name: str) -> Company | None:
        """The company of that name, or None."""
        return named(self._all(Company, "companies"), name)

    def add_company(self, company: Company) -> None:
        """Raises `NameTaken`."""
        with self._turn:
            if self.company_named(company.name) is not None:
                raise NameTaken(kind="company", name=company.name)
            self._database.own("companies").put(company.company_id, row_of(company))

    def users(self, company_id: str | None = None) -> list[User]:
        """All users, or one company's, by company and login."""
        found = (u for u in self._all(User, "users") if company_id in (None, u.company_id))
        return by_company(found, self.companies())

    def user(self, company_id: str, login: str) -> User | None:
        """The user with that login, or None."""
        with self._turn:
            row = self._database.own("users").row(key_of(company_id, login))
            return None if row is None else value_of(User, row, _PATH)

    def add_user(self, user: User) -> None:
        """Raises `NameTaken`."""
        with self._turn:
            if self.user(user.company_id, user.login) is not None:
                raise NameTaken(kind="user", name=user.login)
            self._put_user(user)

    def change_user(self, company_id: str, login: str, change: Callable[[User], User]) -> User:
        """Raises `UserUnknown`, and what `change` raises."""
        with self._turn:
            user = self.user(company_id, login)
            if user is None:
                raise UserUnknown(company=company_id, login=login)
            after = changed(user, change)
            self._put_user(after)
            return after

    def change_nobody(self, company_id: str, login: str) -> None:
        """In memory a change takes no time that could be told."""

    def one_at_a_time(self) -> AbstractContextManager[None]:
        """Memory can always be written."""
        return nullcontext()

    def _all(self, kind: type[Value], table: str) -> list[Value]:
        with self._turn:
            return [value_of(kind, row, _PATH) for row in self._database.own(table).rows()]

    def _put_user(self, user: User) -> None:
        key = key_of(user.company_id, user.login)
        self._database.own("users").put(key, row_of(user))

    def drafts(self, company_id: str, login: str) -> list[Draft]:
        """The unfinished orders of a user."""
        with self._turn:
            rows = self._drafts(company_id, login).rows()
        return [value_of(Draft, row, _PATH) for row in rows]

    def unread_drafts(self) -> list[str]:
        """Nothing in memory is damaged."""
        return []

    def keep_draft(self, company_id: str, login: str, draft: Draft) -> None:
        """Keep it beside the others, in place of the one with its id."""
        with self._turn:
            self._drafts(company_id, login).put(draft.draft_id, row_of(draft))

    def drop_draft(self, company_id: str, login: str, draft_id: str) -> None:
        """Forget one; nothing happens when there is none."""
        with self._turn, suppress(KeyError):
            self._drafts(company_id, login).drop(draft_id)

    def _drafts(self, company_id: str, login: str) -> OwnIdTable:
        return self._database.own(f"drafts {key_of(company_id, login)}")

    def record(self, event: str, who: str, **details: str) -> None:
        """Add one line to the audit log."""
        with self._turn:
            table = self._database.own("audit")
            line = Event(at=self._clock(), event=event, who=who, details=details)
            table.put(str(len(table) + 1), line._asdict())

    def events(self, since: datetime | None = None) -> Iterator[Event]:
        """The audit log, or its lines from `since` on; oldest first."""
        with self._turn:
            lines = [Event(**row) for row in self._database.own("audit").rows()]
        return (line for line in lines if since is None or line.at >= since)

    def write(self, name: str, text: str) -> str:
        """Write an export into a temporary folder, which `close` removes. Raises `WriteFailed`,
        and `ExportsClosed` where no files may be written."""
        if not self._files:
            raise ExportsClosed
        with self._turn:
            if self._exports is None:
                self._exports = tempfile.mkdtemp(prefix="keycode-portal-")
            return write_export(Calls(), self._exports, name, text)

    def close(self) -> None:
        """Remove what was exported."""
        with self._turn:
            if self._exports is not None:
                shutil.rmtree(self._exports, ignore_errors=True)
            self._exports = None

    def _record_order(self, event: str, order: Order) -> None:
        self.record(event, order.placed_by, **order_details(order))
