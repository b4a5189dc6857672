"""What a search finds, in the reader's language (guide, Search for a keycode (2/2))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.catalogue.product import Product
from engine.inventory import Inventory
from engine.keycode.codec import grouped
from engine.licences.order import FunctionKeycode, Order, OrderKind
from engine.services.searching import SystemRecord
from tui.wording.deliverables import function_name
from tui.wording.formats import date, number
from tui.wording.labels import field_label
from tui.wording.stored_text import shown
from tui.wording.tables import pairs, table, wrapped
from tui.wording.translation import _, ngettext

MOST_EARLIER = 100
"""Earlier keycodes on a page: more take seconds to lay out, and nobody reads them."""


def keycodes_now(record: SystemRecord) -> list[str]:
    """The keycode that the system has now, or those of all its functions; for the clipboard."""
    if record.orders and (current := record.orders[0].keycode):
        return [current]
    return [code.keycode for code in record.function_keycodes]


def result_lines(record: SystemRecord, width: int, company: str = "") -> list[str]:
    """The current keycode with its inventory, and the earlier ones below, in `width` cells; with
    the name of the system's company for who sees those of all."""
    blocks = list(_blocks(record, width, company))
    return [line for block in blocks for line in (*block, "")][:-1]


def _blocks(record: SystemRecord, width: int, company: str) -> Iterator[list[str]]:
    head = [
        *([(field_label("company"), shown(company))] if company else []),
        (_("Type"), record.system.model or record.product.name),
        (_("Release"), record.system.release),
    ]
    if other_id := record.system.moved_to:
        head.append((_("Moved to"), other_id))
    if not record.orders:
        yield pairs(head, width)
        yield [_("Nothing was ordered for this system yet.")]
        return
    current, *earlier = record.orders
    yield pairs([*head, *_issue(current)], width)
    if codes := record.function_keycodes:
        yield _function_codes(record.product, codes)
        return
    yield _inventory(record.product, current.inventory)
    earlier = _with_other_keycodes(current, earlier)
    if earlier:
        yield [ngettext("Earlier keycode", "Earlier keycodes", len(earlier))]
    for order in earlier[:MOST_EARLIER]:
        yield pairs(_issue(order), width)
        yield _inventory(record.product, order.inventory)
    if older := len(earlier[MOST_EARLIER:]):
        yield wrapped(_older(older), width)


def _with_other_keycodes(current: Order, earlier: list[Order]) -> list[Order]:
    """Those whose keycode is not that of the order after them: a transfer leaves it."""
    after = [current, *earlier]
    return [
        order
        for newer, order in zip(after, earlier, strict=False)
        if newer.kind is not OrderKind.TRANSFER
    ]


def _older(count: int) -> str:
    return ngettext(
        "{count} older keycode is not shown here: find it by its order’s reference or licensee.",
        "{count} older keycodes are not shown here: find one by its order’s reference or licensee.",
        count,
    ).format(count=number(count))


def _issue(order: Order) -> Iterator[tuple[str, str]]:
    """When, with which order, and the keycode: grouped to be read, in one piece to be copied."""
    yield _("Date"), date(order.placed_at)
    yield _("Order"), order.number
    if order.keycode:
        yield _("Keycode"), grouped(order.keycode)
        yield "", order.keycode


def _inventory(product: Product, inventory: Inventory) -> list[str]:
    rows = inventory_rows(product, inventory)
    return table([(_("Functions"), _("Quantities")), *rows], right=(1,))


def _function_codes(product: Product, codes: tuple[FunctionKeycode, ...]) -> list[str]:
    rows = function_keycode_rows(product, codes)
    return table([(_("Functions"), _("Keycodes"), ""), *rows])


def inventory_rows(product: Product, inventory: Inventory) -> list[tuple[str, str]]:
    """Functions and quantities."""
    return [(function_name(product, key), number(count)) for key, count in inventory.items()]


def function_keycode_rows(
    product: Product, codes: Iterable[FunctionKeycode]
) -> list[tuple[str, str, str]]:
    """Functions and their keycodes, grouped and in one piece."""
    return [(function_name(product, c.function), grouped(c.keycode), c.keycode) for c in codes]
