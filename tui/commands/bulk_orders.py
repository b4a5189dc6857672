"""`order FILE --csv`: many orders from one file, all shown before any is placed."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from engine.assembly import Portal
from engine.errors import OrdersStopped, PortalError
from engine.licences.order import Order
from engine.services.access import Session
from engine.services.bulk_ordering import PlannedOrder, plan_orders
from tui.commands.installation import WrongUse
from tui.commands.json_shapes import order_answer
from tui.commands.progress import Bar
from tui.commands.result_file import Results, agreed, result_rows
from tui.commands.sheets import input_csv, note_guess, result_path
from tui.terminal.output import note, say, say_json
from tui.wording.errors import sentence
from tui.wording.formats import money, number
from tui.wording.headings import headings
from tui.wording.labels import field_label
from tui.wording.stored_text import clipped
from tui.wording.tables import table
from tui.wording.translation import _, ngettext


def place_many(portal: Portal, session: Session, arguments: Namespace) -> int:
    """Plan, show, ask, place, and write what came of each row. Raises `OrdersStopped`."""
    with input_csv(arguments.file) as path:
        return _place_many(portal, session, arguments, path)


def _place_many(portal: Portal, session: Session, arguments: Namespace, path: Path) -> int:
    result = result_path(arguments.file, arguments.result) if not arguments.dry_run else path
    again = bool(arguments.again)
    note_guess(path)
    catalogue, ordering = portal.catalogue, portal.ordering
    plan = plan_orders(path, catalogue, ordering, session, headings(), again=again)
    new = sum(not planned.already for planned in plan)
    if not arguments.json:
        say(*_preview(plan))
    note(*_left_out(len(plan) - new))
    note(*_unusual(plan, portal))
    if arguments.dry_run or not plan:
        note(_("Nothing was ordered."))
        return 0
    if new and not (arguments.yes or _agreed(new)):
        note(_("Nothing was ordered."))
        return 1
    with Results(result) as results:
        orders = _place(portal, session, plan, results, again=again)
    note(
        _("Nothing was ordered.")
        if not new
        else ngettext("{count} order is placed.", "{count} orders are placed.", new).format(
            count=new
        ),
        _("Keycodes: {path}").format(path=result),
    )
    if arguments.json:
        product = portal.catalogue.product
        say_json([order_answer(order, product(order.product)) for order in orders])
    return 0


def _left_out(count: int) -> Iterator[str]:
    if count:
        yield ngettext(
            "{count} row was ordered before and is not ordered again (see --again).",
            "{count} rows were ordered before and are not ordered again (see --again).",
            count,
        ).format(count=count)


def _unusual(plan: list[PlannedOrder], portal: Portal) -> Iterator[str]:
    """Whoever agrees to the list has read these, too."""
    for planned in plan:
        if not planned.already and (error := portal.ordering.unusual(planned.order)):
            text = sentence(error)
            yield _("Line {line}: {problem}").format(line=planned.line, problem=text)


def _preview(plan: list[PlannedOrder]) -> Iterator[str]:
    heading = (
        _("Line"),
        field_label("equipment_id"),
        field_label("order_reference"),
        field_label("licensee"),
        _("Items"),
        _("Total excl. VAT"),
    )
    rows = [
        (
            str(planned.line),
            planned.order.equipment_id,
            clipped(planned.order.reference, 16),
            clipped(planned.order.licensee, 16),
            number(len(planned.order.lines)) if not planned.already else _("ordered"),
            money(planned.order.total, planned.order.currency),
        )
        for planned in plan
    ]
    yield from table([heading, *rows], right=(0, 4, 5))
    new = [planned.order for planned in plan if not planned.already]
    for currency in sorted({order.currency for order in new}):
        total = sum((o.total for o in new if o.currency == currency), Decimal(0))
        text = ngettext("{count} order, {total}", "{count} orders, {total}", len(new))
        yield text.format(count=number(len(new)), total=money(total, currency))


def _agreed(count: int) -> bool:
    """Ask on the terminal. Raises `WrongUse` where there is nobody to ask."""
    if not sys.stdin.isatty():
        raise WrongUse(_("Nothing was ordered: add --yes to place them without being asked."))
    question = ngettext(
        "Type {yes} to place {count} order: ", "Type {yes} to place {count} orders: ", count
    )
    return agreed(question.format(yes=_("yes"), count=count))


def _place(
    portal: Portal, session: Session, plan: list[PlannedOrder], results: Results, *, again: bool
) -> list[Order]:
    """Row after row. Raises `OrdersStopped`, which says how far it came."""
    orders: list[Order] = []
    placed: list[int] = []
    with Bar(lambda: len(plan), "") as bar:
        for planned in plan:
            try:
                order = planned.order
                if not planned.already:
                    draft, total = planned.draft, planned.order.total
                    order = portal.ordering.place(session, draft, total, sure=True).order
                placed.append(planned.line)
                results.write(result_rows(planned.line, order, portal))
            except (PortalError, KeyboardInterrupt) as error:
                raise OrdersStopped(
                    placed=tuple(placed),
                    line=planned.line,
                    error=error if isinstance(error, PortalError) else None,
                    result=str(results.path) if results.rows else "",
                    again=again,
                ) from None
            orders.append(order)
            bar.show(len(orders))
    return orders
