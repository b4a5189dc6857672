"""On what terms an order is placed: at which prices, and whether one person may."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Protocol

from engine.audit import Actor
from engine.catalogue.product import Product
from engine.errors import QuoteExpired, SecondPersonNeeded, SystemUnknown
from engine.licences.system import System
from engine.papers.paper import Paper
from engine.papers.quotations import Quotation
from engine.services.price_lists import PriceLists


class Terms(Protocol):
    """What is agreed before an order."""

    def product(self, system: System) -> Product:
        """The product of a system, at the prices that count. Raises `ProductUnknown`."""

    def check(self, system: System, total: Decimal, currency: str) -> None:
        """Raise what stands against an order for so much."""


class TodaysTerms:
    """Of an order that somebody places just so."""

    def __init__(self, prices: PriceLists) -> None:
        self._prices = prices

    def product(self, system: System) -> Product:
        """At the prices of the day."""
        return self._prices.product(system)

    def check(self, system: System, total: Decimal, currency: str) -> None:
        """Raises `SecondPersonNeeded`."""
        most = self._prices.four_eyes_over(system.company_id)
        if most is not None and total > most:
            raise SecondPersonNeeded(number="", total=total, most=most, currency=currency)


class QuotedTerms:
    """Of an order from a quote."""

    def __init__(self, prices: PriceLists, quote: Paper, who: str, now: datetime) -> None:
        self._prices = prices
        self._quote = quote
        self._who = who
        self._now = now

    def product(self, system: System) -> Product:
        """At the prices of the quote, or of the day if the whole costs less then."""
        quoted, today = self._quote.quotation, self._prices.product(system)
        total = _total_today(quoted, today)
        if total is not None and total < quoted.total:
            return today
        return today.at_prices(quoted.prices)

    def check(self, system: System, total: Decimal, currency: str) -> None:
        """Raises `SystemUnknown` (it is another company's now), `QuoteExpired`,
        `SecondPersonNeeded`."""
        quote, quoted = self._quote, self._quote.quotation
        if system.company_id != quote.company_id:
            raise SystemUnknown(equipment_id=system.equipment_id)
        if quoted.has_expired(self._now):
            raise QuoteExpired(number=quote.number, at=quoted.valid_until)
        most = self._prices.four_eyes_over(system.company_id)
        same = Actor.parse(quote.by).is_same_person(Actor.parse(self._who))
        if most is not None and total > most and same:
            raise SecondPersonNeeded(number=quote.number, total=total, most=most, currency=currency)


def _total_today(quoted: Quotation, today: Product) -> Decimal | None:
    """What it would cost today; None where that cannot be compared."""
    total = Decimal(0)
    for line in quoted.lines:
        item = today.item(line.part)
        if item is None or today.currency != quoted.currency:
            return None
        total += line.quantity * item.price
    return total
