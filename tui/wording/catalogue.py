"""The catalogue in words: products with their items, and what a new version changes."""

from __future__ import annotations

from collections.abc import Iterator

from engine.catalogue.item import Item
from engine.catalogue.product import Product
from engine.services.cataloguing import ItemChange
from tui.wording.formats import day, money
from tui.wording.tables import table
from tui.wording.translation import _, language


def product_lines(product: Product) -> Iterator[str]:
    """A product and all its items."""
    yield f"{product.name} ({product.key})"
    yield _("Releases: {releases}").format(releases=", ".join(product.releases))
    if product.models:
        yield _("Models: {models}").format(models=", ".join(product.models))
    yield from table((_row(item, product.currency) for item in product.items), right=(3,))


def _row(item: Item, currency: str) -> tuple[str, ...]:
    kind = _("on/off") if item.is_on_off else _("quantity")
    name, price = item.name.in_language(language()), money(item.price, currency)
    return item.part, name, kind, price, _ending(item)


def _ending(item: Item) -> str:
    """Until when it can be ordered, and what instead."""
    if item.until is None:
        return ""
    said = _("until {date}").format(date=day(item.until))
    return f"{said}, → {item.replaced_by}" if item.replaced_by else said


def change_row(change: ItemChange, currency: str) -> tuple[str, ...]:
    """An item, and what it was and would be."""
    named = change.after or change.before
    assert named is not None, "it is in one of them"
    before, after = (_told(item, currency) for item in change)
    return named.part, named.name.in_language(language()), before, after


def _told(item: Item | None, currency: str) -> str:
    if item is None:
        return "-"
    return "  ".join(filter(None, (money(item.price, currency), _ending(item))))
