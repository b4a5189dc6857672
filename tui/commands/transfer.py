"""`system transfer ID COMPANY`: a system goes to another company."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from engine.services.transferring import REASONS
from tui.commands.acting import session_of
from tui.commands.bulk_changes import Sheet, add_csv, change_many, require_one
from tui.commands.changes import add_common, say_done, say_plan
from tui.commands.installation import opened
from tui.commands.parser import equipment_id_help
from tui.visit.handing_on import Transfer
from tui.wording.translation import _

SHEET = Sheet(
    "transfer",
    Transfer,
    ("equipment_id", "company", "reason", "note", "proof"),
    ("equipment_id", "company", "reason"),
    ("03FFFF0302AD4", "Other Telecom", "reseller-change", "", "C-4711"),
)


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `system transfer`."""
    parser.add_argument("equipment_id", nargs="?", metavar=_("ID"), help=equipment_id_help())
    parser.add_argument(
        "company", nargs="?", metavar=_("COMPANY"), help=_("name of its new company")
    )
    parser.add_argument(
        "--reason",
        default="",
        metavar=_("REASON"),
        help=_("one of: {words}").format(words=", ".join(REASONS)),
    )
    parser.add_argument(
        "--proof", default="", metavar=_("TEXT"), help=_("what proves it, e.g. a contract's number")
    )
    add_common(parser, as_user=False)
    add_csv(parser, SHEET)
    parser.set_defaults(run=transfer)


def transfer(arguments: Namespace) -> int:
    """Show what would go over, or do it and print the deliverables."""
    if arguments.csv:
        return change_many(arguments, SHEET)
    require_one(arguments, "equipment_id", "company", "reason")
    of, company = arguments.equipment_id, arguments.company
    with opened(arguments) as portal:
        session, transferring = session_of(portal, arguments), portal.transferring
        said = portal.changing.said(
            reference=arguments.reference,
            reason=arguments.reason,
            note=arguments.note,
            proof=arguments.proof,
            reasons=REASONS,
        )
        if arguments.dry_run:
            say_plan(transferring.plan_transfer(session, of, company), arguments)
            return 0
        say_done(transferring.transfer(session, of, company, said), portal, arguments)
    return 0
