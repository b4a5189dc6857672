"""What is so far above what is usual that it was probably mistyped: it is asked about."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from engine.errors import UnusualOrder
from engine.licences.order import Order


class Usual(NamedTuple):
    """The most that nobody wonders about; 0: nobody ever does."""

    quantity: int
    """Of a line."""
    total: int
    """Of an order, in whatever currency."""


def unusual(order: Order, usual: Usual) -> UnusualOrder | None:
    """The first thing about an order that is to be asked about, or None."""
    for line in order.lines:
        if usual.quantity and line.quantity > usual.quantity:
            return UnusualOrder(
                part=line.part,
                quantity=line.quantity,
                total=order.total,
                currency=order.currency,
                most=usual.quantity,
            )
    if usual.total and order.total > Decimal(usual.total):
        return UnusualOrder(
            part="", quantity=0, total=order.total, currency=order.currency, most=usual.total
        )
    return None
