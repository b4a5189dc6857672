"""The journal's lines of orders: see `engine.store.digests`."""

from __future__ import annotations

from engine.licences.order import Order
from engine.store.digests import order_said
from engine.store.folder.journal.journal import Entry, Journal


def order_entry(event: str, order: Order, journal: Journal, who: str = "") -> Entry:
    """The journal's line of an order. `who` did it, if not who placed it."""
    return Entry(event, who or order.placed_by, order_said(order, journal))
