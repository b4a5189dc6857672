"""The installation's own catalogue: what was, is and will be offered; new versions of products.

An update of the program changes no price: an installation has its own catalogue from `init` on, or
from the first version that is put into one of before.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from engine.catalogue.in_use import products_at
from engine.catalogue.item import Item
from engine.catalogue.product import Product
from engine.catalogue.toml_files import CATALOGUE_FOLDER, read_product
from engine.catalogue.versions import BEGIN, CatalogueVersion, require_same_places
from engine.errors import FunctionMoved, SinceInPast
from engine.ports import Clock, Store

USERS_TOLD = 5
"""Systems that are named which have a function that is to go."""


class ItemChange(NamedTuple):
    """What a version changes of an item; None where it is not in the catalogue."""

    before: Item | None
    after: Item | None


def packaged_versions() -> list[CatalogueVersion]:
    """The catalogue that comes with the portal, as the first versions. Raises `CatalogueWrong`,
    `FileUnreadable`."""
    found: list[CatalogueVersion] = []
    for path in sorted(CATALOGUE_FOLDER.glob("*.toml")):
        text = path.read_bytes()
        key = read_product(text, path).key
        found.append(CatalogueVersion(key, BEGIN, text, str(path)))
    return found


class Cataloguing:
    """Run from the command line."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def versions(self) -> list[CatalogueVersion]:
        """All of them, the oldest first; those that come with the portal where there are no
        others."""
        found = self._store.catalogue_versions() or packaged_versions()
        return sorted(found, key=lambda version: (version.since, version.product))

    def products(self, at: datetime | None = None) -> dict[str, Product]:
        """The products at a moment, or now. Raises `CatalogueWrong`."""
        return products_at(self._store.catalogue_versions(), at or self._clock())

    def put(self, text: bytes, path: Path, since: datetime | None, who: str) -> CatalogueVersion:
        """A new version of a product, from `since` (None: now) on; answers it.

        Raises `CatalogueWrong`, `FunctionMoved`, `SinceInPast`, and as `Store.put_catalogue`.
        """
        product, now = read_product(text, path), self._clock().replace(microsecond=0)
        if since is not None and since < now.replace(hour=0, minute=0, second=0):
            raise SinceInPast(day=since.date())
        begins = max(since or now, now).astimezone(UTC)
        known = self.versions()
        for version in known:
            if version.product == product.key:
                self._require_same_places(version.read(now), product)
        new = CatalogueVersion(product.key, begins, text, str(path))
        first = [] if self._store.catalogue_versions() else known
        self._store.put_catalogue([*first, new], who)
        return new

    def changes(self, text: bytes, path: Path) -> list[ItemChange]:
        """What a file would change of the items that are offered now. Raises `CatalogueWrong`."""
        product = read_product(text, path)
        now = self.products().get(product.key)
        before = {item.part: item for item in now.items} if now else {}
        after = {item.part: item for item in product.items}
        return [
            ItemChange(before.get(part), after.get(part))
            for part in {**before, **after}
            if before.get(part) != after.get(part)
        ]

    def _require_same_places(self, before: Product, after: Product) -> None:
        """Raises `FunctionMoved`, with some systems that have what would be lost."""
        try:
            require_same_places(before, after)
        except FunctionMoved as error:
            systems = tuple(islice(self._users_of(error), USERS_TOLD))
            raise FunctionMoved(
                product=error.product, functions=error.functions, systems=systems
            ) from None

    def _users_of(self, error: FunctionMoved) -> Iterator[str]:
        for system in self._store.systems():
            if system.product == error.product and (
                system.release in error.functions or set(error.functions) & set(system.inventory)
            ):
                yield system.equipment_id
