"""What to say about an item of an order: the catalogue has its name, and its functions'."""

from __future__ import annotations

from engine.catalogue.item import Item
from engine.catalogue.product import Catalogue
from engine.errors import (
    FunctionVanishes,
    ItemCovered,
    ItemOwned,
    ItemRetired,
    QuantityMalformed,
    QuantityTooLarge,
)
from tui.wording.formats import day
from tui.wording.stored_text import clipped
from tui.wording.translation import N_, _, language

ItemError = (
    QuantityMalformed | QuantityTooLarge | ItemOwned | ItemCovered | ItemRetired | FunctionVanishes
)


def item_sentence(error: ItemError, catalogue: Catalogue | None) -> str:
    """The sentence; without a catalogue, items and functions have their part numbers and keys."""
    match error:
        case FunctionVanishes():
            return _vanishes(error, catalogue)
        case QuantityMalformed():
            return _quantity(error, catalogue)
    return _of_item(error, _item_name(error.part, catalogue), catalogue)


def _of_item(
    error: QuantityTooLarge | ItemOwned | ItemCovered | ItemRetired,
    name: str,
    catalogue: Catalogue | None,
) -> str:
    match error:
        case QuantityTooLarge():
            return _(
                "{item}: {asked} is too many. The system has {has} × {function}; at most {most}"
                " more fit."
            ).format(
                item=name,
                asked=error.asked,
                has=error.has,
                function=_function_name(error.part, error.function, catalogue),
                most=error.most,
            )
        case ItemOwned():
            said = _("{item} cannot be ordered again: the system has all that it unlocks.")
            return said.format(item=name)
        case ItemRetired():
            said = N_("{item} could be ordered until {date}.")
            if error.replaced_by:
                said = N_("{item} could be ordered until {date}: order {other} instead.")
            other = _item_name(error.replaced_by, catalogue)
            return _(said).format(item=name, date=day(error.until), other=other)
        case ItemCovered():
            return _(
                "{item} would be paid for twice: this order unlocks it already, with {by}."
            ).format(item=name, by=", ".join(_item_name(part, catalogue) for part in error.by))


def _vanishes(error: FunctionVanishes, catalogue: Catalogue | None) -> str:
    product = catalogue.products.get(error.product) if catalogue else None
    names = {f.key: f.name.in_language(language()) for f in (product.functions if product else ())}
    return _("The release {release} does not have: {functions}. Nothing was changed.").format(
        release=clipped(error.release),
        functions=", ".join(names.get(key, clipped(key)) for key in error.functions),
    )


def _quantity(error: QuantityMalformed, catalogue: Catalogue | None) -> str:
    item = _item(error.part, catalogue)
    said = N_("{item}: “{text}” is not a quantity: whole numbers from 0.")
    if item and item.is_on_off:
        said = N_("{item} has no quantity: it is ordered once (1) or not (0).")
    return _(said).format(item=_item_name(error.part, catalogue), text=clipped(error.text))


def _item(part: str, catalogue: Catalogue | None) -> Item | None:
    products = catalogue.products.values() if catalogue else ()
    return next((item for product in products if (item := product.item(part))), None)


def _item_name(part: str, catalogue: Catalogue | None) -> str:
    item = _item(part, catalogue)
    return item.name.in_language(language()) if item else clipped(part)


def _function_name(part: str, key: str, catalogue: Catalogue | None) -> str:
    functions = [
        function
        for product in (catalogue.products.values() if catalogue else ())
        if product.item(part)
        for function in product.functions
        if function.key == key
    ]
    return functions[0].name.in_language(language()) if functions else clipped(key)
