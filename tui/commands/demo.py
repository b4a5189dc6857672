"""`demo`: the portal on invented data, in full screen or as one order."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from engine.assembly import new_id, open_demo
from engine.demo import DEMO_FOLDER, load_demo
from engine.documents.order_json import read_order_document
from tui.commands.installation import settings_of, unix_user
from tui.terminal.output import say
from tui.wording.deliverables import deliverables_text
from tui.wording.translation import _


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `demo`."""
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument(
        "--order",
        action="store_true",
        help=_("place the user guide's order and print what it delivers"),
    )
    ways.add_argument(
        "--kiosk",
        action="store_true",
        help=_("run unattended: visitors cannot exit; restarts when idle"),
    )
    parser.set_defaults(run=demo)


def demo(arguments: Namespace) -> int:
    """Open the demonstration, or place its order."""
    if arguments.order:
        return _place_order(arguments)
    from tui.commands.open_portal import open_demo_portal, open_kiosk

    return open_kiosk(arguments) if arguments.kiosk else open_demo_portal(arguments)


def _place_order(arguments: Namespace) -> int:
    portal = open_demo(settings_of(arguments))
    visitor, path = load_demo().visitor, DEMO_FOLDER / "order.json"
    session = portal.signing_in.act_as(visitor.company, visitor.login, unix_user())
    draft = read_order_document(path.read_bytes(), str(path), new_id)
    order = portal.ordering.place(session, draft).order
    say(*deliverables_text(order, portal.catalogue.product(order.product)).splitlines())
    portal.close()
    return 0
