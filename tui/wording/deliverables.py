"""What an order delivered, in the reader's language (guide, Deliverables).

The same sections stand on the screen, in the export file and in what the commands print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from engine.catalogue.product import Product
from engine.keycode.codec import grouped
from engine.licences.order import Address, Order, OrderKind, OrderLine
from engine.papers.paper import Series, is_number
from tui.wording.formats import country_name, date_time, money, number
from tui.wording.kinds import about
from tui.wording.labels import field_label
from tui.wording.stored_text import shown
from tui.wording.tables import pairs, table, wrapped
from tui.wording.translation import _, language, ngettext

WIDTH = 80
"""Columns of the text: it is read in terminals and printed."""
_GROUPS_LINE = 12 * 5 - 1
"""A keycode is shown in lines of twelve groups."""


class Feature(NamedTuple):
    """An item that was ordered."""

    part: str
    name: str
    quantity: str


class Amount(NamedTuple):
    """An elementary function and how many of it the system has."""

    function: str
    quantity: str


class FunctionCode(NamedTuple):
    """A function and its own keycode."""

    function: str
    keycode: str


class Deliverables(NamedTuple):
    """All that the guide shows of an order, as texts; labels and values are pairs."""

    order: tuple[tuple[str, str], ...]
    address: tuple[tuple[str, str], ...]
    """Empty when no address was given."""
    product: tuple[tuple[str, str], ...]
    features: tuple[Feature, ...]
    inventory: tuple[Amount, ...]
    keycode: str | None
    function_keycodes: tuple[FunctionCode, ...]
    is_new: bool
    """Whether its keycodes are its own; a transfer leaves those that are there."""


def deliverables(order: Order, product: Product, model: str = "") -> Deliverables:
    """The deliverables of an order of a system of this product (and `model`, if it has one)."""
    return Deliverables(
        order=tuple(_order(order)),
        address=tuple(address_rows(order.address)),
        product=((_("Product"), model or product.name), (_("Release"), order.release)),
        features=tuple(
            Feature(line.part, item_name(product, line.part, line.name), number(line.quantity))
            for line in order.lines
        ),
        inventory=tuple(
            Amount(function_name(product, key), number(quantity))
            for key, quantity in order.inventory.items()
        ),
        keycode=order.keycode,
        function_keycodes=tuple(
            FunctionCode(function_name(product, code.function), code.keycode)
            for code in order.function_keycodes
        ),
        is_new=order.kind is not OrderKind.TRANSFER,
    )


def item_name(product: Product, part: str, fallback: str = "") -> str:
    """An item's name in the reader's language; `fallback` when the catalogue has it no more."""
    item = product.item(part)
    return item.name.in_language(language()) if item else shown(fallback) or part


def function_name(product: Product, key: str) -> str:
    """A function's name in the reader's language; its key when the catalogue has it no more."""
    try:
        return product.function(key).name.in_language(language())
    except KeyError:
        return shown(key)


def deliverables_text(order: Order, product: Product, model: str = "") -> str:
    """The deliverables as a text of at most 80 columns, for a file or a terminal."""
    found = deliverables(order, product, model)
    blocks = [
        ["Keycode Portal"],
        pairs(found.order, WIDTH),
        [address_title(), *pairs(found.address, WIDTH)] if found.address else [],
        pairs(found.product, WIDTH),
        list(pairs(about(order), WIDTH)),
        [lines_title(order), *table(found.features, right=(2,))] if found.features else [],
        inventory_lines(found),
        list(_keycodes(found)),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def order_page(order: Order, product: Product, model: str = "") -> list[str]:
    """An order that was placed, to be looked at again: what was delivered, with the prices of the
    day and who ordered."""
    found = deliverables(order, product, model)
    by = [(_("Ordered by"), shown(order.placed_by_login))] if order.placed_by else []
    if order.placed_by and is_number(order.draft_id):
        is_quote = order.draft_id.startswith(Series.QUOTE)
        by.append((_("Quote") if is_quote else _("Request"), order.draft_id))
    blocks = [
        pairs((*found.order, *about(order), *by), WIDTH),
        [address_title(), *pairs(found.address, WIDTH)] if found.address else [],
        pairs(found.product, WIDTH),
        priced_table(order.lines, product, order.currency, lines_title(order))
        if order.lines
        else [],
        inventory_lines(found),
        list(table((code.function, grouped(code.keycode)) for code in found.function_keycodes))
        if found.function_keycodes
        else [],
    ]
    return [line for block in blocks if block for line in (*block, "")][:-1]


def priced_table(
    lines: Sequence[OrderLine], product: Product, currency: str, title: str, total_title: str = ""
) -> list[str]:
    """The items of an order with their prices, and the total."""
    total_title = total_title or _("Order total (excl. VAT)")
    heading = ("", title, _("Qty"), _("Unit price"), _("Total"))
    amount = sum((line.total for line in lines), Decimal(0))
    total = ("", total_title, "", "", money(amount, currency))
    return table([heading, *item_rows(lines, product, currency), total], right=(2, 3, 4))


def item_rows(lines: Sequence[OrderLine], product: Product, currency: str) -> list[tuple[str, ...]]:
    """Part number, name, quantity, unit price and total of each item."""
    return [
        (
            line.part,
            item_name(product, line.part, line.name),
            number(line.quantity),
            money(line.unit_price, currency),
            money(line.total, currency),
        )
        for line in lines
    ]


def inventory_lines(found: Deliverables) -> list[str]:
    """What the system has after it; nothing, where all of it is gone."""
    rows = table(found.inventory, right=(1,)) if found.inventory else [_("nothing")]
    return [inventory_title(), *rows]


def address_title() -> str:
    """Above the address."""
    return _("Address where the licences should be sent")


def features_title() -> str:
    """Above the items."""
    return _("New features")


def lines_title(order: Order) -> str:
    """Above the items of an order of any kind."""
    match order.kind:
        case OrderKind.CORRECTION:
            return _("Taken back")
        case OrderKind.ORDER:
            return features_title()
        case _:
            return _("Items")


def inventory_title() -> str:
    """Above the inventory."""
    return _("Total of elementary functions")


def keycodes_title(found: Deliverables) -> str:
    """Above the keycode, or the function keycodes."""
    count = len(found.function_keycodes) or 1
    if not found.is_new:
        return ngettext("Its keycode", "Its keycodes", count)
    return ngettext("Your new keycode", "Your new keycodes", count)


def _order(order: Order) -> Iterator[tuple[str, str]]:
    yield field_label("equipment_id"), order.equipment_id
    yield _("Order"), order.number
    yield _("Date"), date_time(order.placed_at)
    if order.kind is OrderKind.ORDER and order.placed_by:  # an earlier company's has no terms
        yield field_label("order_reference"), shown(order.reference)
        yield field_label("licensee"), shown(order.licensee)
    elif order.reference:
        yield field_label("order_reference"), shown(order.reference)


def address_rows(address: Address) -> Iterator[tuple[str, str]]:
    """An address as labels and values."""
    lines = [shown(line) for line in address.lines if shown(line)]
    if address.name:
        yield field_label("address.name"), shown(address.name)
    for position, line in enumerate(lines):
        yield ("" if position else field_label("address.line1")), line
    if address.city:
        yield field_label("address.city"), shown(address.city)
    if address.zip_code:
        yield field_label("address.zip_code"), shown(address.zip_code)
    if address.country:
        yield field_label("address.country"), country_name(address.country)


def _keycodes(found: Deliverables) -> Iterator[str]:
    """Grouped to be read, and in one piece to be copied."""
    if not (found.keycode or found.function_keycodes):
        return
    yield keycodes_title(found)
    if found.keycode:
        yield from wrapped(grouped(found.keycode), _GROUPS_LINE)
        yield found.keycode
    yield from table(
        row
        for code in found.function_keycodes
        for row in ((code.function, grouped(code.keycode)), ("", code.keycode))
    )
