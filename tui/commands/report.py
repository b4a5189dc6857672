"""`report KIND`: what was ordered in a period, as a table, CSV or JSON."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from engine.licences.reports import Group, Report, ReportKind, ReportRow
from tui.commands.acting import session_of
from tui.commands.installation import opened
from tui.commands.json_shapes import moment
from tui.commands.lists import add_csv
from tui.commands.parser import add_json
from tui.commands.sheets import amount, save_table
from tui.terminal.output import note, say, say_json
from tui.wording.order_list import unread_systems
from tui.wording.reports import Names, report_lines, time_zone
from tui.wording.translation import _


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `report`."""
    kinds, groups = ([each.value for each in of] for of in (ReportKind, Group))
    parser.add_argument(
        "kind", metavar=_("REPORT"), help=_("one of: {words}").format(words=", ".join(kinds))
    )
    parser.add_argument(
        "--from",
        dest="first",
        required=True,
        metavar=_("DATE"),
        help=_("first day, e.g. 2026-11-01"),
    )
    parser.add_argument(
        "--to", dest="last", required=True, metavar=_("DATE"), help=_("last day, e.g. 2026-11-30")
    )
    parser.add_argument(
        "--by",
        default="",
        metavar=_("GROUPS"),
        help=_("what the rows are for, e.g. month,company: {words}").format(
            words=", ".join(groups)
        ),
    )
    parser.add_argument("--as", dest="user", metavar=_("COMPANY/LOGIN"), help=_("user to act as"))
    add_csv(parser)
    add_json(parser)
    parser.set_defaults(run=show)


def show(arguments: Namespace) -> int:
    """Print it."""
    with opened(arguments) as portal:
        session, reporting = session_of(portal, arguments), portal.reporting
        asked = reporting.asked(arguments.kind, arguments.first, arguments.last, arguments.by)
        found = reporting.report(session, asked)
        names = Names(reporting.company_names(session), portal.catalogue)
    if arguments.json:
        say_json(_as_data(found, names))
    elif arguments.csv:
        headings = (*(group.value for group in asked.by), "currency", "count", "amount")
        if found.unread:
            note(unread_systems(found.unread, at_the_desk=True))
        save_table(arguments.csv, [headings, *(_cells(row, found, names) for row in found.rows)])
    else:
        say(*report_lines(found, names))
    return 0


def _cells(row: ReportRow, found: Report, names: Names) -> tuple[str, ...]:
    groups = _groups(row, found, names)
    return (*groups.values(), row.currency, str(row.quantity), amount(row.amount))


def _groups(row: ReportRow, found: Report, names: Names) -> dict[str, str]:
    """As data: the name of a company, everything else as it is kept."""
    return {
        group.value: names.companies.get(value, value) if group is Group.COMPANY else value
        for group, value in zip(found.asked.by, row.groups, strict=True)
    }


def _as_data(found: Report, names: Names) -> dict[str, Any]:
    asked = found.asked

    def row_data(row: ReportRow) -> dict[str, Any]:
        money = {"currency": row.currency, "amount": amount(row.amount)} if row.currency else {}
        return {"count": row.quantity, **money}

    return {
        "report": asked.kind.value,
        "from": moment(asked.since),
        "before": moment(asked.before),
        "time_zone": time_zone(asked.since),
        "by": [group.value for group in asked.by],
        "rows": [_groups(row, found, names) | row_data(row) for row in found.rows],
        "unread_systems": found.unread,
        "sums": [row_data(row) for row in found.sums],
    }
