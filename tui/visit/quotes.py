"""Quotes as screens and plain mode show them."""

from __future__ import annotations

from typing import NamedTuple

from engine.accounts.people import Right
from engine.assembly import Portal
from engine.catalogue.product import Product
from engine.errors import PortalError, StoreTrouble
from engine.licences.order import Order
from engine.licences.quote import Quote
from engine.papers.paper import Paper
from engine.papers.quotations import Standing
from engine.services.access import Session

MOST = 100
"""Quotes in a list; with more, the search has to be narrowed."""


class QuoteList(NamedTuple):
    """The quotes that somebody looks for, the last first."""

    quotes: list[tuple[Paper, Standing]]
    companies: dict[str, str]
    """Names by id, for who sees those of all; empty for who sees those of his own."""
    more: bool
    """There are others, which are older."""


class QuoteLook(NamedTuple):
    """A quote as somebody sees it."""

    paper: Paper
    standing: Standing
    product: Product
    companies: dict[str, str]
    order_now: Quote | None
    """What ordering it now would give; None where it cannot be."""
    obstacle: PortalError | None
    """Why it cannot, of one that is not closed."""
    earlier: Order | None
    """The latest order of the company with the same reference, where it can be ordered."""
    may_order: bool
    """Whether the person's role makes quotes and orders."""


def how_many_wait(portal: Portal, session: Session) -> int:
    """Quotes that wait for a second person; none where they cannot be read: the list says why."""
    try:
        return len(portal.quotations.waiting(session))
    except StoreTrouble:
        return 0


def listed(portal: Portal, session: Session, text: str = "", most: int = MOST) -> QuoteList:
    """The latest that have that text, at most so many."""
    found = portal.quotations.quotes(session, text, all_states=True, limit=most + 1)
    sees_all = session.company is None or Right.ALL_COMPANIES in session.role.rights
    names = portal.quotations.company_names(session) if sees_all else {}
    quotes = [(paper, portal.quotations.standing(paper)) for paper in found[:most]]
    return QuoteList(quotes, names, len(found) > most)


def look(portal: Portal, session: Session, number: str) -> QuoteLook:
    """One of them, and whether it can be ordered. Raises `PaperUnknown`, `ProductUnknown`."""
    quotations = portal.quotations
    paper = quotations.quote(session, number)
    may_order = Right.ORDER in session.role.rights
    order_now, obstacle, earlier = None, None, None
    if paper.is_open and may_order:
        try:
            order_now = quotations.review(session, paper)
            earlier = portal.ordering.earlier_order(session, paper.quotation.draft.reference)
        except PortalError as error:
            obstacle = error
    return QuoteLook(
        paper=paper,
        standing=quotations.standing(paper),
        product=portal.catalogue.product(paper.quotation.product),
        companies=quotations.company_names(session),
        order_now=order_now,
        obstacle=obstacle,
        earlier=earlier,
        may_order=may_order,
    )
