"""Refusals about requests and quotes."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from engine.errors.refusals import Refused
from engine.errors.values import BadValue


class PaperDecided(Refused):
    """Something has become of it already. `state` is a `PaperState`, `by` who decided."""

    number: str
    state: str
    by: str


class PaperRepeated(Refused):
    """The same was asked for, and waits; under this number."""

    number: str


class OwnRequest(Refused):
    """Whoever asked for something does not decide it."""

    number: str


class WhyRequired(BadValue):
    """Whoever is refused something is told why."""


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
