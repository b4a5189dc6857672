"""Searching as screens and plain mode do it: what was typed becomes a question to the service."""

from __future__ import annotations

from typing import NamedTuple

from engine.accounts.people import Company, Right, named
from engine.documents.dates import beginning_of_day
from engine.errors import CompanyUnknown
from engine.licences.order import Order
from engine.ports import OrderQuery
from engine.safe_text import folded
from engine.services.access import Session
from engine.services.companies import closest
from engine.services.searching import Searching, SystemRecord

MOST = 100
"""Orders in a list; with more, the search has to be narrowed."""


class SearchTerms(NamedTuple):
    """What is looked for, as it was typed; every one that is not empty must match."""

    keycode: str = ""
    reference: str = ""
    licensee: str = ""
    company: str = ""
    since: str = ""


class FoundOrders(NamedTuple):
    """The orders, the latest first."""

    orders: list[Order]
    companies: dict[str, str]
    """Names by id, for who sees the orders of all; empty for who sees those of his own."""
    more: bool
    """There are others, which are older."""
    unread: int
    """Systems that cannot be read and may have orders that match."""


def find_orders(
    searching: Searching, session: Session, terms: SearchTerms, most: int = MOST
) -> FoundOrders:
    """The orders that match, at most so many.

    Raises `CompanyUnknown`, `DateMalformed`, `StoreBusy`.
    """
    companies = _companies(searching, session)
    query = OrderQuery(
        company_id=_company_id(companies, terms.company) if terms.company else None,
        keycode=terms.keycode or None,
        reference=terms.reference or None,
        licensee=terms.licensee or None,
        since=beginning_of_day(terms.since) if terms.since else None,
    )
    orders, more, unread = searching.found(session, query, most)
    names = {company.company_id: company.name for company in companies}
    return FoundOrders(orders, names, more, unread)


def find_system(searching: Searching, session: Session, text: str) -> tuple[SystemRecord, str]:
    """The system of an Equipment ID, and for who sees those of all companies, its company's name.

    Raises `EquipmentIdMalformed`, `SystemUnknown`, `DocumentDamaged`.
    """
    record = searching.by_equipment_id(session, text)
    names = {company.company_id: company.name for company in _companies(searching, session)}
    return record, names.get(record.system.company_id, "")


def _companies(searching: Searching, session: Session) -> list[Company]:
    if Right.ALL_COMPANIES not in session.role.rights:
        return []
    return searching.companies(session)


def _company_id(companies: list[Company], name: str) -> str:
    company = named(companies, name)
    if company is None:  # without its accents, if that is one company
        like = [each for each in companies if folded(each.name) == folded(name)]
        if len(like) != 1:
            raise CompanyUnknown(name=name, close=closest(name, companies))
        company = like[0]
    return company.company_id
