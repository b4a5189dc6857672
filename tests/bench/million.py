"""A store as large as anybody likes, so that the figures of scale can be taken again.

    python -m tests.bench.million STORE N

makes STORE (and STORE-keys) with N invented systems. Of ten systems one has no order, eight have
one and one has three, all signed with the store's own key; one in a hundred is a Nexspan. The
same N always gives the same systems and orders, but for keys and keycodes.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from engine import inventory as trade
from engine.accounts.people import Company, User
from engine.catalogue.item import Item
from engine.catalogue.product import Product
from engine.catalogue.toml_files import CATALOGUE_FOLDER, load_catalogue
from engine.installation import create_installation
from engine.inventory import Inventory
from engine.keycode.signing import KeyRing
from engine.keys.folder import KeysFolder
from engine.licences.order import Address, Order, OrderLine
from engine.licences.order_number import OrderNumber
from engine.licences.quote import sign_order
from engine.licences.system import EquipmentId, System
from engine.ports import Progress
from engine.settings import Settings
from engine.store.folder.store import FolderStore, open_store

COMPANIES = 200
BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
_STEP = 0x9E3779B1
"""Odd, so that numbering by it meets every number below 2⁵² once: IDs that look like chance."""
_ITEMS = ({"BHW1095A": 8, "BHW1087A": 57}, {"BHW1096A": 5, "BHW1092A": 1}, {"BHW1095A": 30})


def equipment_id(number: int) -> EquipmentId:
    """The ID of the `number`-th system (from 0)."""
    return EquipmentId(f"{number * _STEP % (1 << 52):013X}")


def order_count(number: int) -> int:
    """How many orders that system has."""
    return (0, 1, 1, 1, 1, 1, 1, 1, 1, 3)[number % 10]


def reference(number: int, sequence: int) -> str:
    """The reference of an order of that system, the only one that has it."""
    return f"{number:07d}-{sequence}"


class Maker:
    """Makes systems and their orders."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring
        self._products = load_catalogue(CATALOGUE_FOLDER).products

    def systems(self, count: int) -> Iterator[System]:
        """The first `count` systems."""
        return map(self._system, range(count))

    def _system(self, number: int) -> System:
        nexspan = number % 100 == 59
        product = self._products["nexspan" if nexspan else "aastra5000"]
        release = product.releases[number // 100 % len(product.releases)]
        inventory: Inventory = {}
        orders: list[Order] = []
        for sequence in range(1, order_count(number) + 1):
            orders.append(self._order(number, sequence, product, release, inventory))
            inventory = orders[-1].inventory
        return System(
            equipment_id=equipment_id(number),
            product=product.key,
            model=product.models[0] if nexspan else "",
            release=release,
            company_id=f"company-{number % COMPANIES}",
            orders=tuple(orders),
        )

    def _order(
        self,
        number: int,
        sequence: int,
        product: Product,
        release: str,
        before: Inventory,
    ) -> Order:
        of, items = equipment_id(number), _items(number + sequence, product, sequence)
        order = Order(
            number=str(OrderNumber(of, sequence)),
            draft_id=f"draft-{number}-{sequence}",
            equipment_id=of,
            placed_at=BEGIN + timedelta(seconds=number * 17 + sequence * 86400),
            company_id=f"company-{number % COMPANIES}",
            placed_by=f"user-{number % 7}",
            product=product.key,
            release=release,
            lines=tuple(
                OrderLine(part=i.part, name=i.name.en, quantity=n, unit_price=i.price)
                for i, n in items
            ),
            currency=product.currency,
            reference=reference(number, sequence),
            licensee=f"Customer {number}",
            address=_address(number % 1000),
            inventory=trade.add_items(product, before, items),
        )
        return sign_order(order, product, before, lambda: self._ring)


@cache
def _address(number: int) -> Address:
    return Address(
        name=f"Customer {number}",
        lines=(f"{number} rue des Essais", "", ""),
        city="Guyancourt",
        zip_code="78280",
        country="FR",
    )


def _items(choice: int, product: Product, sequence: int) -> list[tuple[Item, int]]:
    if product.models:
        return [(product.items[sequence], 1)]
    wanted = _ITEMS[choice % len(_ITEMS)]
    return [(item, wanted[item.part]) for item in product.items if item.part in wanted]


def build(folder: Path, count: int, progress: Progress | None = None) -> FolderStore:
    """Make the store, its keys, its systems and a user; answers it open."""
    settings = Settings(store=str(folder))
    create_installation(settings)
    keys = KeysFolder(settings.keys_folder)
    store = open_store(folder, keys.audit_key())
    for number in range(COMPANIES):
        store.add_company(
            Company(company_id=f"company-{number}", name=f"Company {number}", created_at=BEGIN)
        )
    store.add_user(
        User(
            company_id="company-0",
            login="bench",
            last_name="Bench",
            first_name="Mark",
            email="bench@example.com",
            password="none: nobody logs in",
            created_at=BEGIN,
        )
    )
    store.add_systems(Maker(keys.ring()).systems(count), progress)
    return store


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.million", description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("count", type=int, metavar="N")
    arguments = parser.parse_args()
    began = time.perf_counter()
    build(arguments.store, arguments.count, _tell).close()
    print(f"\r{arguments.count} systems in {time.perf_counter() - began:.1f} s")  # noqa: T201


def _tell(done: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}", end="", file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    main()
