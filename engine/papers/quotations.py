"""What a customer was offered, at the prices of the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from engine.licences.order import Address, Draft, OrderLine
from engine.moments import Moment
from engine.safe_text import clean, folded


class Quotation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="quotation"):
    """An order that nobody has confirmed: it has no effect."""

    draft: Draft
    """Its id is the number of the quote: one quote is one order."""
    product: str
    release: str
    """The system's, when it was offered."""
    currency: str
    lines: tuple[OrderLine, ...]
    valid_until: Moment
    """The prices hold up to this moment, the last of a day."""

    @property
    def number(self) -> str:
        """Of the quote."""
        return self.draft.draft_id

    @property
    def equipment_id(self) -> str:
        """Of the system that it is for."""
        return self.draft.equipment_id

    @property
    def licensee(self) -> str:
        """For whom it is."""
        return self.draft.licensee

    @property
    def address(self) -> Address:
        """Where the licences should be sent."""
        return self.draft.address

    @property
    def prices(self) -> Mapping[str, Decimal]:
        """By part number."""
        return {line.part: line.unit_price for line in self.lines}

    @property
    def total(self) -> Decimal:
        """The sum of the lines."""
        return sum((line.total for line in self.lines), Decimal(0))

    @property
    def is_personal(self) -> bool:
        """Whether it holds a licensee's name or address."""
        return bool(self.licensee) or self.address != Address()

    def erased(self) -> Quotation:
        """The same without them."""
        return replace(self, draft=replace(self.draft, licensee="", address=Address()))

    def has(self, text: str) -> bool:
        """Whether number, Equipment ID, reference or licensee have that text in them."""
        wanted = folded(clean(text))
        texts = (self.number, self.equipment_id, self.draft.reference, self.licensee)
        return not wanted or any(wanted in folded(each) for each in texts)

    def has_expired(self, now: datetime) -> bool:
        """Whether its prices hold no more."""
        return now > self.valid_until


class Standing(StrEnum):
    """How a quote stands, for people."""

    OPEN = "open"
    EXPIRED = "expired"
    ORDERED = "ordered"
    WITHDRAWN = "withdrawn"


def last_moment(now: datetime, days: int) -> datetime:
    """The last second of the day that is so many days later, where the machine is."""
    day = now.astimezone().date() + timedelta(days)
    return datetime.combine(day, time(23, 59, 59)).astimezone()
