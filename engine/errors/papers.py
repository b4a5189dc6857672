"""Refusals about requests and quotes."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from engine.errors.refusals import Refused


class PaperUnknown(Refused):
    """There is no request or quote of that number, or none that this person may see."""

    number: str


class QuoteClosed(Refused):
    """It was ordered (`order` is the number) or withdrawn."""

    number: str
    order: str


class QuoteExpired(Refused):
    """Its prices hold no more since that moment."""

    number: str
    at: datetime


class SecondPersonNeeded(Refused):
    """An order for more than a company lets one person place: it becomes a quote, which somebody
    else orders. `number` is that of the quote, which the same person has made, or empty."""

    number: str
    total: Decimal
    most: Decimal
    currency: str
