"""`quote`: new, list, show, copy, withdraw, order, export."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from msgspec import to_builtins

from engine.assembly import Portal
from engine.audit import UserName
from engine.papers.paper import Paper
from engine.papers.quotations import Standing
from engine.services.access import Session
from tui.commands.acting import key_of, needs_a_user, session_of
from tui.commands.installation import WrongUse, opened
from tui.commands.json_shapes import amounts_answer, moment
from tui.commands.lists import add_csv, add_limit, limit
from tui.commands.order import answer_placed, document_draft, sure_of
from tui.commands.parser import add_json, equipment_id_help, subcommands
from tui.commands.sheets import amount, save_table
from tui.terminal.output import answering, note, say, say_json
from tui.wording.audit_events import person_or_desk
from tui.wording.exports import exported_to
from tui.wording.quotations import (
    quote_document,
    quote_page,
    quote_rows,
    quote_saved,
    quote_withdrawn,
)
from tui.wording.translation import _

WIDTH = 80
_MOST, _MOST_DATA = 100, 10_000
_COLUMNS = (
    *("quote", "date", "valid_until", "state", "equipment_id", "order_reference", "licensee"),
    *("currency", "total", "quoted_by", "order"),
)
_ITEM_COLUMNS = ("quote", "part", "name", "quantity", "unit_price", "total", "currency")


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `quote`."""
    commands = subcommands(parser)
    making = commands.add_parser("new", help=_("make a quote from a JSON document of an order"))
    making.add_argument("file", metavar=_("FILE"), help=_("JSON document; - for standard input"))
    making.set_defaults(run=new)
    listing = commands.add_parser("list", help=_("list quotes, the latest first"))
    listing.add_argument(
        "text",
        nargs="?",
        default="",
        metavar=_("TEXT"),
        help=_("only those with it in number, Equipment ID, reference or licensee"),
    )
    listing.add_argument("--all", action="store_true", help=_("ordered and withdrawn ones, too"))
    add_limit(listing)
    add_csv(listing)
    listing.set_defaults(run=list_quotes)
    showing = commands.add_parser("show", help=_("show a quote, and what became of it"))
    showing.set_defaults(run=show)
    copying = commands.add_parser("copy", help=_("make the same quote at the prices of today"))
    copying.add_argument("--for", dest="of", metavar=_("ID"), help=equipment_id_help())
    copying.set_defaults(run=copy)
    withdrawing = commands.add_parser("withdraw", help=_("offer it no longer"))
    withdrawing.set_defaults(run=withdraw)
    ordering = commands.add_parser("order", help=_("order what a quote says: once"))
    ordering.add_argument(
        "--yes", action="store_true", help=_("place without being asked, unusual quantities too")
    )
    ordering.set_defaults(run=order)
    exporting = commands.add_parser("export", help=_("print a quote for a customer"))
    exporting.add_argument(
        "--file", action="store_true", help=_("write to the export folder and print the path")
    )
    add_csv(exporting)
    exporting.set_defaults(run=export)
    for each in (showing, copying, withdrawing, ordering, exporting):
        each.add_argument("number", metavar=_("QUOTE"), help=_("number, e.g. Q-2026-000123"))
    for each in (making, listing, showing, copying, withdrawing, ordering, exporting):
        each.add_argument("--as", dest="user", metavar=_("COMPANY/LOGIN"), help=_("user to act as"))
        if each is not exporting:
            add_json(each)


def new(arguments: Namespace) -> int:
    """Make one of a document."""
    _require_user(arguments)
    draft = document_draft(arguments.file)
    with opened(arguments) as portal:
        session = session_of(portal, arguments)
        return _made(portal, session, portal.quotations.make(session, draft), arguments)


def copy(arguments: Namespace) -> int:
    """Make one of another."""
    _require_user(arguments)
    with opened(arguments) as portal:
        session = session_of(portal, arguments)
        paper = portal.quotations.copy(session, arguments.number, arguments.of or "")
        return _made(portal, session, paper, arguments)


def list_quotes(arguments: Namespace) -> int:
    """Print them, the last first; 1 when there is none."""
    most = limit(arguments) or (_MOST_DATA if arguments.json or arguments.csv else _MOST)
    with opened(arguments) as portal:
        session, quotations = session_of(portal, arguments), portal.quotations
        found = quotations.quotes(session, arguments.text, all_states=arguments.all, limit=most)
        quotes = [(paper, quotations.standing(paper)) for paper in found]
        names = quotations.company_names(session)
    if arguments.json:
        say_json([_as_data(paper, standing, names) for paper, standing in quotes])
    elif arguments.csv:
        save_table(arguments.csv, [_COLUMNS, *(_cells(*each, names) for each in quotes)])
    elif quotes:
        say(*quote_rows(quotes, names if len(names) > 1 else {}, WIDTH))
    else:
        note(_("No quote found."))
    return 0 if quotes else 1


