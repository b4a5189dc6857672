"""`upgrade ID RELEASE`: a system goes to another release, and gets its keycode for it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from functools import partial

from engine.services.changing import BACK_REASONS
from tui.commands.acting import session_of
from tui.commands.bulk_changes import Sheet, add_csv, change_many, require_one
from tui.commands.changes import add_common, say_done, say_plan
from tui.commands.installation import opened
from tui.commands.parser import equipment_id_help
from tui.visit.changes import Upgrade
from tui.wording.translation import _

_COLUMNS = ("equipment_id", "release", "order_reference")
_REQUIRED = ("equipment_id", "release")
SHEET = Sheet("upgrade", Upgrade, _COLUMNS, _REQUIRED, ("03FFFF0302AD4", "R5.2", "U-4711"))
BACK_SHEET = Sheet(
    "downgrade",
    partial(Upgrade, back=True),
    (*_COLUMNS, "reason", "note"),
    (*_REQUIRED, "reason"),
    (),
)


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `upgrade`."""
    parser.add_argument("equipment_id", nargs="?", metavar=_("ID"), help=equipment_id_help())
    parser.add_argument(
        "release", nargs="?", metavar=_("RELEASE"), help=_("release of the product, e.g. R5.1")
    )
    parser.add_argument(
        "--back", action="store_true", help=_("to an earlier release (licence desk only)")
    )
    parser.add_argument(
        "--reason",
        default="",
        metavar=_("REASON"),
        help=_("with --back, one of: {words}").format(words=", ".join(BACK_REASONS)),
    )
    add_common(parser, as_user=True)
    add_csv(parser, SHEET)
    parser.set_defaults(run=upgrade)


def upgrade(arguments: Namespace) -> int:
    """Show what it would give, or do it and print the deliverables."""
    if arguments.csv:
        return change_many(arguments, BACK_SHEET if arguments.back else SHEET)
    require_one(arguments, "equipment_id", "release")
    of, release, back = arguments.equipment_id, arguments.release, arguments.back
    with opened(arguments) as portal:
        session, changing = session_of(portal, arguments), portal.changing
        said = changing.said(
            reference=arguments.reference, reason=arguments.reason, note=arguments.note
        )
        if arguments.dry_run:
            say_plan(changing.plan_upgrade(session, of, release, back=back), arguments)
            return 0
        say_done(changing.upgrade(session, of, release, said, back=back), portal, arguments)
    return 0
