"""`--csv FILE` of `upgrade`, `move` and `system transfer`: many systems, all shown before any is
changed."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from engine.assembly import Portal
from engine.documents.csv_rows import Columns, read_rows
from engine.errors import ChangesStopped, PortalError
from engine.licences.order import Order
from engine.licences.plans import Plan
from engine.licences.system import System
from engine.ports import Placement
from engine.services.access import Session
from engine.services.bulk_changing import PlannedChange, RowChange, plan_changes
from tui.commands.acting import session_of
from tui.commands.installation import WrongUse, opened
from tui.commands.json_shapes import order_answer, plan_answer
from tui.commands.progress import Bar
from tui.commands.result_file import Results, agreed, result_rows
from tui.commands.sheets import Template, input_csv, note_guess, result_path
from tui.terminal.output import note, say, say_json
from tui.visit.questions import NEW_ID, NEW_ID_AGAIN, Change
from tui.wording.formats import money, number
from tui.wording.headings import headings
from tui.wording.labels import field_label
from tui.wording.stored_text import clipped
from tui.wording.tables import table
from tui.wording.translation import _, ngettext


class Sheet(NamedTuple):
    """What a CSV of one kind of change looks like."""

    name: str
    make: Callable[[Portal, Session, System], Change]
    columns: tuple[str, ...]
    required: tuple[str, ...]
    example: tuple[str, ...]


def add_csv(parser: ArgumentParser, sheet: Sheet) -> None:
    """`--csv`, `--yes`, `--result`, `--template`."""
    parser.add_argument(
        "--csv",
        metavar=_("FILE"),
        help=_("CSV, one system per row; shown, then confirmed; - for standard input"),
    )
    parser.add_argument(
        "--yes", action="store_true", help=_("with --csv: do it without confirmation")
    )
    parser.add_argument(
        "--result",
        metavar=_("FILE"),
        help=_("with --csv: keycode file (default: NAME.result.csv beside FILE)"),
    )
    parser.add_argument("--template", action=Template, columns=sheet.columns, example=sheet.example)


def require_one(arguments: Namespace, *names: str) -> None:
    """The arguments of one system, which argparse does not ask for since a CSV may have them.
    Raises `WrongUse`."""
    missing = [name for name in names if not getattr(arguments, name)]
    if missing:
        raise WrongUse(
            _("Name the system and what it needs, or --csv FILE. Missing: {words}.").format(
                words=", ".join(map(_argument, missing))
            )
        )


def _argument(name: str) -> str:
    return {"equipment_id": _("ID"), "reason": "--reason"}.get(name, name.upper())


def change_many(arguments: Namespace, sheet: Sheet) -> int:
    """Plan, show, ask, do, and write what came of each row. Raises `ChangesStopped`."""
    with input_csv(arguments.csv) as path:
        return _change(arguments, sheet, path)


def _change(arguments: Namespace, sheet: Sheet, path: Path) -> int:
    result = result_path(arguments.csv, arguments.result) if not arguments.dry_run else path
    note_guess(path)
    with opened(arguments) as portal:
        session = session_of(portal, arguments)
        rows = read_rows(path, Columns(sheet.columns, sheet.required, headings()))

        def read(fields: Mapping[str, str]) -> RowChange:
            return _row_change(portal, session, sheet, fields)

        plan = plan_changes(str(path), sheet.name, rows, read, portal.ordering.orders_of)
        new = sum(isinstance(planned.what, Plan) for planned in plan)
        if not arguments.json:
            say(*_preview(plan))
        if arguments.dry_run or not new:
            note(_("Nothing was changed."))
            if arguments.json:
                say_json([_as_data(planned.what, portal) for planned in plan])
            return 0
        if not (arguments.yes or _agreed(new)):
            note(_("Nothing was changed."))
            return 1
        with Results(result) as results:
            orders = _do(portal, plan, results)
        said = ngettext("{count} system is done.", "{count} systems are done.", new)
        note(said.format(count=new), _("Keycodes: {path}").format(path=result))
        if arguments.json:
            say_json([_as_data(order, portal) for order in orders])
    return 0


def _row_change(
    portal: Portal, session: Session, sheet: Sheet, fields: Mapping[str, str]
) -> RowChange:
    system = portal.access.system(session, fields["equipment_id"])
    change = sheet.make(portal, session, system)
    answers = {question.name: fields.get(question.name, "") for question in change.questions()}
    if NEW_ID in answers:  # typed twice by people; a file says it once
        answers[NEW_ID_AGAIN] = answers[NEW_ID]

    def do(request_id: str, seen: Decimal) -> Placement:
        return change.do(answers, request_id, seen)

    return RowChange(system, lambda: change.plan(answers), do)


def _preview(plan: list[PlannedChange]) -> Iterator[str]:
    heading = (_("Line"), field_label("equipment_id"), _("What"), _("Total excl. VAT"))
    yield from table([heading, *map(_row, plan)], right=(0, 3))
    plans = [planned.what for planned in plan if isinstance(planned.what, Plan)]
    for currency in sorted({each.product.currency for each in plans}):
        amounts = (each.total for each in plans if each.product.currency == currency)
        total = money(sum(amounts, Decimal(0)), currency)
        text = ngettext("{count} system, {total}", "{count} systems, {total}", len(plans))
        yield text.format(count=number(len(plans)), total=total)


def _row(planned: PlannedChange) -> tuple[str, ...]:
    what = planned.what
    of = planned.change.system.equipment_id
    if isinstance(what, Order):
        return str(planned.line), of, _("done: {number}").format(number=what.number), ""
    system = what.system
    if what.release != system.release:
        to = f"{system.release} → {what.release}"
    else:
        to = f"→ {clipped(what.company_name or what.other_id, 30)}"
    return str(planned.line), of, to, money(what.total, what.product.currency)


def _agreed(count: int) -> bool:
    """Ask on the terminal. Raises `WrongUse` where there is nobody to ask."""
    if not sys.stdin.isatty():
        raise WrongUse(_("Nothing was changed: add --yes to do it without being asked."))
    question = ngettext(
        "Type {yes} to change {count} system: ", "Type {yes} to change {count} systems: ", count
    )
    return agreed(question.format(yes=_("yes"), count=count))


def _do(portal: Portal, plan: list[PlannedChange], results: Results) -> list[Order]:
    """Row after row. Raises `ChangesStopped`, which says how far it came."""
    orders: list[Order] = []
    done: list[int] = []
    with Bar(lambda: len(plan), "") as bar:
        for planned in plan:
            try:
                order = planned.what
                if isinstance(order, Plan):
                    order = planned.change.do(planned.request_id, order.total).order
                done.append(planned.line)
                results.write(result_rows(planned.line, order, portal))
            except (PortalError, KeyboardInterrupt) as error:
                raise ChangesStopped(
                    placed=tuple(done),
                    line=planned.line,
                    error=error if isinstance(error, PortalError) else None,
                    result=str(results.path) if results.rows else "",
                    again=False,
                ) from None
            orders.append(order)
            bar.show(len(orders))
    return orders


def _as_data(what: Plan | Order, portal: Portal) -> dict[str, object]:
    if isinstance(what, Plan):
        return plan_answer(what)
    return order_answer(what, portal.catalogue.product(what.product))
