"""The steps of an order, and what each is about: values that are given and answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from engine.catalogue.product import Product
from engine.errors import BadValue, OrderRefused, PortalError
from engine.inventory import Change, add_items, changes
from engine.licences.draft_rules import LONGEST, read_right_items
from engine.licences.order import Draft, Order
from engine.licences.quote import ItemChoice, Quote
from engine.licences.system import System

ID, ITEMS, REFERENCE, VALIDATION, DELIVERABLES = range(1, 6)
COUNTRY = "address.country"
REFERENCE_FIELDS = (*LONGEST, COUNTRY)
"""What the third step asks for, by the names of problems."""


class Identified(NamedTuple):
    """The system of an Equipment ID, and what can be ordered for it."""

    system: System
    product: Product
    choices: tuple[ItemChoice, ...]
    kept: Draft | None = None
    """An order for it that this user left unfinished."""

    @property
    def orderable(self) -> frozenset[str]:
        """Part numbers of what can be ordered for it: offered, and not owned already."""
        return frozenset(choice.item.part for choice in self.choices if not choice.owned)

    def kept_at(self, draft: Draft) -> datetime | None:
        """When `draft` was kept, if it is the order that was left unfinished."""
        return draft.saved_at if draft is self.kept else None

    def problems(self, quantities: Mapping[str, str]) -> dict[str, BadValue]:
        """What is wrong with the items of an order under way, by part number."""
        return read_right_items(self.product, self.system, quantities)[1]

    def total(self, quantities: Mapping[str, str]) -> Decimal:
        """What the items cost that are right so far."""
        right, _problems = read_right_items(self.product, self.system, quantities)
        return sum((item.price * quantity for item, quantity in right), Decimal(0))

    def changes(self, quantities: Mapping[str, str]) -> tuple[Change, ...]:
        """What the system would have with the items that are right so far."""
        right, _problems = read_right_items(self.product, self.system, quantities)
        before = self.system.inventory
        return changes(self.product, before, add_items(self.product, before, right))


class Review(NamedTuple):
    """What the validation shows, and what YES places."""

    draft: Draft
    quote: Quote
    earlier: Order | None
    """The latest order of the company with the same reference."""


def step_of(error: PortalError, step: int) -> int:
    """The step that asks about what was wrong; `step` is where it was found.

    What the validation refuses before it has asked anything is asked for at the reference:
    nothing goes round in a circle.
    """
    if isinstance(error, OrderRefused):
        at_reference = all(problem.field in REFERENCE_FIELDS for problem in error.problems)
        return REFERENCE if at_reference and step != ITEMS else ITEMS
    return min(step, REFERENCE)
