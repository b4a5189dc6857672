"""`erase`: takes licensees' names and addresses out of orders, for good."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from engine.assembly import Portal
from tui.commands.installation import WrongUse, opened, who
from tui.commands.progress import Bar
from tui.commands.shared_text import day
from tui.terminal.output import note
from tui.wording.translation import _, ngettext


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `erase`."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--due", action="store_true", help=_("everything older than retention_months")
    )
    what.add_argument(
        "--order", metavar=_("ORDER"), help=_("order number, e.g. 03FFFF0302AD4-0001")
    )
    what.add_argument("--licensee", metavar=_("NAME"), help=_("the licensee's full name"))
    parser.add_argument("--yes", action="store_true", help=_("confirm; cannot be undone"))
    parser.set_defaults(run=erase)


def erase(arguments: Namespace) -> int:
    """Erase, and say of how many orders."""
    with opened(arguments) as portal:
        if arguments.due and portal.erasing.due_before() is None:
            raise WrongUse(_("The setting retention_months is 0: names are kept for ever."))
        if not arguments.yes:
            raise WrongUse(_("Erasing cannot be undone: add --yes."))
        with Bar(lambda: 0, _("Erasing…")) as bar:
            count = _erase(arguments, portal, bar)
    note(
        ngettext(
            "Name and address erased from {count} order.",
            "Names and addresses erased from {count} orders.",
            count,
        ).format(count=count),
        _("Files in the export folder and backups are not touched."),
    )
    return 0


def _erase(arguments: Namespace, portal: Portal, bar: Bar) -> int:
    erasing = portal.erasing
    if arguments.order:
        return erasing.erase_order(arguments.order, who())
    if arguments.licensee is not None:
        return erasing.erase_licensee(arguments.licensee, who(), bar.show)
    if before := erasing.due_before():
        note(_("Orders placed before {day}.").format(day=day(before)))
    return erasing.erase_due(who(), bar.show)
