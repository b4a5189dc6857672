"""The demonstration data: invented, but for the guide's own system and its history.

Placed into any empty store: the one in memory of `keycode-portal demo`, or a folder made with
`init --demo`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from engine.accounts.passwords import Passwords
from engine.accounts.people import Company, Role, User
from engine.audit import EventName, UserName
from engine.catalogue.product import Catalogue, Product
from engine.keycode.signing import Keys
from engine.licences.corrections import plan_correction
from engine.licences.moves import orders_of_move, plan_move
from engine.licences.order import Draft, Order
from engine.licences.plans import Plan, Said, order_of, plan_upgrade
from engine.licences.quote import make_order
from engine.licences.system import EquipmentId, System
from engine.ports import Clock, Store

DESK = "portal"
"""Stands for the licence desk: the program itself, which makes this data."""
DEMO_FOLDER = Path(__file__).parents[1] / "data" / "demo"


class DemoUser(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who can sign in to the demonstration."""

    company: str
    login: str
    last_name: str
    first_name: str
    email: str
    role: Role
    password: str


class DemoSystem(Struct, frozen=True, forbid_unknown_fields=True):
    """A system with at most one earlier order, and what became of it afterwards."""

    equipment_id: str
    product: str
    release: str
    company: str
    model: str = ""
    ordered_at: datetime | None = None
    reference: str = ""
    licensee: str = ""
    items: dict[str, int] = {}
    upgraded_at: datetime | None = None
    upgraded_to: str = ""
    moved_at: datetime | None = None
    moved_to: str = ""
    proof: str = ""
    corrected_at: datetime | None = None
    corrected_to: dict[str, int] = {}


class DemoData(Struct, frozen=True, forbid_unknown_fields=True):
    """`data/demo/demo.toml`."""

    companies: tuple[str, ...]
    user: tuple[DemoUser, ...]
    system: tuple[DemoSystem, ...]

    @property
    def visitor(self) -> DemoUser:
        """Whose login the demonstration shows."""
        return self.user[0]


def load_demo() -> DemoData:
    """The demonstration data that comes with the portal."""
    text = (DEMO_FOLDER / "demo.toml").read_bytes()
    return msgspec.toml.decode(text, type=DemoData)


def fill(
    store: Store,
    data: DemoData,
    catalogue: Catalogue,
    passwords: Passwords,
    keys: Keys,
    clock: Clock,
) -> None:
    """Put the demonstration data into an empty store, or into one where that was cut short."""
    ids = {name: f"demo-{number}" for number, name in enumerate(data.companies, start=1)}
    now = clock()
    there = {company.company_id for company in store.companies()}
    for name, company_id in ids.items():
        if company_id not in there:
            store.add_company(Company(company_id=company_id, name=name, created_at=now))
    for user in data.user:
        if store.user(ids[user.company], user.login):
            continue
        added = _user(user, ids[user.company], passwords, now)
        store.record(EventName.USER_ADD, "portal", user=str(added.name), role=added.role)
        store.add_user(added)
    systems = [_system(system, ids[system.company]) for system in data.system]
    store.add_systems(each for each in systems if store.system(each.equipment_id) is None)
    for system in data.system:
        if system.ordered_at:
            operator = next(user for user in data.user if user.company == system.company)
            placed_by = str(UserName(ids[operator.company], operator.login))
            _place_history(store, catalogue, keys, system, placed_by)
            tell_story(store, catalogue.products[system.product], keys, system, placed_by)


def _user(user: DemoUser, company_id: str, passwords: Passwords, now: datetime) -> User:
    return User(
        company_id=company_id,
        login=user.login,
        last_name=user.last_name,
        first_name=user.first_name,
        email=user.email,
        role=user.role,
        password=passwords.hash(user.password),
        created_at=now,
    )


def _system(system: DemoSystem, company_id: str) -> System:
    return System(
        equipment_id=EquipmentId(system.equipment_id),
        product=system.product,
        model=system.model,
        release=system.release,
        company_id=company_id,
    )


def _place_history(
    store: Store,
    catalogue: Catalogue,
    keys: Keys,
    demo: DemoSystem,
    placed_by: str,
) -> None:
    """The order that a system begins with, as its operator would have placed it."""
    draft = Draft(
        draft_id=f"demo-{demo.equipment_id}",
        equipment_id=demo.equipment_id,
        quantities={part: str(quantity) for part, quantity in demo.items.items()},
        reference=demo.reference,
        licensee=demo.licensee,
    )

    def decide(system: System) -> Order:
        assert demo.ordered_at is not None, "asked for only then"
        product = catalogue.products[demo.product]
        return make_order(product, system, draft, placed_by, demo.ordered_at, keys)

    store.place(EquipmentId(demo.equipment_id), draft.draft_id, decide)


def tell_story(
    store: Store, product: Product, keys: Keys, demo: DemoSystem, placed_by: str
) -> None:
    """What became of a system after its order: upgraded, corrected, moved."""
    of, request = EquipmentId(demo.equipment_id), f"demo-{demo.equipment_id}"
    if at := demo.upgraded_at:
        said = Said(f"{request}-upgrade", reference="2008-0204")

        def upgraded(now: System) -> Plan:
            return plan_upgrade(product, now, demo.upgraded_to)

        _next(store, of, said, keys, placed_by, at, upgraded)
    if at := demo.corrected_at:
        said = Said(f"{request}-correction", reason="wrong-quantity", note="8 were meant")
        meant = {part: str(quantity) for part, quantity in demo.corrected_to.items()}

        def corrected(now: System) -> Plan:
            return plan_correction(product, now, now.orders, now.orders[0].number, meant)

        _next(store, of, said, keys, DESK, at, corrected)
    if at := demo.moved_at:
        _move(store, product, keys, demo, at)


def _next(
    store: Store,
    of: EquipmentId,
    said: Said,
    keys: Keys,
    placed_by: str,
    at: datetime,
    plan: Callable[[System], Plan],
) -> None:
    store.place(of, said.request_id, lambda now: order_of(plan(now), said, placed_by, at, keys))


def _move(store: Store, product: Product, keys: Keys, demo: DemoSystem, at: datetime) -> None:
    said = Said(f"demo-{demo.equipment_id}-move", reason="failed-hardware", proof=demo.proof)

    def decide(one: System, other: System) -> tuple[Order, Order]:
        return orders_of_move(plan_move(product, one, other), said, DESK, at, keys)

    store.transact(
        EquipmentId(demo.equipment_id), EquipmentId(demo.moved_to), said.request_id, decide
    )
