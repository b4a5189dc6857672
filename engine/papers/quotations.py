"""What a customer was offered, at the prices of the day."""

from __future__ import annotations

from msgspec import Struct

from engine.licences.order import Draft


class Quotation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="quotation"):
    """An order that nobody has confirmed: it has no effect."""

    draft: Draft
    """Its id is the number of the quote: one quote is one order."""
