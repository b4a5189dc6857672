"""What can be wrong in a catalogue file that has the right shape."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from engine.catalogue.item import Function, Item, Names, Upgrade
from engine.catalogue.place_rules import check_places
from engine.catalogue.product import Product
from engine.errors import CatalogueFault, TomlFault

ITEM_NAME = 28
FUNCTION_NAME = 34
MOST_PRICE = Decimal(1_000_000)

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CODE = re.compile(r"[0-9A-F]{3}")
_RELEASE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,11}")
_PART = re.compile(r"[0-9A-Z][0-9A-Z.-]{0,11}")
_CURRENCY = re.compile(r"[A-Z]{3}")


class Wrong(NamedTuple):
    """One thing that is wrong: where, the reason's code, and what stood there."""

    place: str
    reason: CatalogueFault | TomlFault
    value: str


def check_product(product: Product) -> Iterator[Wrong]:
    """Everything that is wrong with a product, the parts that others build on first."""
    if product.on is not None:
        yield Wrong("on", CatalogueFault.UNKNOWN_KEY, "on")
    if product.discount:
        yield Wrong("discount", CatalogueFault.UNKNOWN_KEY, "discount")
    yield from _product(product)
    yield from _functions(product)
    yield from (Wrong(*found) for found in check_places(product))
    for item in product.items:
        yield from _item(product, item, f"item {item.part}")
    for upgrade in product.upgrades:
        yield from _upgrade(product, upgrade, f"upgrade {upgrade.part}")


def _product(product: Product) -> Iterator[Wrong]:
    yield from _written(_KEY, "key", product.key)
    yield from _name("name", product.name, ITEM_NAME)
    yield from _written(_CODE, "code", product.code)
    yield from _written(_CURRENCY, "currency", product.currency)
    for place, found in (
        ("releases", product.releases),
        ("function", product.functions),
        ("item", product.items),
    ):
        if not found:
            yield Wrong(place, CatalogueFault.EMPTY, "")
    for release in product.releases:
        yield from _written(_RELEASE, "releases", release)
    for model in product.models:
        yield from _name("models", model, ITEM_NAME)
    yield from _once("releases", product.releases)
    yield from _once("models", product.models)
    yield from _once("function", (function.key for function in product.functions), ", key")
    yield from _once("item", (item.part for item in product.items), ", part")


def _functions(product: Product) -> Iterator[Wrong]:
    for function in product.functions:
        place = f"function {function.key}"
        yield from _written(_KEY, f"{place}, key", function.key)
        yield from _names(place, function.name, FUNCTION_NAME)
        yield from _releases(product, f"{place}, releases", function.releases)
        yield from _becomes(product, function, f"{place}, becomes")
    # Two that become one could be more than its field holds.
    yield from _once("becomes", (f.becomes for f in product.functions if f.becomes))


def _becomes(product: Product, function: Function, place: str) -> Iterator[Wrong]:
    """What a function becomes is one of the same kind, with as much room, further down the list:
    so nothing becomes itself in the end."""
    if not function.becomes:
        return
    keys = [each.key for each in product.functions]
    if function.becomes not in keys:
        yield Wrong(place, CatalogueFault.UNKNOWN, function.becomes)
        return
    other = product.functions[keys.index(function.becomes)]
    if (other.kind, other.number is None) != (function.kind, function.number is None):
        yield Wrong(place, CatalogueFault.KIND, function.becomes)
    elif other.most < function.most or keys.index(other.key) <= keys.index(function.key):
        yield Wrong(place, CatalogueFault.UNKNOWN, function.becomes)


def _item(product: Product, item: Item, place: str) -> Iterator[Wrong]:
    yield from _written(_PART, f"{place}, part", item.part)
    yield from _names(place, item.name, ITEM_NAME)
    yield from _price(f"{place}, price", item.price)
    yield from _releases(product, f"{place}, releases", item.releases)
    yield from _unlocks(product, item, f"{place}, unlocks")
    if item.replaced_by and (item.replaced_by == item.part or not product.item(item.replaced_by)):
        yield Wrong(f"{place}, replaced_by", CatalogueFault.UNKNOWN, item.replaced_by)


