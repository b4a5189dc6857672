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
from tui.wording.formats import date, money
from tui.wording.labels import field_label
from tui.wording.stored_text import shown
from tui.wording.tables import GAP, cells, share, table
from tui.wording.translation import _

MOST = 100
"""Orders in a list; whoever finds more has to say more."""


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
    orders = found.orders
    whole = [
        [_("Date"), *(date(order.placed_at) for order in orders)],
        [field_label("equipment_id"), *(order.equipment_id for order in orders)],
    ]
    texts = [
        [field_label("order_reference"), *(shown(order.reference) for order in orders)],
        [field_label("licensee"), *(shown(order.licensee) for order in orders)],
    ]
    if found.companies:
        names = (shown(found.companies.get(order.company_id, "")) for order in orders)
        texts.append([field_label("company"), *names])
    return _rows(whole, texts, [], width)


def latest_rows(orders: list[Order], width: int) -> list[str]:
    """A line for each of the latest orders, with its total, which is never cut."""
    return _rows(
        [[date(order.placed_at) for order in orders], [order.equipment_id for order in orders]],
        [[shown(order.reference) for order in orders], [shown(order.licensee) for order in orders]],
        [money(order.total, order.currency) for order in orders],
        width,
    )


def _rows(
    whole: list[list[str]], texts: list[list[str]], amounts: list[str], width: int
) -> list[str]:
    """Columns as lines of at most `width` cells: only the `texts` give way."""
    kept = [*whole, amounts] if amounts else whole
    gaps = len(GAP) * (len(kept) + len(texts) - 1)
    room = width - gaps - sum(max(map(cells, column)) for column in kept)
    columns = [*whole, *share(texts, room), *([amounts] if amounts else [])]
    right = (len(columns) - 1,) if amounts else ()
    return table(zip(*columns, strict=True), right=right)


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
