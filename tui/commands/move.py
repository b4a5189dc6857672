"""`move FROM TO`: a system's licences go to other hardware; `move list`, `move proof`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from engine.licences.moves import REASONS
from engine.services.proving import OpenMove
from tui.commands.acting import session_of
from tui.commands.bulk_changes import Sheet, add_csv, change_many, require_one
from tui.commands.changes import add_common, say_done, say_plan
from tui.commands.installation import opened
from tui.commands.json_shapes import moment, order_answer
from tui.commands.parser import add_json, equipment_id_help, order_help, subcommands
from tui.terminal.output import note, say, say_json
from tui.visit.handing_on import Move
from tui.wording.formats import date
from tui.wording.tables import table
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
    commands = subcommands(parser)
    _add_system(
        commands.add_parser("system", help=_("move a system; `move FROM TO` is short for it"))
    )
    listing = commands.add_parser("list", help=_("list moves without their proof"))
    listing.add_argument("--open", action="store_true", help=_("those without proof (default)"))
    _add_user(listing)
    add_json(listing)
    listing.set_defaults(run=list_open)
    proving = commands.add_parser("proof", help=_("give the proof of a move"))
    proving.add_argument("order", metavar=_("ORDER"), help=order_help())
    proving.add_argument("proof", metavar=_("PROOF"), help=_("return note of the old hardware"))
    _add_user(proving)
    add_json(proving)
    proving.set_defaults(run=prove)


def _add_user(parser: ArgumentParser) -> None:
    parser.add_argument("--as", dest="user", metavar=_("COMPANY/LOGIN"), help=_("user to act as"))


def _add_system(parser: ArgumentParser) -> None:
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


def list_open(arguments: Namespace) -> int:
    """Print the moves without proof, the oldest first, and until when it is wanted."""
    with opened(arguments) as portal:
        moves = portal.proving.open_moves(session_of(portal, arguments))
        now = portal.clock()
    if arguments.json:
        say_json([_as_data(each) for each in moves])
        return 0
    if not moves:
        note(_("No proof is missing."))
        return 0
    heading = (_("Order"), _("Moved to"), _("Moved on"), _("Proof due"), "")
    say(*table([heading, *(_row(each, overdue=each.due < now) for each in moves)]))
    return 0


def _row(move: OpenMove, *, overdue: bool) -> tuple[str, ...]:
    order = move.order
    late = _("overdue") if overdue else ""
    return order.number, order.other_id, date(order.placed_at), date(move.due), late


def _as_data(move: OpenMove) -> dict[str, str]:
    order = move.order
    return {
        "order": order.number,
        "equipment_id": order.equipment_id,
        "other_id": order.other_id,
        "moved_at": moment(order.placed_at),
        "due": moment(move.due),
    }


def prove(arguments: Namespace) -> int:
    """Give it."""
    with opened(arguments) as portal:
        session = session_of(portal, arguments)
        order = portal.proving.prove(session, arguments.order, arguments.proof)
        product = portal.catalogue.product(order.product)
    if arguments.json:
        say_json(order_answer(order, product))
    note(_("{number} has its proof.").format(number=order.number))
    return 0
