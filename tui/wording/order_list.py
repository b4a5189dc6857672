"""Orders as rows in the reader's formats: what a search has found, and the latest of a company."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.licences.order import Order, OrderKind
from tui.wording.formats import date, money
from tui.wording.kinds import kind_name
from tui.wording.labels import field_label
from tui.wording.stored_text import shown
from tui.wording.tables import GAP, cells, share, table
from tui.wording.translation import _, ngettext


def order_rows(orders: Sequence[Order], companies: Mapping[str, str], width: int) -> list[str]:
    """A line with the headings, and one for each order; with the names of `companies` (by id),
    where there are any."""
    whole = [
        [_("Date"), *(date(order.placed_at) for order in orders)],
        [field_label("equipment_id"), *(order.equipment_id for order in orders)],
    ]
    texts = [
        [field_label("order_reference"), *map(_reference, orders)],
        [field_label("licensee"), *(shown(order.licensee) for order in orders)],
    ]
    if companies:
        names = (shown(companies.get(order.company_id, "")) for order in orders)
        texts.append([field_label("company"), *names])
    return _rows(whole, texts, [], width)


def latest_rows(orders: list[Order], width: int) -> list[str]:
    """A line for each of the latest orders, with its total, which is never cut."""
    return _rows(
        [[date(order.placed_at) for order in orders], [order.equipment_id for order in orders]],
        [list(map(_reference, orders)), [shown(order.licensee) for order in orders]],
        [money(order.total, order.currency) for order in orders],
        width,
    )


def order_choices(orders: Sequence[Order]) -> list[tuple[str, str]]:
    """The numbers of orders of one system, and what is shown to choose from."""
    return [
        (
            each.number,
            " · ".join(filter(None, (date(each.placed_at), each.number, _reference(each)))),
        )
        for each in orders
    ]


def _reference(order: Order) -> str:
    """Of an order that has none because it is no order of items: what it is."""
    if order.reference or order.kind is OrderKind.ORDER:
        return shown(order.reference)
    return kind_name(order)


def numbered(rows: list[str]) -> list[str]:
    """Rows with the key that opens each."""
    return [f"{number}  {row}" for number, row in enumerate(rows, 1)]


def _rows(
    whole: list[list[str]], texts: list[list[str]], amounts: list[str], width: int
) -> list[str]:
    """Columns as lines of at most `width` cells: only the `texts` give way."""
    kept = [*whole, amounts] if amounts else whole
    gaps = len(GAP) * (len(kept) + len(texts) - 1)
    room = width - gaps - sum(max(map(cells, column)) for column in kept)
    columns = [*whole, *share(texts, room), *([amounts] if amounts else [])]
    right = (len(columns) - 1,) if amounts else ()
    return table(zip(*columns, strict=True), right=right)


def unread_systems(count: int, *, at_the_desk: bool) -> str:
    """What to say of systems that a search could not read; nothing when there are none."""
    if not count:
        return ""
    if at_the_desk:
        text = ngettext(
            "{count} system cannot be read: see `check`.",
            "{count} systems cannot be read: see `check`.",
            count,
        )
    else:
        text = ngettext(
            "{count} system cannot be read: tell the licence desk.",
            "{count} systems cannot be read: tell the licence desk.",
            count,
        )
    return text.format(count=count)


def nothing_found(*, by_keycode: bool) -> str:
    """What to say then."""
    if by_keycode:
        return _("No order found. “Check a keycode” shows what may be wrong with it.")
    return _("No order found.")
