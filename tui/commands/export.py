"""`export ORDER`: the deliverables of an order as text."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from tui.commands.acting import session_of
from tui.commands.installation import opened
from tui.commands.parser import order_help
from tui.terminal.output import answering, note, say
from tui.wording.deliverables import deliverables_text
from tui.wording.exports import exported_to
from tui.wording.translation import _


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `export`."""
    parser.add_argument("order", metavar=_("ORDER"), help=order_help())
    parser.add_argument(
        "--file", action="store_true", help=_("write to the export folder and print the path")
    )
    parser.set_defaults(run=export)


def export(arguments: Namespace) -> int:
    """Print the text, or write it into the one folder that exports go to."""
    with opened(arguments) as portal:
        session = session_of(portal, arguments)
        record, order = portal.searching.order(session, arguments.order)
        text = deliverables_text(order, record.product, record.system.model)
        if arguments.file:
            path = portal.exporting.export(session, order, text)
            note(exported_to())
            with answering(path):
                say(path)
        else:
            say(*text.splitlines())
    return 0
