"""Reports: what was ordered in a period, of one's own company or of all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from engine.accounts.people import Right
from engine.catalogue.product import Catalogue
from engine.documents.dates import beginning_of_day, end_of_day
from engine.errors import KeycodeMalformed, ReportUnknown
from engine.keycode.codec import decode
from engine.licences.order import Order
from engine.licences.reports import Asked, Report, ReportKind, check_period, parse_groups, report
from engine.ports import OrderQuery, Store
from engine.services.access import Access, Session

_PAGE = 1000
"""Orders that are held at a time."""
NO_KEY = 0
"""Stands for the key of a keycode that the catalogue does not know."""


class Reporting:
    """Counts orders."""

    def __init__(self, store: Store, access: Access, catalogue: Catalogue) -> None:
        self._store = store
        self._access = access
        self._catalogue = catalogue

    def asked(self, kind: str, first: str, last: str, by: str = "") -> Asked:
        """A report as somebody types it: its name, its first and its last day, and what its rows
        are for (`month,company`).

        Raises `ReportUnknown`, `DateMalformed`, `PeriodWrong`, `GroupUnknown`.
        """
        if kind not in [each.value for each in ReportKind]:
            raise ReportUnknown(text=kind, known=tuple(each.value for each in ReportKind))
        since, before = beginning_of_day(first), end_of_day(last)
        check_period(since, before)
        return Asked(ReportKind(kind), since, before, parse_groups(ReportKind(kind), by))

    def report(self, session: Session, asked: Asked) -> Report:
        """The report over the orders of the session's company, or of all for who sees all."""
        self._access.require(session, Right.REPORT)
        sees_all = session.company_id is None or Right.ALL_COMPANIES in session.role.rights
        company_id = None if sees_all else session.company_id
        query = OrderQuery(company_id=company_id, since=asked.since, before=asked.before)
        read: set[str] = set()
        found = report(asked, self._orders(query, read), self._key_number)
        return found._replace(unread=len(self._store.unread(query, read)))

    def company_names(self, session: Session) -> dict[str, str]:
        """By their ids, those that the session may see."""
        self._access.require(session, Right.REPORT)
        companies = self._store.companies()
        return {c.company_id: c.name for c in companies if self._access.sees(session, c.company_id)}

    def _orders(self, query: OrderQuery, read: set[str]) -> Iterator[Order]:
        """All that match, the latest first, a page at a time. A page begins where the last one
        ended: with the orders of that very moment, of which some are known. `read` gets their
        systems."""
        size, known, end = _PAGE, frozenset[str](), query.before
        while page := self._store.find_orders(query._replace(before=end), size):
            new = [order for order in page if order.number not in known]
            read.update(order.equipment_id for order in page)
            yield from new
            if len(page) < size:
                return
            if not new:
                size *= 2  # so many at one moment: an import
            last = page[-1].placed_at
            known = frozenset(order.number for order in page if order.placed_at == last)
            end = _just_after(last)

    def _key_number(self, keycode: str) -> int:
        try:
            return decode(keycode, self._catalogue).key_number
        except KeycodeMalformed:
            return NO_KEY


def _just_after(moment: datetime) -> datetime:
    return moment + moment.resolution
