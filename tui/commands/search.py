"""`search`: orders by keycode, reference, licensee, company or date."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from msgspec import to_builtins

from engine.assembly import Portal
from engine.catalogue.product import Product
from engine.documents.dates import beginning_of_day
from engine.keycode.codec import cleaned
from engine.licences.order import Order
from engine.ports import OrderQuery
from engine.services.searching import Found
from tui.commands.installation import WrongUse, opened, unix_user
from tui.commands.json_shapes import order_answer
from tui.commands.parser import add_json, company_help, keycode_help
from tui.terminal.output import note, say, say_json
from tui.wording.formats import date
from tui.wording.labels import field_label
from tui.wording.order_list import unread_systems
from tui.wording.stored_text import shown
from tui.wording.tables import table
from tui.wording.translation import _, ngettext

_CRITERIA = ("keycode", "reference", "licensee", "company", "since")
_MOST, _MOST_DATA = 100, 10_000


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `search`."""
    parser.add_argument("--keycode", metavar=_("KEYCODE"), help=keycode_help())
    parser.add_argument("--reference", metavar=_("TEXT"), help=_("the full order reference"))
    parser.add_argument("--licensee", metavar=_("TEXT"), help=_("part of the licensee's name"))
    parser.add_argument("--company", metavar=_("COMPANY"), help=company_help())
    parser.add_argument("--since", metavar=_("DATE"), help=_("earliest day, e.g. 2026-11-24"))
    add_json(parser)
    parser.set_defaults(run=search)


def search(arguments: Namespace) -> int:
    """Print the orders that match everything that is given; 1 when there is none."""
    if not any(getattr(arguments, name) for name in _CRITERIA):
        options = ", ".join(f"--{name}" for name in _CRITERIA)
        raise WrongUse(_("Name at least one criterion: {options}.").format(options=options))
    with opened(arguments) as portal:
        session = portal.signing_in.at_the_desk(unix_user())
        most = _MOST_DATA if arguments.json else _MOST
        found = portal.searching.found(session, _query(arguments, portal), most)
    _print(arguments, portal, found.orders)
    note(_how_many(found))
    if found.unread:
        note(unread_systems(found.unread, at_the_desk=True))
    return 0 if found.orders else 1


def _query(arguments: Namespace, portal: Portal) -> OrderQuery:
    company = portal.administration.company(arguments.company) if arguments.company else None
    return OrderQuery(
        company_id=company.company_id if company else None,
        keycode=cleaned(arguments.keycode) if arguments.keycode else None,
        reference=arguments.reference,
        licensee=arguments.licensee,
        since=beginning_of_day(arguments.since) if arguments.since else None,
    )


def _print(arguments: Namespace, portal: Portal, orders: list[Order]) -> None:
    if arguments.json:
        say_json([_as_data(order, portal.catalogue.product(order.product)) for order in orders])
    elif orders:
        say(*table([_headings(), *map(_row, orders)]))


def _how_many(found: Found) -> str:
    count = len(found.orders)
    if found.more:
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


def _as_data(order: Order, product: Product) -> dict[str, Any]:
    """What `order --json` answers, and for whom it was: all that is held of a licensee."""
    return {
        **order_answer(order, product),
        "order_reference": order.reference,
        "licensee": order.licensee,
        "address": to_builtins(order.address),
    }
