"""`move FROM TO`: a system's licences go to other hardware."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from engine.licences.moves import REASONS
from tui.commands.bulk_changes import Sheet, add_csv, change_many, require_one
from tui.commands.changes import add_common, say_done, say_plan, session_of
from tui.commands.installation import opened
from tui.commands.parser import equipment_id_help
from tui.visit.changes import Move
from tui.wording.translation import _

SHEET = Sheet(
    "move",
    Move,
    ("equipment_id", "new_id", "reason", "note", "proof"),
    ("equipment_id", "new_id", "reason"),
    ("03FFFF0302AD4", "03FFFF0302AFE", "failed-hardware", "", "RMA-4711"),
)


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `move`."""
    parser.add_argument("equipment_id", nargs="?", metavar=_("FROM"), help=equipment_id_help())
    parser.add_argument(
        "to",
        nargs="?",
        metavar=_("TO"),
        help=_("Equipment ID of the new hardware, known here or not"),
    )
    parser.add_argument(
        "--reason",
        default="",
        metavar=_("REASON"),
        help=_("one of: {words}").format(words=", ".join(REASONS)),
    )
    parser.add_argument(
        "--proof", default="", metavar=_("TEXT"), help=_("return note of the old hardware")
    )
    add_common(parser, as_user=True)
    add_csv(parser, SHEET)
    parser.set_defaults(run=move)


def move(arguments: Namespace) -> int:
    """Show what it would leave and give, or do it and print the deliverables."""
    if arguments.csv:
        return change_many(arguments, SHEET)
    require_one(arguments, "equipment_id", "to", "reason")
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
