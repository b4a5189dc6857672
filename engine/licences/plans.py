"""What may be done to a system after the sale, as it would be: lines, before and after.

plan_upgrade      to a later release
plan_transfer     to another company
order_of          the order that a plan becomes, with its keycode
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from engine import inventory as trade
from engine.catalogue.product import Product
from engine.errors import (
    CompanyHasIt,
    NothingOwned,
    ReleaseNotLater,
)
from engine.inventory import Change, Inventory
from engine.keycode.signing import Keys
from engine.licences.kinds import carried_over
from engine.licences.order import Address, Order, OrderKind, OrderLine
from engine.licences.order_number import OrderNumber
from engine.licences.quote import sign_order
from engine.licences.system import System


class Plan(NamedTuple):
    """What would be done."""

    kind: OrderKind
    system: System
    product: Product
    release: str
    """That the system would run."""
    lines: tuple[OrderLine, ...]
    """Negative quantities where something is taken back."""
    before: Inventory
    after: Inventory
    other_id: str = ""
    to_company: str = ""
    """Of a transfer: the id of the company that the system goes to,"""
    company_name: str = ""
    """… and its name."""

    @property
    def total(self) -> Decimal:
        """The sum of the lines."""
        return sum((line.total for line in self.lines), Decimal(0))

    @property
    def changes(self) -> tuple[Change, ...]:
        """The inventory before → after, in elementary functions."""
        return trade.changes(self.product, self.before, self.after)


class Said(NamedTuple):
    """What goes with a plan when it is done."""

    request_id: str
    """Asked again, the same is done once."""
    reference: str = ""
    reason: str = ""
    note: str = ""
    proof: str = ""
    seen: Decimal | None = None
    """The total that was confirmed; None: nobody has seen one."""


def plan_upgrade(product: Product, system: System, release: str, *, back: bool = False) -> Plan:
    """To a later release, or `back` to an earlier one, which costs nothing.

    Raises `SystemMoved`, `NothingOwned`, `ReleaseNotLater`, `FunctionVanishes`.
    """
    system.require_open()
    if not system.inventory:
        raise NothingOwned(equipment_id=system.equipment_id)
    later = product.later_releases(system.release)
    possible = tuple(r for r in product.releases if r not in later) if back else later
    if release not in possible or release == system.release:
        others = tuple(r for r in possible if r != system.release)
        raise ReleaseNotLater(release=release, now=system.release, later=others)
    priced = None if back else product.upgrade(system.release, release)
    lines: tuple[OrderLine, ...] = ()
    if priced:
        name = f"{product.name} {system.release} → {release}"
        line = OrderLine(part=priced.part, name=name, quantity=1, unit_price=priced.price)
        lines = (line,)
    before = system.inventory
    after = carried_over(product, before, release)
    return Plan(OrderKind.UPGRADE, system, product, release, lines, before, after)


def plan_transfer(product: Product, system: System, to_company: str, name: str) -> Plan:
    """To the company of that id and name. Raises `SystemMoved`, `CompanyHasIt`."""
    system.require_open()
    if to_company == system.company_id:
        raise CompanyHasIt(equipment_id=system.equipment_id, company=name)
    has = system.inventory
    return Plan(
        OrderKind.TRANSFER,
        system,
        product,
        system.release,
        lines=(),
        before=has,
        after=has,
        to_company=to_company,
        company_name=name,
    )


def order_of(plan: Plan, said: Said, placed_by: str, placed_at: datetime, keys: Keys) -> Order:
    """The system's next order, signed."""
    system = plan.system
    order = Order(
        number=str(OrderNumber(system.equipment_id, system.next_sequence)),
        draft_id=said.request_id,
        equipment_id=system.equipment_id,
        placed_at=placed_at,
        company_id=plan.to_company or system.company_id,
        placed_by=placed_by,
        product=plan.product.key,
        release=plan.release,
        lines=plan.lines,
        currency=plan.product.currency,
        reference=said.reference,
        licensee="",
        address=Address(),
        inventory=plan.after,
        kind=plan.kind,
        reason=said.reason,
        note=said.note,
        proof=said.proof,
        other_id=plan.other_id,
        from_company=system.company_id if plan.to_company else "",
    )
    if plan.kind is OrderKind.TRANSFER and system.orders:  # no tag covers the company
        return replace(order, keycode=system.orders[-1].keycode)
    return sign_order(order, plan.product, plan.before, keys)
