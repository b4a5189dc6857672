"""Erasing licensees' names and addresses. What was delivered stays: keycodes, inventories,
references and the audit log hold nothing personal of licensees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from engine.errors import OrderUnknown
from engine.licences.order import Draft, Order
from engine.licences.system import EquipmentId
from engine.ports import Clock, OrderQuery, Progress, Store
from engine.safe_text import folded
from engine.settings import Settings

_PAGE = 500


class Erasing:
    """What the licence desk erases, from the command line."""

    def __init__(self, store: Store, settings: Settings, clock: Clock) -> None:
        self._store = store
        self._months = settings.retention_months
        self._clock = clock

    def due_before(self) -> datetime | None:
        """Orders placed before this moment are due; None when names are kept for good."""
        if not self._months:
            return None
        now = self._clock()
        year, month = divmod(now.year * 12 + now.month - 1 - self._months, 12)
        return now.replace(year=year, month=month + 1, day=min(now.day, 28))

    def erase_due(self, who: str, progress: Progress | None = None) -> int:
        """Erase what is older than the retention, unfinished orders too; answers of how many
        orders. Raises `StoreBusy`, `WriteFailed`: ask again to finish."""
        before = self.due_before()
        if before is None:
            return 0
        for company_id, login, draft in self._drafts():
            if draft.saved_at is not None and draft.saved_at < before:
                self._store.drop_draft(company_id, login, draft.draft_id)
        return self._erase(OrderQuery(before=before, personal=True), None, who, progress)

    def erase_licensee(self, name: str, who: str, progress: Progress | None = None) -> int:
        """The same of a licensee, by the whole name."""
        for company_id, login, draft in self._drafts():
            if folded(draft.licensee) == folded(name):
                self._store.drop_draft(company_id, login, draft.draft_id)
        # By its longest word, since there may be two spaces where one was typed.
        word = max(folded(name).split(), key=len, default="")
        return self._erase(OrderQuery(licensee=word, personal=True), name, who, progress)

    def erase_order(self, number: str, who: str) -> int:
        """Erase one order; 0 when nothing personal is left in it. Raises `OrderUnknown`."""
        of = number.rpartition("-")[0]
        system = self._store.system(EquipmentId(of))
        orders = (*self._store.older_orders(system), *system.orders) if system else ()
        if not any(order.number == number for order in orders):
            raise OrderUnknown(number=number)
        return self._store.erase_personal(EquipmentId(of), [number], who)

    def _erase(
        self, query: OrderQuery, name: str | None, who: str, progress: Progress | None
    ) -> int:
        """What matches, page by page: what is erased is not found again."""
        count = 0
        while True:
            # A name that only contains the one looked for stays, and would be found for ever.
            limit = _PAGE if name is None else 1_000_000
            page = [order for order in self._store.find_orders(query, limit) if _is_of(order, name)]
            erased = self._erase_page(page, who)
            if not erased:
                return count
            count += erased
            if progress:
                progress(count)

    def _erase_page(self, orders: Sequence[Order], who: str) -> int:
        numbers: dict[str, list[str]] = defaultdict(list)
        for order in orders:
            numbers[order.equipment_id].append(order.number)
        return sum(
            self._store.erase_personal(EquipmentId(of), each, who) for of, each in numbers.items()
        )

    def _drafts(self) -> Iterator[tuple[str, str, Draft]]:
        for user in self._store.users():
            for draft in self._store.drafts(user.company_id, user.login):
                yield user.company_id, user.login, draft


def _is_of(order: Order, name: str | None) -> bool:
    return name is None or folded(order.licensee) == folded(name)
