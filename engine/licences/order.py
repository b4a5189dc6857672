"""Drafts and orders."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from engine.inventory import Inventory
from engine.moments import Moment

ADDRESS_LINES = 3


class Address(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the licences should be sent (guide, Order Process (3/4))."""

    name: str = ""
    lines: tuple[str, str, str] = ("", "", "")
    city: str = ""
    zip_code: str = ""
    country: str = ""
    """ISO 3166-1 alpha-2, or empty."""


class Draft(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An order under way: what was typed, right or wrong, so that nothing is lost.

    `draft_id` makes one confirmation one order: placing the same draft twice is the same order.
    """

    draft_id: str
    equipment_id: str
    quantities: dict[str, str] = {}
    """Part number to the text in its field; an on/off item that is chosen has "1"."""
    reference: str = ""
    licensee: str = ""
    address: Address = Address()
    step: int = 1
    """Where the operator was: 1 ID, 2 items, 3 customer reference, 4 validation."""
    saved_at: Moment | None = None


class OrderLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An item and how many, at the price of the day."""

    part: str
    name: str
    """The item's English name on that day; screens show the catalogue's name where it has one."""
    quantity: int
    unit_price: Decimal

    @property
    def total(self) -> Decimal:
        """`quantity` times `unit_price`."""
        return self.quantity * self.unit_price


class FunctionKeycode(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The keycode of one function, of a product without quantities (Nexspan)."""

    function: str
    """Key of the elementary function in the catalogue."""
    keycode: str


class OrderKind(StrEnum):
    """What an order is about. Every keycode that was ever issued belongs to one; what each has to
    make of the inventory is in `engine.licences.kinds`."""

    ORDER = "order"
    """Items were bought."""
    UPGRADE = "upgrade"
    """The system runs another release."""
    CORRECTION = "correction"
    """Ordered by mistake: the inventory goes down to what was meant."""
    REISSUE = "reissue"
    """A new keycode for what the system has, because a signing key was lost."""
    MOVE_OUT = "move-out"
    """The inventory goes to other hardware (`other_id`)."""
    MOVE_IN = "move-in"
    """… and comes from it."""
    TRANSFER = "transfer"
    """The system goes to another company; what it has and its keycode stay."""


class Order(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A confirmed order and what it delivered (guide, Deliverables). Never changed afterwards,
    except that personal data may be erased from it, and the proof of a move added.

    A portal of before the kinds refuses a document that has one; what has none is written as ever.
    """

    number: str
    """An `OrderNumber`."""
    draft_id: str
    equipment_id: str
    placed_at: Moment
    """UTC."""
    company_id: str
    placed_by: str
    """An `Actor`, who may be of another company."""
    product: str
    release: str
    lines: tuple[OrderLine, ...]
    currency: str
    reference: str
    licensee: str
    address: Address
    inventory: Inventory
    """The whole inventory of the system after this order, in the catalogue's order."""
    keycode: str | None = None
    """The unique keycode, or None for a product with function keycodes."""
    function_keycodes: tuple[FunctionKeycode, ...] = ()
    """Of the functions of this order, for a product without quantities."""
    kind: OrderKind = OrderKind.ORDER
    reason: str = ""
    """Of a move or a correction: a code, in words of the portal (`failed-hardware`)."""
    note: str = ""
    """… and in those of a person."""
    proof: str = ""
    """Of a move: the return note of the old hardware."""
    other_id: str = ""
    """Of a move: the Equipment ID on the other side."""
    from_company: str = ""
    """Of a transfer: the id of the company that gave the system up."""

    @property
    def placed_by_login(self) -> str:
        """Who did it, without the id of the company."""
        return self.placed_by.partition("/")[2] or self.placed_by

    @property
    def total(self) -> Decimal:
        """The sum of the lines."""
        return sum((line.total for line in self.lines), Decimal(0))

    @property
    def keycodes(self) -> tuple[str, ...]:
        """All keycodes that it delivered."""
        unique = (self.keycode,) if self.keycode else ()
        return (*unique, *(each.keycode for each in self.function_keycodes))

    @property
    def is_personal(self) -> bool:
        """Whether it holds a licensee's name or address."""
        return bool(self.licensee) or self.address != Address()

    def erased(self) -> Order:
        """The same without them."""
        return replace(self, licensee="", address=Address())

    def without_terms(self) -> Order:
        """The same as a later company of the system may see it: what was delivered and when, not
        who paid how much for whom."""
        return replace(self.erased(), lines=(), reference="", note="", proof="", placed_by="")


class Pattern(Protocol):
    """An order or a quote that a new order is to be like."""

    @property
    def number(self) -> str:
        """Its number."""

    @property
    def equipment_id(self) -> str:
        """Its system."""

    @property
    def lines(self) -> tuple[OrderLine, ...]:
        """Its items."""

    @property
    def licensee(self) -> str:
        """For whom it is."""

    @property
    def address(self) -> Address:
        """Where its licences should be sent."""
