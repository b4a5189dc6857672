"""What can be refused of the life of a system after the sale."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from engine.errors.refusals import OrderRefused, Refused, SystemUnknown
from engine.errors.values import BadValue


class ReasonUnknown(BadValue):
    """Not a reason for that; `known` are those that are."""

    text: str
    known: tuple[str, ...]


class ReasonRequired(BadValue):
    """A note in one's own words has to say why."""


class NothingOwned(Refused):
    """The system has nothing yet that could be carried over or corrected."""

    equipment_id: str


class SystemMoved(Refused):
    """The hardware is given up: what it had is in the system `other_id` now."""

    equipment_id: str
    other_id: str


class CompanyHasIt(BadValue):
    """The system is that company's already."""

    equipment_id: str
    company: str


class SystemHasOrders(Refused):
    """A system with orders is edited no more: it is upgraded, moved or transferred."""

    equipment_id: str


class PriceChanged(Refused):
    """The total that was seen (`before`) is not today's (`now`): nothing was ordered; it has to be
    seen and confirmed."""

    before: Decimal
    now: Decimal
    currency: str


class UnusualOrder(Refused):
    """So much of an item (`part`, `quantity`), or without one such a `total`, is far above the
    `most` that is usual: nothing was ordered; somebody has to say that it is meant."""

    part: str
    quantity: int
    total: Decimal
    currency: str
    most: int


class SystemTransferred(SystemUnknown):
    """A system that was the company's, and went to another one on that day: only who had it is
    told so."""

    at: datetime


class TargetUnusable(Refused):
    """The one answer for every system that cannot take another one's place: of somebody else, of
    another product or release, or with something of its own."""

    equipment_id: str


class MovesUsedUp(Refused):
    """A system moves at most `most` times a year; beyond that the licence desk decides."""

    most: int


class ProofsOverdue(Refused):
    """So many (`count`) moves of the company lack their proof since more than `days` days: it moves
    nothing more until it has given some."""

    count: int
    days: int


class ProofGiven(Refused):
    """The move has its proof already."""

    number: str
    proof: str


class NotAMove(Refused):
    """The order is no move."""

    number: str


class KeyUnknown(Refused):
    """There is no signing key of that number; `known` are those that there are."""

    number: int
    known: tuple[str, ...]


class NothingToReissue(Refused):
    """No withdrawn key has signed what the system has now."""

    equipment_id: str


class KeyInUse(Refused):
    """The newest signing key signs: another one has to be made first."""

    number: int


class IdsDiffer(BadValue):
    """The new Equipment ID was not typed the same twice."""


class ReleaseNotLater(Refused):
    """The system runs `now`; only a release of `later` comes after it."""

    release: str
    now: str
    later: tuple[str, ...]


class FunctionVanishes(Refused):
    """A release does not have these functions (their keys), which the system has."""

    product: str
    functions: tuple[str, ...]
    release: str


class ItemRetired(BadValue):
    """An item that could be ordered until a day, and what to order instead ("": nothing)."""

    part: str
    until: date
    replaced_by: str


class SinceInPast(BadValue):
    """A catalogue cannot count from a day that is over."""

    day: date


class ItemNotOrdered(BadValue):
    """An order does not have that item, or not any more."""

    part: str
    number: str


class CorrectionUpwards(BadValue):
    """A correction only takes away: the order has `has` of that item."""

    part: str
    has: int


class ChangeRefused(OrderRefused):
    """The same of what is no order of items: nothing was changed."""


class NothingCorrected(Refused):
    """The order `number` is what was meant already."""

    number: str


class NotCorrectable(Refused):
    """Only an order of items is corrected, and only in the system that it was placed for."""

    number: str


class SystemRepeated(BadValue):
    """A CSV of changes has the system in an earlier line already."""

    equipment_id: str
    line: int