def show(arguments: Namespace) -> int:
    """Print one, as the screens show it."""
    with opened(arguments) as portal:
        session = session_of(portal, arguments)
        paper = portal.quotations.quote(session, arguments.number)
        standing, names = (
            portal.quotations.standing(paper),
            portal.quotations.company_names(session),
        )
        if arguments.json:
            say_json(_as_data(paper, standing, names))
        else:
            product = portal.catalogue.product(paper.quotation.product)
            say(*quote_page(paper, standing, product, names))
    return 0


def withdraw(arguments: Namespace) -> int:
    """Offer it no longer."""
    with opened(arguments) as portal:
        session = session_of(portal, arguments)
        paper = portal.quotations.withdraw(session, arguments.number)
        if arguments.json:
            _say_data(portal, session, paper)
    note(quote_withdrawn(paper))
    return 0


def order(arguments: Namespace) -> int:
    """Place the order, or show the one that it has become already."""
    _require_user(arguments)
    with opened(arguments) as portal:
        session, quotations = session_of(portal, arguments), portal.quotations

        def place(*, sure: bool) -> Any:
            return quotations.order(session, arguments.number, sure=sure).placement

        placement = sure_of(place, arguments)
        return 1 if placement is None else answer_placed(portal, session, placement, arguments)


def export(arguments: Namespace) -> int:
    """Print the text, or its items as CSV, or write the text into the export folder."""
    with opened(arguments) as portal:
        session = session_of(portal, arguments)
        paper = portal.quotations.quote(session, arguments.number)
        if arguments.csv:
            save_table(arguments.csv, [_ITEM_COLUMNS, *_item_cells(paper)])
            return 0
        text = quote_document(paper, portal.catalogue.product(paper.quotation.product))
        if not arguments.file:
            say(*text.splitlines())
            return 0
        path = portal.exporting.export_quote(session, paper, text)
        note(exported_to())
        with answering(path):
            say(path)
    return 0


def _require_user(arguments: Namespace) -> None:
    if not (key_of(arguments) or UserName.parse(arguments.user or "")):
        raise WrongUse(needs_a_user())


def _made(portal: Portal, session: Session, paper: Paper, arguments: Namespace) -> int:
    with answering(quote_saved(paper)):
        if arguments.json:
            _say_data(portal, session, paper)
        else:
            say(quote_saved(paper))
    return 0


def _say_data(portal: Portal, session: Session, paper: Paper) -> None:
    quotations = portal.quotations
    say_json(_as_data(paper, quotations.standing(paper), quotations.company_names(session)))


def _as_data(paper: Paper, standing: Standing, names: dict[str, str]) -> dict[str, Any]:
    quoted = paper.quotation
    return {
        "quote": paper.number,
        "date": moment(paper.at),
        "valid_until": moment(quoted.valid_until),
        "state": standing.value,
        "company": names.get(paper.company_id, ""),
        "quoted_by": person_or_desk(paper.by, names),
        "equipment_id": quoted.equipment_id,
        "product": quoted.product,
        "release": quoted.release,
        "order_reference": quoted.draft.reference,
        "licensee": quoted.licensee,
        "address": to_builtins(quoted.address),
        **amounts_answer(quoted.lines, quoted.total, quoted.currency),
        "order": paper.outcome or None,
    }


def _cells(paper: Paper, standing: Standing, names: dict[str, str]) -> tuple[str, ...]:
    quoted = paper.quotation
    return (
        *(paper.number, moment(paper.at), moment(quoted.valid_until), standing.value),
        *(quoted.equipment_id, quoted.draft.reference, quoted.licensee),
        *(quoted.currency, amount(quoted.total), person_or_desk(paper.by, names), paper.outcome),
    )


def _item_cells(paper: Paper) -> list[tuple[str, ...]]:
    quoted = paper.quotation
    return [
        (
            *(paper.number, line.part, line.name, str(line.quantity)),
            *(amount(line.unit_price), amount(line.total), quoted.currency),
        )
        for line in quoted.lines
    ]
