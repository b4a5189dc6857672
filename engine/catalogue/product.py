"""Products, what can be ordered for them, and the elementary functions that it unlocks.

The fields are those of the TOML files, name for name (`[[function]]` and `[[item]]` are
`functions` and `items` here). Lookups are made once for each product and kept.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Literal

from msgspec import Struct, field

from engine.catalogue.keycode_places import Layout, layout_of
from engine.errors import ProductUnknown


class Kind(StrEnum):
    """Of a function or an item: there or not, or so many."""

    ON_OFF = "on-off"
    QUANTITY = "quantity"


class Keycodes(StrEnum):
    """How a product is unlocked: one keycode for the whole inventory, or one a function."""

    UNIQUE = "unique"
    FUNCTION = "function"


class Names(Struct, frozen=True, forbid_unknown_fields=True):
    """A name in each language of the portal; a language without one gets the English."""

    en: str
    fr: str = ""

    def in_language(self, language: str) -> str:
        """The name in that language (`en`, `fr`)."""
        return getattr(self, language, "") or self.en


class Function(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An elementary function and its place in the keycode's body.

    Unique keycodes: an on/off function has a `bit` of the map, a quantity has `digit` and
    `width` (hexadecimal digits). Function keycodes: `number`, 1–99, and nothing else.
    """

    key: str
    name: Names
    kind: Kind
    bit: int | None = None
    digit: int | None = None
    width: int | None = None
    number: int | None = None

    @property
    def is_on_off(self) -> bool:
        """There or not, without a quantity."""
        return self.kind is Kind.ON_OFF

    @property
    def most(self) -> int:
        """The largest quantity that its field holds."""
        return 1 if self.width is None else 16**self.width - 1


class Unlock(Struct, frozen=True, forbid_unknown_fields=True):
    """A function that an item unlocks, and how many units of it one piece brings."""

    function: str
    units: int = 1


class Item(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What can be ordered: part number, name, unit price."""

    part: str
    name: Names
    kind: Kind
    price: Decimal
    unlocks: tuple[Unlock, ...]
    releases: tuple[str, ...] = ()
    """Those that offer it; empty: all of the product."""
    source: Literal["guide", "illustrative"]
    """Where part number and price come from: `guide`, or `illustrative` (invented)."""

    @property
    def is_on_off(self) -> bool:
        """Chosen or not, without a quantity."""
        return self.kind is Kind.ON_OFF


class Body(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The layout of the keycode's body in hexadecimal digits, most significant first."""

    digits: int
    map_digit: int | None = None
    """Where the map of on/off functions begins (unique keycodes)."""
    map_width: int | None = None
    function_digit: int | None = None
    """Where the two digits of the function's number begin (function keycodes)."""
    key_digit: int
    """The digit that holds the number of the signing key, 1–F."""


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

    def function(self, key: str) -> Function:
        """The function with that key; `KeyError` when there is none (the loader has checked)."""
        return self._functions[key]

    def item(self, part: str) -> Item | None:
        """The item with that part number, or None."""
        return self._items.get(part)

    def offered(self, release: str) -> tuple[Item, ...]:
        """The items that a release offers, in the guide's order."""
        return tuple(i for i in self.items if not i.releases or release in i.releases)

    @cached_property
    def layout(self) -> Layout:
        """The places of the functions in the keycode's body, as numbers to calculate with."""
        return layout_of(self)

    @cached_property
    def _functions(self) -> dict[str, Function]:
        return {function.key: function for function in self.functions}

    @cached_property
    def _items(self) -> dict[str, Item]:
        return {item.part: item for item in self.items}


class Catalogue(Struct, frozen=True, dict=True):
    """All products, by key."""

    products: dict[str, Product]

    def product(self, key: str) -> Product:
        """The product of that key. Raises `ProductUnknown`: it was taken out of the catalogue."""
        found = self.products.get(key)
        if found is None:
            raise ProductUnknown(text=key, known=tuple(self.products))
        return found

    def with_code(self, code: str) -> Product | None:
        """The product whose keycodes begin with this code, or None."""
        return self._codes.get(code)

    @cached_property
    def _codes(self) -> dict[str, Product]:
        return {product.code: product for product in self.products.values()}
