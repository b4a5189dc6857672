"""`move FROM TO`: a system's licences go to other hardware."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from engine.licences.moves import REASONS
from tui.commands.changes import add_common, say_done, say_plan, session_of
from tui.commands.installation import opened
from tui.commands.parser import equipment_id_help
from tui.wording.translation import _


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `move`."""
    parser.add_argument("equipment_id", metavar=_("FROM"), help=equipment_id_help())
    parser.add_argument(
        "to", metavar=_("TO"), help=_("Equipment ID of the new hardware, known here or not")
    )
    parser.add_argument(
        "--reason",
        required=True,
        metavar=_("REASON"),
        help=_("one of: {words}").format(words=", ".join(REASONS)),
    )
    parser.add_argument(
        "--proof", default="", metavar=_("TEXT"), help=_("return note of the old hardware")
    )
    add_common(parser, as_user=True)
    parser.set_defaults(run=move)


def move(arguments: Namespace) -> int:
    """Show what it would leave and give, or do it and print the deliverables."""
    of, to = arguments.equipment_id, arguments.to
    with opened(arguments) as portal:
        session = session_of(portal, arguments)
        said = portal.changing.said(
            reference=arguments.reference,
            reason=arguments.reason,
            note=arguments.note,
            proof=arguments.proof,
            reasons=REASONS,
        )
        if arguments.dry_run:
            say_plan(portal.moving.plan_move(session, of, to), arguments)
            return 0
        say_done(portal.moving.move(session, of, to, said), portal, arguments)
    return 0