def _upgrade(product: Product, upgrade: Upgrade, place: str) -> Iterator[Wrong]:
    yield from _written(_PART, f"{place}, part", upgrade.part)
    yield from _price(f"{place}, price", upgrade.price)
    yield from _releases(product, f"{place}, from", (upgrade.before,))
    if upgrade.after not in product.later_releases(upgrade.before):
        yield Wrong(f"{place}, to", CatalogueFault.UNKNOWN, upgrade.after)
    if [u.part for u in product.upgrades].count(upgrade.part) + (
        product.item(upgrade.part) is not None
    ) > 1 or product.upgrade(upgrade.before, upgrade.after) is not upgrade:
        yield Wrong(f"{place}, part", CatalogueFault.DUPLICATE, upgrade.part)


def _releases(product: Product, place: str, releases: Iterable[str]) -> Iterator[Wrong]:
    for release in releases:
        if release not in product.releases:
            yield Wrong(place, CatalogueFault.UNKNOWN, release)


def _unlocks(product: Product, item: Item, place: str) -> Iterator[Wrong]:
    """An on/off item is owned when all its functions are there, so none of them may be counted;
    an item with a quantity may switch functions on besides, but has to count at least one."""
    if not item.unlocks:
        yield Wrong(place, CatalogueFault.EMPTY, "")
        return
    yield from _once(place, (unlock.function for unlock in item.unlocks), "")
    functions = {function.key: function for function in product.functions}
    counted = 0
    for unlock in item.unlocks:
        function = functions.get(unlock.function)
        if function is None:
            yield Wrong(place, CatalogueFault.UNKNOWN, unlock.function)
            return
        counted += not function.is_on_off
        if item.is_on_off and not function.is_on_off:
            yield Wrong(place, CatalogueFault.KIND, unlock.function)
        if not 1 <= unlock.units <= function.most:
            yield Wrong(place, CatalogueFault.UNITS, str(unlock.units))
    if not item.is_on_off and not counted:
        yield Wrong(f"{place.removesuffix('unlocks')}kind", CatalogueFault.KIND, item.kind.value)


def _price(place: str, price: Decimal) -> Iterator[Wrong]:
    # Finite first: to compare with NaN raises.
    if not price.is_finite() or not 0 < price <= MOST_PRICE or _decimals(price) > 2:
        yield Wrong(place, CatalogueFault.PRICE, str(price))


def _decimals(price: Decimal) -> int:
    exponent = price.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _names(place: str, names: Names, most: int) -> Iterator[Wrong]:
    yield from _name(f"{place}, name, en", names.en, most)
    if names.fr:
        yield from _name(f"{place}, name, fr", names.fr, most)


def _name(place: str, text: str, most: int) -> Iterator[Wrong]:
    if not text.strip():
        yield Wrong(place, CatalogueFault.EMPTY, "")
    elif len(text) > most:
        yield Wrong(place, CatalogueFault.TOO_LONG, text)
    elif not text.replace("\u00a0", " ").isprintable():
        yield Wrong(place, CatalogueFault.UNPRINTABLE, text)


def _written(pattern: re.Pattern[str], place: str, text: str) -> Iterator[Wrong]:
    if not pattern.fullmatch(text):
        yield Wrong(place, CatalogueFault.PATTERN, text)


def _once(list_name: str, texts: Iterable[str], tail: str = "") -> Iterator[Wrong]:
    seen: set[str] = set()
    for text in texts:
        if text in seen:
            yield Wrong(
                f"{list_name} {text}{tail}" if tail else list_name, CatalogueFault.DUPLICATE, text
            )
        seen.add(text)
