"""`erase`: takes licensees' names and addresses out of orders, for good."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from engine.assembly import Portal
from engine.services.erasing import Erased
from tui.commands.installation import WrongUse, actor, opened
from tui.commands.progress import Bar
from tui.terminal.output import note
from tui.wording.formats import date
from tui.wording.stored_text import shown
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
            erased = _erase(arguments, portal, bar)
    if erased.orders or erased.drafts or erased.quotes:
        note(*_done(erased))
    else:
        note(_nothing(arguments))
    if erased.unread:
        note(
            _(
                "These cannot be read and may contain such names: repair or delete them, then erase"
                " again."
            ),
            *(f"  {each}" for each in erased.unread),
        )
    found_nobody = arguments.licensee is not None and not (
        erased.orders or erased.drafts or erased.quotes
    )
    return 1 if erased.unread or found_nobody else 0


def _done(erased: Erased) -> Iterator[str]:
    orders, drafts = erased.orders, erased.drafts
    yield ngettext(
        "Name and address erased from {count} order.",
        "Names and addresses erased from {count} orders.",
        orders,
    ).format(count=orders)
    if drafts:
        yield ngettext(
            "{count} unfinished order deleted.", "{count} unfinished orders deleted.", drafts
        ).format(count=drafts)
    if erased.quotes:
        yield ngettext(
            "Name and address erased from {count} quote.",
            "Names and addresses erased from {count} quotes.",
            erased.quotes,
        ).format(count=erased.quotes)
    yield _("Exports, backups, and damaged files that a restore kept (*.damaged) are not touched.")


def _nothing(arguments: Namespace) -> str:
    if arguments.licensee is not None:
        said = _("Nothing was erased: no order has the licensee “{name}”. Give the full name.")
        return said.format(name=shown(arguments.licensee))
    if arguments.order:
        return _("Nothing was erased: the order contains no name or address.")
    return _("Nothing was erased: no name is old enough.")


def _erase(arguments: Namespace, portal: Portal, bar: Bar) -> Erased:
    erasing = portal.erasing
    if arguments.order:
        return erasing.erase_order(arguments.order, actor())
    if arguments.licensee is not None:
        return erasing.erase_licensee(arguments.licensee, actor(), bar.show)
    if before := erasing.due_before():
        note(_("Orders placed before {day}.").format(day=date(before)))
    return erasing.erase_due(actor(), bar.show)
