"""`search`: orders by keycode, reference, licensee, company or date; `order list`: the same, or all
of them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from msgspec import to_builtins

from engine.accounts.people import Right
from engine.assembly import Portal
from engine.catalogue.product import Product
from engine.keycode.codec import cleaned
from engine.licences.order import Order
from engine.ports import OrderQuery
from engine.services.access import Session
from engine.services.searching import Found
from tui.commands.acting import session_of
from tui.commands.installation import WrongUse, opened
from tui.commands.json_shapes import moment, order_answer
from tui.commands.lists import add_csv, add_days, add_limit, end_of_days, first_moment, limit
from tui.commands.parser import add_json, company_help, keycode_help
from tui.commands.sheets import amount, save_table
from tui.terminal.output import note, say, say_json
from tui.wording.formats import date
from tui.wording.labels import field_label
from tui.wording.order_list import unread_systems
from tui.wording.stored_text import shown
from tui.wording.tables import table
from tui.wording.translation import _, ngettext

_CRITERIA = ("keycode", "reference", "licensee", "company", "since")
_MOST, _MOST_DATA = 100, 10_000
_COLUMNS = (
    *("order", "date", "equipment_id", "order_reference", "licensee", "city", "currency"),
    *("total", "keycode", "placed_by"),
)


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `search`."""
    add_criteria(parser)
    parser.set_defaults(run=search)


def add_criteria(parser: ArgumentParser) -> None:
    """Which orders, how many, and in which form."""
    parser.add_argument("--keycode", metavar=_("KEYCODE"), help=keycode_help())
    parser.add_argument("--reference", metavar=_("TEXT"), help=_("the full order reference"))
    parser.add_argument("--licensee", metavar=_("TEXT"), help=_("part of the licensee's name"))
    parser.add_argument("--company", metavar=_("COMPANY"), help=company_help())
    add_days(parser)
    add_limit(parser)
    add_csv(parser)
    add_json(parser)


def search(arguments: Namespace) -> int:
    """Print the orders that match everything that is given; 1 when there is none."""
    if not any(getattr(arguments, name) for name in (*_CRITERIA, "until")):
        options = ", ".join(f"--{name}" for name in _CRITERIA)
        raise WrongUse(_("Name at least one criterion: {options}.").format(options=options))
    return list_orders(arguments)


def list_orders(arguments: Namespace) -> int:
    """Print them, the latest first; 1 when there is none."""
    with opened(arguments) as portal:
        session = session_of(portal, arguments)
        most = limit(arguments) or (_MOST_DATA if arguments.json or arguments.csv else _MOST)
        found = portal.searching.found(session, _query(arguments, portal, session), most)
    _print(arguments, portal, found.orders)
    note(_how_many(found, asked=arguments.limit is not None))
    if found.unread:
        note(unread_systems(found.unread, at_the_desk=True))
    return 0 if found.orders else 1


def _query(arguments: Namespace, portal: Portal, session: Session) -> OrderQuery:
    if arguments.company:
        portal.access.require(session, Right.ALL_COMPANIES)
    company = portal.administration.company(arguments.company) if arguments.company else None
    return OrderQuery(
        company_id=company.company_id if company else None,
        keycode=cleaned(arguments.keycode) if arguments.keycode else None,
        reference=arguments.reference,
        licensee=arguments.licensee,
        since=first_moment(arguments),
        before=end_of_days(arguments),
    )


def _print(arguments: Namespace, portal: Portal, orders: list[Order]) -> None:
    if arguments.json:
        product = portal.catalogue.product
        say_json([order_data(order, product(order.product)) for order in orders])
    elif arguments.csv:
        save_table(arguments.csv, [_COLUMNS, *map(_cells, orders)])
    elif orders:
        say(*table([_headings(), *map(_row, orders)]))


def _how_many(found: Found, *, asked: bool) -> str:
    count = len(found.orders)
    if found.more and not asked:
        return _(
            "More than {most} orders found: only the latest {most} are shown. Narrow the search."
        ).format(most=count)
    if not count:
        return _("No order found.")
    return ngettext("{count} order found.", "{count} orders found.", count).format(count=count)


def _headings() -> tuple[str, ...]:
    return (_("Order"), _("Date"), field_label("order_reference"), field_label("licensee"))


def _row(order: Order) -> tuple[str, ...]:
    return (order.number, date(order.placed_at), shown(order.reference), shown(order.licensee))


def _cells(order: Order) -> tuple[str, ...]:
    texts = (order.reference, order.licensee, order.address.city, order.currency)
    return (
        order.number,
        moment(order.placed_at),
        order.equipment_id,
        *texts,
        amount(order.total),
        order.keycode or "",
        order.placed_by,
    )


def order_data(order: Order, product: Product) -> dict[str, Any]:
    """What `order --json` answers, and for whom it was: all that is held of a licensee."""
    return {
        **order_answer(order, product),
        "order_reference": order.reference,
        "licensee": order.licensee,
        "address": to_builtins(order.address),
    }
