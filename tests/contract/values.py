"""Invented values that the contract tests put into stores."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from msgspec.structs import replace

from engine.accounts.people import Company, User
from engine.accounts.ssh_keys import SshKey, fingerprint_of
from engine.audit import AuditEvent, EventName
from engine.licences.order import Address, Draft, FunctionKeycode, Order, OrderLine
from engine.licences.order_number import OrderNumber
from engine.licences.system import EquipmentId, System
from engine.papers.paper import Paper, PaperState, Series
from engine.papers.requests import NewSystem
from engine.ports import Store

BEGIN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ID = EquipmentId("03FFFF0302AD4")
OTHER_ID = EquipmentId("03FFFF0302B17")
AUDIT_KEY = bytes(range(32))


class TickingClock:
    """A second later each time that somebody looks."""

    def __init__(self, now: datetime = BEGIN) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def come(log: Iterator[AuditEvent | None]) -> list[str]:
    """Of whom the lines are that a followed log has now."""
    return [event.who for event in iter(log.__next__, None)]


def system(
    equipment_id: str = ID, company_id: str = "c1", orders: tuple[Order, ...] = ()
) -> System:
    return System(
        equipment_id=EquipmentId(equipment_id),
        product="aastra5000",
        release="R5.1",
        company_id=company_id,
        orders=orders,
    )


def order(of: System, draft_id: str, /, **changes: object) -> Order:
    """The next order of a system: one more SIP trunk than it had."""
    sequence = of.next_sequence
    trunks = of.inventory.get("sip-trunk", 0) + 1
    values: dict[str, object] = {
        "number": str(OrderNumber(of.equipment_id, sequence)),
        "draft_id": draft_id,
        "equipment_id": of.equipment_id,
        "placed_at": BEGIN + timedelta(minutes=sequence),
        "company_id": of.company_id,
        "placed_by": "jsmith",
        "product": of.product,
        "release": of.release,
        "lines": (
            OrderLine(part="BHW1095A", name="SIP trunk", quantity=1, unit_price=Decimal("120.00")),
        ),
        "currency": "EUR",
        "reference": f"reference {draft_id}",
        "licensee": "John Smith",
        "address": Address(
            name="John Smith", lines=("1 rue des Essais", "", ""), city="Guyancourt", country="FR"
        ),
        "inventory": {"sip-trunk": trunks},
        "keycode": f"442{of.equipment_id[-4:]}{trunks:05X}",
    }
    return Order(**(values | changes))  # type: ignore[arg-type]  # tests choose what to change


def decide(draft_id: str, /, **changes: object) -> Callable[[System], Order]:
    return lambda system: order(system, draft_id, **changes)


def nexspan_order(of: System, draft_id: str) -> Order:
    keycodes = (
        FunctionKeycode(function="hospitality", keycode="34103133CE0EBBC2940AD5"),
        FunctionKeycode(function="cdr", keycode="34105133CE0EBBC2940AD5"),
    )
    return order(of, draft_id, keycode=None, function_keycodes=keycodes)


def company(company_id: str = "c1", name: str = "Reseller One") -> Company:
    return Company(company_id=company_id, name=name, created_at=BEGIN)


def user(login: str = "jsmith", company_id: str = "c1") -> User:
    return User(
        company_id=company_id,
        login=login,
        last_name="Smith",
        first_name="John",
        email="john.smith@example.com",
        password=f"kp1$$2b$04${'.' * 53}",
        created_at=BEGIN,
    )


def draft(draft_id: str = "d1", **changes: object) -> Draft:
    values: dict[str, object] = {
        "draft_id": draft_id,
        "equipment_id": "03FFFF0302AD",
        "quantities": {"BHW1095A": "8", "BHW1087A": "5o"},
        "step": 2,
        "saved_at": BEGIN,
    }
    return Draft(**(values | changes))  # type: ignore[arg-type]  # the same


def ssh_key(seed: int = 1, login: str = "jsmith", **changes: object) -> SshKey:
    """A key of 32 bytes that nobody has the secret half of."""
    kind = b"ssh-ed25519"
    blob = len(kind).to_bytes(4) + kind + (32).to_bytes(4) + bytes([seed]) * 32
    values: dict[str, object] = {
        "fingerprint": fingerprint_of(blob),
        "company_id": "c1",
        "login": login,
        "kind": kind.decode(),
        "blob": base64.b64encode(blob).decode(),
        "comment": "a laptop",
        "added_at": BEGIN,
    }
    return SshKey(**(values | changes))  # type: ignore[arg-type]  # tests choose what to change


def add_paper(store: Store, company_id: str = "c1", year: int = 2026) -> Paper:
    """A request for a new system, which a user of the company makes."""
    by = f"{company_id}/jsmith"

    def make(number: str) -> Paper:
        store.record(EventName.REQUEST_ADD, by, paper=number)
        content = NewSystem(equipment_id=OTHER_ID, product="aastra-5000", release="R5.1")
        return Paper(number=number, company_id=company_id, by=by, at=BEGIN, content=content)

    return store.add_paper(Series.REQUEST, year, make)


def in_state(state: PaperState) -> Callable[[Paper], Paper]:
    """A change of a paper."""
    return lambda paper: replace(paper, state=state, decided_by="desk/anna")
