"""Erasing licensees' names and addresses. What was delivered stays: keycodes, inventories,
references and the audit log hold nothing personal of licensees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from engine.audit import EventName
from engine.errors import (
    DocumentDamaged,
    LongWork,
    OrderUnknown,
    StoreTooNew,
    StoreTrouble,
    Unfinished,
)
from engine.licences.order import Draft, Order
from engine.licences.system import EquipmentId
from engine.papers.paper import Paper, PaperQuery, Series
from engine.papers.quotations import Quotation
from engine.ports import Clock, OrderQuery, Progress, Store
from engine.safe_text import folded
from engine.services.all_orders import order_numbered
from engine.settings import Settings

_PAGE = 500


class Erased(NamedTuple):
    """How much was erased."""

    orders: int
    drafts: int = 0
    quotes: int = 0
    unread: tuple[str, ...] = ()
    """Systems and files of unfinished orders that cannot be read, and may hold what was to be
    erased."""


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

    def erase_due(self, who: str, progress: Progress | None = None) -> Erased:
        """Erase what is older than the retention, unfinished orders too. Raises `StoreBusy`,
        `WriteFailed`, `Unfinished`: ask again to finish."""
        before = self.due_before()
        if before is None:
            return Erased(0)
        query = OrderQuery(before=before, personal=True)
        drafts = self._drop_drafts(lambda draft: draft.saved_at and draft.saved_at < before)
        erased = self._erase(query, who, progress)._replace(drafts=drafts)
        return self._with_quotes(erased, lambda paper: paper.at < before, who)

    def erase_licensee(self, name: str, who: str, progress: Progress | None = None) -> Erased:
        """The same of a licensee, by the whole name."""
        query = OrderQuery(licensee=name, personal=True, whole_name=True)
        drafts = self._drop_drafts(lambda draft: folded(draft.licensee) == folded(name))
        erased = self._erase(query, who, progress)._replace(drafts=drafts)
        wanted = folded(name)
        return self._with_quotes(
            erased, lambda paper: folded(paper.quotation.licensee) == wanted, who
        )

    def erase_order(self, number: str, who: str) -> Erased:
        """Erase one order, and the quote that it was ordered from; 0 when nothing personal is left
        in it. Raises `OrderUnknown`."""
        order = order_numbered(self._store, number)
        if order is None:
            raise OrderUnknown(number=number)
        of = EquipmentId(order.equipment_id)
        erased = Erased(self._store.erase_personal(of, [number], who))
        paper = self._store.paper(order.draft_id)
        if paper is None or not _is_personal_quote(paper):
            return erased
        self._erase_quote(paper, who)
        return erased._replace(quotes=1)

    def _erase(self, query: OrderQuery, who: str, progress: Progress | None) -> Erased:
        """What matches, page by page: what is erased is not found again."""
        count = left = 0
        try:
            while True:
                # What could not be erased is found once more, before the rest.
                page = self._store.find_orders(query, _PAGE + left)
                before = count
                for of, numbers in _by_system(page):
                    count += self._erase_of(of, numbers, who)
                    if progress:
                        progress(count)
                if count == before:
                    unread = (*self._store.unread(query), *self._store.unread_drafts())
                    return Erased(count, unread=unread)
                left = len(page) - (count - before)
        except StoreTrouble as error:
            raise Unfinished(what=LongWork.ERASE, done=count, cause=error) from error

    def _erase_of(self, of: EquipmentId, numbers: Collection[str], who: str) -> int:
        try:
            return self._store.erase_personal(of, numbers, who)
        except (DocumentDamaged, StoreTooNew):  # told at the end; the others are erased
            return 0

    def _with_quotes(self, erased: Erased, is_one: Callable[[Paper], bool], who: str) -> Erased:
        """The same of quotes, also of those that were ordered (the order has a copy of its own) or
        withdrawn. One that cannot be read is told, and ends it."""
        count, query = 0, PaperQuery(Series.QUOTE)
        try:
            while page := self._store.papers(query, _PAGE):
                for paper in page:
                    if _is_personal_quote(paper) and is_one(paper):
                        self._erase_quote(paper, who)
                        count += 1
                query = query._replace(before=page[-1].number)
        except DocumentDamaged as error:
            return erased._replace(quotes=count, unread=(*erased.unread, error.path))
        except StoreTrouble as error:
            done = erased.orders + count
            raise Unfinished(what=LongWork.ERASE, done=done, cause=error) from error
        return erased._replace(quotes=count)

    def _erase_quote(self, paper: Paper, who: str) -> None:
        def erased(found: Paper) -> Paper:
            self._store.record(EventName.ERASE, who, paper=found.number)
            return replace(found, content=found.quotation.erased())

        self._store.change_paper(paper.number, erased)

    def _drop_drafts(self, is_one: Callable[[Draft], object]) -> int:
        found = [each for each in self._store.all_drafts() if is_one(each.draft)]
        for company_id, login, draft in found:
            self._store.drop_draft(company_id, login, draft.draft_id)
        return len(found)


def _by_system(orders: Iterable[Order]) -> Iterator[tuple[EquipmentId, list[str]]]:
    numbers: dict[str, list[str]] = defaultdict(list)
    for order in orders:
        numbers[order.equipment_id].append(order.number)
    return ((EquipmentId(of), each) for of, each in numbers.items())


def _is_personal_quote(paper: Paper) -> bool:
    return isinstance(paper.content, Quotation) and paper.content.is_personal
