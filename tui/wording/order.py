"""What there is to say about an order under way: the same on the screens and in plain mode."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.catalogue.product import Product
from engine.inventory import Change
from engine.keycode.codec import grouped
from engine.licences.order import Address, Draft, Order, OrderKind
from engine.licences.quote import ItemChoice, Quote
from engine.licences.system import System
from engine.safe_text import clean
from engine.services.searching import SystemRecord
from tui.wording.deliverables import (
    features_title,
    function_name,
    inventory_title,
    item_rows,
    order_page,
    priced_table,
)
from tui.wording.documents import read_section
from tui.wording.formats import country_name, date, money, number, percent
from tui.wording.tables import GAP, cells, share, table, wrapped
from tui.wording.translation import _, language, ngettext, pgettext

WIDTH = 74
"""Columns of the validation page."""


def identity(system: System, product: Product) -> str:
    """Which system it is about."""
    return _("Equipment ID: {id}   Type: {type}   Release: {release}").format(
        id=system.equipment_id, type=system.model or product.name, release=system.release
    )


def what_it_has(choice: ItemChoice) -> str:
    """What the system has of an item already; "" for nothing."""
    if choice.owned:
        return _("owned")
    if choice.owned_part:
        return _("partly owned")
    return _("owned: {quantity}").format(quantity=number(choice.has)) if choice.has else ""


def what_it_unlocks(choice: ItemChoice, product: Product) -> str:
    """The functions that an item unlocks, and which of them are there already."""
    unlocked = ", ".join(
        function_name(product, unlock.function) + (f" × {unlock.units}" if unlock.units > 1 else "")
        for unlock in choice.item.unlocks
    )
    if not choice.owned_part:
        return _("Unlocks: {functions}").format(functions=unlocked)
    has = ", ".join(function_name(product, key) for key in choice.owned_part)
    return _("Unlocks: {functions}. Already owned: {has}").format(functions=unlocked, has=has)


def new_features() -> str:
    """Above the items that can be chosen (guide, Order Process (2/4))."""
    return pgettext("above the items to choose", "New features")


def total_without_vat(amount: str) -> str:
    """Below them."""
    return _("Total excl. VAT: {amount}").format(amount=amount)


def entries_to_correct(count: int) -> str:
    """Above the keys, when fields are marked."""
    return ngettext(
        "{count} entry to correct, marked with “!”.",
        "{count} entries to correct, marked with “!”.",
        count,
    ).format(count=count)


def validation_page(draft: Draft, quote: Quote, earlier: Order | None) -> list[str]:
    """Everything about an order before it is confirmed (guide, Order Process (4/4)); `earlier`
    is an order that had the same reference."""
    blocks = (_warning(earlier), _notice(), _system(draft, quote), _items(quote), _changes(quote))
    return [line for block in blocks if (found := list(block)) for line in (*found, "")][:-1]


def _warning(earlier: Order | None) -> list[str]:
    if earlier is None:
        return []
    text = _(
        "! The reference {reference} was used before: order {number} of {date} for {id}. "
        "Go back to change it, or confirm to use it again."
    ).format(
        reference=earlier.reference,
        number=earlier.number,
        date=date(earlier.placed_at),
        id=earlier.equipment_id,
    )
    return wrapped(text, WIDTH)


def _notice() -> list[str]:
    return read_section("legal", language(), "notice").text.split("\n")


def _system(draft: Draft, quote: Quote) -> Iterator[str]:
    yield identity(quote.system, quote.product)
    yield from reference_lines(draft)


def reference_lines(draft: Draft) -> Iterator[str]:
    """Reference, licensee and address, the country by its name."""
    reference = _("Order reference: {reference}   Licensee: {licensee}")
    yield from wrapped(reference.format(reference=draft.reference, licensee=draft.licensee), WIDTH)
    if address := address_line(draft.address):
        yield from wrapped(_("Address: {address}").format(address=address), WIDTH)


def address_line(address: Address) -> str:
    """An address in one line, the country by its name; "" for none."""
    city = f"{address.zip_code} {address.city}".strip()
    parts = (address.name, *address.lines, city, country_name(address.country))
    return ", ".join(filter(None, map(clean, parts)))


def discount_line(product: Product) -> str:
    """That the prices are the company's own; "" where they are the catalogue's."""
    if not product.discount:
        return ""
    return _("Prices include your company's discount of {percent} %.").format(
        percent=percent(product.discount)
    )


def _items(quote: Quote) -> list[str]:
    said = discount_line(quote.product)
    return _priced(quote) + ([said] if said else [])


def _priced(quote: Quote) -> list[str]:
    return priced_table(quote.lines, quote.product, quote.product.currency, features_title())


def _changes(quote: Quote) -> list[str]:
    heading = (_("Elementary functions"), _("Before"), "", _("After"))
    rows = [
        (
            change.function.name.in_language(language()),
            number(change.before) if change.before else "-",
            "→" if change.before != change.after else "",
            number(change.after),
        )
        for change in quote.changes
    ]
    return table([heading, *rows], right=(1, 3))


def quote_text(quote: Quote, draft: Draft) -> str:
    """What an order would give (`order --dry-run`): for whom it is, items with their prices, the
    total, and the inventory before and after."""
    total = ("", _("Total excl. VAT"), "", "", money(quote.total, quote.product.currency))
    changes = [
        (function_name(quote.product, c.function.key), number(c.before), "->", number(c.after))
        for c in quote.changes
    ]
    return "\n".join(
        (
            *reference_lines(draft),
            "",
            features_title(),
            *table(
                [*item_rows(quote.lines, quote.product, quote.product.currency), total],
                right=(2, 3, 4),
            ),
            *filter(None, (discount_line(quote.product),)),
            "",
            inventory_title(),
            *table(changes, right=(1, 3)),
        )
    )


def keycode_of_order(record: SystemRecord, order: Order) -> str:
    """Above the page of an order: nobody should enter a keycode that a later one has replaced."""
    title = _("Order {number}").format(number=order.number)
    if order.keycode is None:
        return title
    if record.orders[0].keycode != order.keycode:
        return f"{title}. " + _("A later order has replaced its keycode.")
    return f"{title}   {grouped(order.keycode)}"


def foreign_order() -> str:
    """Above an order that an earlier company of the system placed."""
    return _(
        "An earlier company ordered this: its items, prices, reference and licensee are not shown."
    )


def page_of_order(record: SystemRecord, order: Order) -> list[str]:
    """An order of a system, to be looked at again. After an upgrade the keycode of the release
    before stays right until the upgrade is done: both are there."""
    page = order_page(order, record.product, record.system.model)
    if order.number in record.foreign:
        return [*wrapped(foreign_order(), WIDTH), "", *page]
    if order.kind is not OrderKind.UPGRADE:
        return page
    older = record.orders[record.orders.index(order) + 1 :]
    before = next((each for each in older if each.release != order.release), None)
    if before is None or not before.keycode:
        return page
    said = _("Until it runs {release}, the keycode for {before} stays right:")
    return [
        *page,
        "",
        said.format(release=order.release, before=before.release),
        grouped(before.keycode),
    ]


def inventory_pane(found: Sequence[Change], product: Product, width: int) -> list[str]:
    """Beside the items, in a window that has room: what the system has, and would have."""
    if not found:
        return [inventory_title(), "", _("nothing")]
    names = [function_name(product, each.function.key) for each in found]
    counts = [
        (number(each.before), "" if each.before == each.after else f"→ {number(each.after)}")
        for each in found
    ]
    before, after = (list(column) for column in zip(*counts, strict=True))
    kept = max(map(cells, before)) + max(map(cells, after)) + 2 * len(GAP)
    (names,) = share([names], width - kept)
    return [inventory_title(), "", *table(list(zip(names, before, after, strict=True)), right=(1,))]
