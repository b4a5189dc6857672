"""`reissue --key N`: new keycodes for all systems whose current ones a lost key has signed."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from engine.assembly import Portal
from engine.licences.order import Order
from tui.commands.installation import opened, unix_user
from tui.commands.json_shapes import order_answer
from tui.commands.key import key_number, key_number_help
from tui.commands.parser import add_json, company_help
from tui.commands.progress import Bar
from tui.commands.sheets import save_table
from tui.terminal.output import note, say, say_json
from tui.wording.deliverables import function_name
from tui.wording.translation import _, ngettext

COLUMNS = ("equipment_id", "order", "function", "keycode")


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `reissue`."""
    parser.add_argument(
        "--key", type=key_number, required=True, metavar="N", help=key_number_help()
    )
    parser.add_argument("--company", metavar=_("COMPANY"), help=company_help())
    parser.add_argument(
        "--dry-run", action="store_true", help=_("list the systems, and issue nothing")
    )
    parser.add_argument(
        "--result", metavar=_("FILE"), help=_("CSV for the new keycodes; - for standard output")
    )
    add_json(parser)
    parser.set_defaults(run=reissue)


def reissue(arguments: Namespace) -> int:
    """System after system; interrupted and begun again, each gets its keycodes once."""
    orders: list[Order] = []
    with opened(arguments) as portal:
        session, reissuing = portal.signing_in.at_the_desk(unix_user()), portal.reissuing
        company = arguments.company and portal.administration.company(arguments.company)
        company_id = company.company_id if company else None
        systems = list(reissuing.systems(session, arguments.key, company_id))
        if arguments.dry_run:
            say(*(system.equipment_id for system in systems))
            note(_count(len(systems)), _("Nothing was changed."))
            return 0
        with Bar(lambda: len(systems), "") as bar:
            for system in systems:
                orders.append(reissuing.reissue(session, system, arguments.key).order)
                bar.show(len(orders))
        if arguments.result:
            save_table(arguments.result, [COLUMNS, *_rows(orders, portal)])
        if arguments.json:
            product = portal.catalogue.product
            say_json([order_answer(order, product(order.product)) for order in orders])
    note(_count(len(systems)))
    return 0


def _count(count: int) -> str:
    return ngettext(
        "{count} system has keycodes of this key.",
        "{count} systems have keycodes of this key.",
        count,
    ).format(count=count)


def _rows(orders: list[Order], portal: Portal) -> Iterator[tuple[str, ...]]:
    for order in orders:
        product = portal.catalogue.product(order.product)
        if order.keycode:
            yield order.equipment_id, order.number, "", order.keycode
        for code in order.function_keycodes:
            name = function_name(product, code.function)
            yield order.equipment_id, order.number, name, code.keycode
