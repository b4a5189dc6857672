"""Reading a draft's fields: each problem at its field, all of them at once."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from engine import inventory as trade
from engine.catalogue.item import Item
from engine.catalogue.product import Product
from engine.errors import (
    BadValue,
    CharacterNotAllowed,
    CountryUnknown,
    DraftPlaced,
    FieldRequired,
    FieldTooLong,
    ItemCovered,
    ItemOwned,
    ItemRetired,
    ItemUnknown,
    NothingOrdered,
    OrderRefused,
    Problem,
    QuantityMalformed,
    QuantityTooLarge,
)
from engine.licences.countries import check_country
from engine.licences.order import Address, Draft, Order
from engine.licences.system import System
from engine.safe_text import clean, refused_character, safe, without_unseen

LONGEST = {
    "order_reference": 40,
    "licensee": 60,
    "address.name": 60,
    "address.line1": 60,
    "address.line2": 60,
    "address.line3": 60,
    "address.city": 40,
    "address.zip_code": 12,
}
"""Most characters of each field, by its name in a problem."""
REQUIRED = ("order_reference", "licensee")
_QUANTITY = re.compile(r"[0-9]{1,12}", re.ASCII)


def read_quantity(part: str, text: str) -> int:
    """The whole number in a quantity field; empty is 0. Raises `QuantityMalformed`."""
    text = without_unseen(text).strip()
    if text and not _QUANTITY.fullmatch(text):
        raise QuantityMalformed(part=part, text=text[:20])
    return int(text or 0)


def read_items(
    product: Product, system: System, quantities: Mapping[str, str]
) -> list[tuple[Item, int]]:
    """The items chosen, in the guide's order, with their quantities; they fit the system.

    Raises `OrderRefused` with a `Problem` for each field that is wrong, or `NothingOrdered`.
    """
    offered = {item.part: item for item in product.offered(system.release)}
    problems = [Problem(p, _unavailable(product, p)) for p in quantities if p not in offered]
    chosen: list[tuple[Item, int]] = []
    for part, item in offered.items():
        try:
            quantity = read_quantity(part, quantities.get(part, ""))
            if not quantity:
                continue
            if item.is_on_off and quantity > 1:
                raise QuantityMalformed(part=part, text=str(quantity))
            trade.add_items(product, system.inventory, [*chosen, (item, quantity)])
            chosen.append((item, quantity))
        except (QuantityMalformed, QuantityTooLarge, ItemOwned) as error:
            problems.append(Problem(part, error))
    for part, by in trade.covered(system.inventory, chosen).items():
        problems.append(Problem(part, ItemCovered(part=part, by=by)))
    if not chosen and not problems:
        problems.append(Problem("items", NothingOrdered()))
    if problems:
        raise OrderRefused(problems=tuple(problems))
    return chosen


def _unavailable(product: Product, part: str) -> ItemRetired | ItemUnknown:
    item = product.item(part)
    if item and item.until and product.is_retired(item):
        return ItemRetired(part=part, until=item.until, replaced_by=item.replaced_by)
    return ItemUnknown(part=part)


def read_right_items(
    product: Product, system: System, quantities: Mapping[str, str]
) -> tuple[list[tuple[Item, int]], dict[str, BadValue]]:
    """Of an order under way: the items that are right so far, and what is wrong with the others,
    by part number."""
    problems: dict[str, BadValue] = {}
    while True:
        right = {part: text for part, text in quantities.items() if part not in problems}
        try:
            return read_items(product, system, right), problems
        except OrderRefused as refused:
            found = {problem.field: problem.error for problem in refused.problems}
            if not set(found) & set(right):
                return [], problems
            problems |= found


def check_reference(draft: Draft) -> Draft:
    """The draft with reference, licensee and address cleaned. Raises `OrderRefused`."""
    values = {name: clean(text) for name, text in reference_fields(draft).items()}
    problems = [
        Problem(name, FieldRequired(field=name)) for name in REQUIRED if not values[name]
    ] + [
        Problem(name, FieldTooLong(field=name, length=len(values[name]), most=most))
        for name, most in LONGEST.items()
        if len(values[name]) > most
    ]
    wrong = {problem.field for problem in problems}
    problems += [
        Problem(name, CharacterNotAllowed(field=name, character=refused))
        for name, text in reference_fields(draft).items()
        if name not in wrong and (refused := refused_character(text))
    ]
    country = draft.address.country
    try:
        country = check_country(country)
    except CountryUnknown as error:
        problems.append(Problem("address.country", error))
    if problems:
        raise OrderRefused(problems=tuple(problems))
    return with_reference_fields(draft, values, country)


def is_order_of(draft: Draft, order: Order) -> bool:
    """Whether an order is what a checked draft asks for. Of one that personal data were erased
    from, what is left is compared."""
    try:
        asked = {part: read_quantity(part, text) for part, text in draft.quantities.items()}
    except QuantityMalformed:
        return False
    ordered = {line.part: line.quantity for line in order.lines}
    if {part: quantity for part, quantity in asked.items() if quantity} != ordered:
        return False
    if draft.reference != order.reference:
        return False
    address = (draft.licensee, draft.address)
    return not order.is_personal or address == (order.licensee, order.address)


def check_same(draft: Draft, placed: Order) -> None:
    """The draft is that order. Raises `DraftPlaced` when it was changed since."""
    if not is_order_of(draft, placed):
        raise DraftPlaced(number=placed.number)


def storable(draft: Draft) -> Draft:
    """The draft as it was typed, but for what no store keeps and no terminal should be shown."""
    values = {name: safe(text) for name, text in reference_fields(draft).items()}
    return replace(
        with_reference_fields(draft, values, safe(draft.address.country)),
        equipment_id=safe(draft.equipment_id),
        quantities={safe(part): safe(text) for part, text in draft.quantities.items()},
    )


def reference_fields(draft: Draft) -> dict[str, str]:
    """The texts of the customer reference by the names of `LONGEST`."""
    address = draft.address
    return {
        "order_reference": draft.reference,
        "licensee": draft.licensee,
        "address.name": address.name,
        "address.line1": address.lines[0],
        "address.line2": address.lines[1],
        "address.line3": address.lines[2],
        "address.city": address.city,
        "address.zip_code": address.zip_code,
    }


def with_reference_fields(draft: Draft, values: Mapping[str, str], country: str) -> Draft:
    """The draft with these texts (by the names of `LONGEST`) and country."""
    address = Address(
        name=values["address.name"],
        lines=(values["address.line1"], values["address.line2"], values["address.line3"]),
        city=values["address.city"],
        zip_code=values["address.zip_code"],
        country=country,
    )
    return replace(
        draft,
        reference=values["order_reference"],
        licensee=values["licensee"],
        address=address,
    )
