"""Products, and the catalogue that has all of them.

The fields are those of the TOML files, name for name (`[[function]]` and `[[item]]` are
`functions` and `items` here). Lookups are made once for each product and kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from engine.catalogue.body import Body, Layout, layout_of
from engine.catalogue.item import Function, Item, Upgrade
from engine.errors import ProductUnknown

_CENT = Decimal("0.01")


class Keycodes(StrEnum):
    """How a product is unlocked: one keycode for the whole inventory, or one a function."""

    UNIQUE = "unique"
    FUNCTION = "function"


class Product(Struct, frozen=True, kw_only=True, dict=True, forbid_unknown_fields=True):
    """One product of the catalogue, checked."""

    key: str
    name: str
    code: str
    """Product code, 3 hexadecimal digits: the keycode begins with it."""
    releases: tuple[str, ...]
    models: tuple[str, ...] = ()
    currency: str
    keycodes: Keycodes
    body: Body
    functions: tuple[Function, ...] = field(name="function")
    items: tuple[Item, ...] = field(name="item")
    upgrades: tuple[Upgrade, ...] = field(name="upgrade", default=())
    on: date | None = None
    """The day that it is looked at: items whose last day is over are not offered. Never in a file;
    None: whatever the day."""
    discount: Decimal = Decimal(0)
    """Per cent that the prices are below the list's; never in a file."""

    def function(self, key: str) -> Function:
        """The function with that key; `KeyError` when there is none (the loader has checked)."""
        return self._functions[key]

    def item(self, part: str) -> Item | None:
        """The item with that part number, or None."""
        return self._items.get(part)

    def function_in(self, key: str, release: str) -> Function | None:
        """The function that this one is in a release: itself, what it becomes, or None."""
        function = self._functions[key]
        if not function.releases or release in function.releases:
            return function
        return self.function_in(function.becomes, release) if function.becomes else None

    def later_releases(self, release: str) -> tuple[str, ...]:
        """The releases after that one; none after one that the product does not have."""
        if release not in self.releases:
            return ()
        return self.releases[self.releases.index(release) + 1 :]

    def upgrade(self, before: str, after: str) -> Upgrade | None:
        """What it costs to go from one release to another; None: nothing."""
        found = (u for u in self.upgrades if (u.before, u.after) == (before, after))
        return next(found, None)

    def offered(self, release: str) -> tuple[Item, ...]:
        """The items that a release offers, in the guide's order."""
        here = (i for i in self.items if not i.releases or release in i.releases)
        return tuple(item for item in here if not self.is_retired(item))

    def is_retired(self, item: Item) -> bool:
        """Whether it can be ordered no more."""
        return bool(item.until and self.on and self.on > item.until)

    def discounted(self, percent: Decimal) -> Product:
        """The same at prices so many per cent lower, rounded to cents."""

        def lower(price: Decimal) -> Decimal:
            return (price * (100 - percent) / 100).quantize(_CENT, ROUND_HALF_UP)

        return replace(
            self,
            discount=percent,
            items=tuple(replace(item, price=lower(item.price)) for item in self.items),
            upgrades=tuple(replace(each, price=lower(each.price)) for each in self.upgrades),
        )

    def at_prices(self, prices: Mapping[str, Decimal]) -> Product:
        """The same, where these parts have these prices."""
        items = (replace(item, price=prices.get(item.part, item.price)) for item in self.items)
        return replace(self, items=tuple(items))

    @cached_property
    def layout(self) -> Layout:
        """The places of the functions in the keycode's body, as numbers to calculate with."""
        return layout_of(self.body, self.code, self.functions)

    @cached_property
    def _functions(self) -> dict[str, Function]:
        return {function.key: function for function in self.functions}

    @cached_property
    def _items(self) -> dict[str, Item]:
        return {item.part: item for item in self.items}


class Catalogue:
    """All products, by key."""

    def __init__(self, products: Mapping[str, Product]) -> None:
        self._products = products

    @property
    def products(self) -> Mapping[str, Product]:
        """All of them, by key."""
        return self._products

    def product(self, key: str) -> Product:
        """The product of that key. Raises `ProductUnknown`: it was taken out of the catalogue."""
        found = self.products.get(key)
        if found is None:
            raise ProductUnknown(text=key, known=tuple(self.products))
        return found

    def with_code(self, code: str) -> Product | None:
        """The product whose keycodes begin with this code, or None."""
        return next((each for each in self.products.values() if each.code == code), None)
