"""Searching as the screens and plain mode do it: what was typed becomes a question to the service,
and the orders that it finds become rows."""

from __future__ import annotations

from typing import NamedTuple

from engine.accounts.people import Company, Right, named
from engine.errors import CompanyUnknown
from engine.licences.order import Order
from engine.ports import OrderQuery
from engine.safe_text import folded
from engine.services.access import Session
from engine.services.searching import Searching, SystemRecord
from tui.wording.dates import since
from tui.wording.formats import date
from tui.wording.labels import field_label
from tui.wording.stored_text import clipped
from tui.wording.tables import table
from tui.wording.translation import _

MOST = 100
"""Orders in a list; whoever finds more has to say more."""
_GAP = 2


class Terms(NamedTuple):
    """What is looked for, as it was typed; every one that is not empty must match."""

    keycode: str = ""
    reference: str = ""
    licensee: str = ""
    company: str = ""
    since: str = ""


class Found(NamedTuple):
    """The orders, the latest first."""

    orders: list[Order]
    companies: dict[str, str]
    """Names by id, for who sees the orders of all; empty for who sees those of his own."""
    more: bool
    """There are others, which are older."""


def find_orders(searching: Searching, session: Session, terms: Terms, most: int = MOST) -> Found:
    """The orders that match, at most so many.

    Raises `CompanyUnknown`, `DateMalformed`, `StoreBusy`.
    """
    companies = _companies(searching, session)
    query = OrderQuery(
        company_id=_company_id(companies, terms.company) if terms.company else None,
        keycode=terms.keycode or None,
        reference=terms.reference or None,
        licensee=terms.licensee or None,
        since=since(terms.since) if terms.since else None,
    )
    orders = searching.orders(session, query, most + 1)
    names = {company.company_id: company.name for company in companies}
    return Found(orders[:most], names, len(orders) > most)


def find_system(searching: Searching, session: Session, text: str) -> tuple[SystemRecord, str]:
    """The system of an Equipment ID, and for who sees those of all companies, its company's name.

    Raises `EquipmentIdMalformed`, `SystemUnknown`, `DocumentDamaged`.
    """
    record = searching.by_equipment_id(session, text)
    names = {company.company_id: company.name for company in _companies(searching, session)}
    return record, names.get(record.system.company_id, "")


def order_rows(found: Found, width: int) -> list[str]:
    """A line with the headings, and one for each order."""
    texts = 3 if found.companies else 2
    day = max(len(date(order.placed_at)) for order in found.orders)
    left = width - day - len(found.orders[0].equipment_id) - (texts + 1) * _GAP
    most = left // texts
    headings = [_("Date"), field_label("equipment_id")]
    headings += [clipped(field_label(f), most) for f in ("order_reference", "licensee", "company")]
    rows = [
        (
            date(order.placed_at),
            order.equipment_id,
            clipped(order.reference, most),
            clipped(order.licensee, most),
            clipped(found.companies.get(order.company_id, ""), most),
        )[: texts + 2]
        for order in found.orders
    ]
    return table([tuple(headings[: texts + 2]), *rows])


def nothing_found(terms: Terms) -> str:
    """What to say then."""
    if terms.keycode:
        return _("No order found. “Check a keycode” shows what may be wrong with it.")
    return _("No order found.")


def _companies(searching: Searching, session: Session) -> list[Company]:
    if Right.ALL_COMPANIES not in session.role.rights:
        return []
    return searching.companies(session)


def _company_id(companies: list[Company], name: str) -> str:
    company = named(companies, name)
    if company is None:  # without its accents, if that is one company
        like = [each for each in companies if folded(each.name) == folded(name)]
        if len(like) != 1:
            raise CompanyUnknown(name=name)
        company = like[0]
    return company.company_id
