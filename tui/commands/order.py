"""`order place`, from a document, or many from a CSV; `order list`, `order show`.

`order FILE` is the spelling of the first release, and means `order place FILE`.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Protocol

from engine.assembly import Portal
from engine.audit import UserName
from engine.documents.order_json import MOST_BYTES, read_order_document
from engine.errors import FileUnreadable, OrderRefused, UnusualOrder, system_word
from engine.licences.order import Draft
from engine.ports import Placement
from engine.services.access import Session
from engine.services.same_orders import identified
from tui.commands import search
from tui.commands.acting import key_of, needs_a_user, session_of
from tui.commands.installation import WrongUse, opened
from tui.commands.json_shapes import order_answer, quote_answer
from tui.commands.parser import add_json, order_help, subcommands
from tui.commands.result_file import agreed
from tui.commands.sheets import Template
from tui.terminal.output import answering, note, say, say_json
from tui.wording.errors import sentence
from tui.wording.translation import _

TEMPLATE = (
    *("equipment_id", "order_reference", "licensee", "address_name", "address_line1"),
    *("zip_code", "city", "country", "BHW1095A"),
)
EXAMPLE = (
    *("03FFFF0302AD4", "2125469-65891", "John Smith", "John Smith", "1 rue des Essais"),
    *("78280", "Guyancourt", "FR", "8"),
)
"""The guide's, with one of its items."""


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `order`."""
    commands = subcommands(parser)
    _add_place(
        commands.add_parser(
            "place", help=_("place an order from a JSON document, or many from a CSV")
        )
    )
    listing = commands.add_parser("list", help=_("list orders, the latest first"))
    search.add_criteria(listing)
    listing.set_defaults(run=search.list_orders)
    showing = commands.add_parser("show", help=_("show an order, its keycode and who placed it"))
    showing.add_argument("order", metavar=_("ORDER"), help=order_help())
    add_json(showing)
    showing.set_defaults(run=show)


def _add_place(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar=_("FILE"), help=_("JSON document; - for standard input"))
    parser.add_argument(
        "--as",
        dest="user",
        metavar=_("COMPANY/LOGIN"),
        help=_("user to order as"),
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=_("show the result without ordering")
    )
    parser.add_argument(
        "--csv",
        action="store_true",
        help=_("FILE is CSV, one order per row; shown, then confirmed"),
    )
    parser.add_argument(
        "--yes", action="store_true", help=_("place without being asked, unusual quantities too")
    )
    parser.add_argument(
        "--again", action="store_true", help=_("order again what has been ordered before")
    )
    parser.add_argument("--template", action=Template, columns=TEMPLATE, example=EXAMPLE)
    parser.add_argument(
        "--result",
        metavar=_("FILE"),
        help=_("with --csv: keycode file (default: NAME.result.csv beside FILE)"),
    )
    add_json(parser)
    parser.set_defaults(run=place)


def show(arguments: Namespace) -> int:
    """Print an order, as the screens show it."""
    with opened(arguments) as portal:
        session = session_of(portal, arguments)
        record, found = portal.searching.order(session, arguments.order)
    if arguments.json:
        say_json(search.order_data(found, record.product))
        return 0
    from tui.wording.order import keycode_of_order, page_of_order

    say(keycode_of_order(record, found), "", *page_of_order(record, found))
    return 0


def place(arguments: Namespace) -> int:
    """Read the document, place the order, print the deliverables."""
    if not (key_of(arguments) or UserName.parse(arguments.user or "")):
        raise WrongUse(needs_a_user())
    draft = None if arguments.csv else document_draft(arguments.file)
    with opened(arguments) as portal:
        session = session_of(portal, arguments)
        if draft is None:
            from tui.commands.bulk_orders import place_many

            return place_many(portal, session, arguments)
        if arguments.dry_run:
            _dry_run(portal, session, draft, arguments)
        else:
            draft = identified(portal.ordering, session, draft, again=arguments.again)
            return _place(portal, session, draft, arguments)
    return 0


def document_draft(name: str) -> Draft:
    """What a document orders. Raises `FileUnreadable`, `OrderDocumentWrong`."""
    shown_name = _("standard input") if name == "-" else name
    try:
        if name == "-":
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise FileUnreadable(path=shown_name, reason=system_word(error)) from None
    return read_order_document(data, shown_name, _no_id)


def _no_id() -> str:
    """A document without an id gets one by what it means (`identified`)."""
    return ""


def _place(portal: Portal, session: Session, draft: Draft, arguments: Namespace) -> int:
    def place(*, sure: bool) -> Placement:
        return portal.ordering.place(session, draft, sure=sure)

    try:
        placement = sure_of(place, arguments)
    except OrderRefused:
        portal.ordering.check(session, draft)  # names every problem there is, not only the first
        raise
    return 1 if placement is None else answer_placed(portal, session, placement, arguments)


class Place(Protocol):
    """Places an order, the same each time."""

    def __call__(self, *, sure: bool) -> Placement:
        """`sure`: what is unusual about it is meant."""


def sure_of(place: Place, arguments: Namespace) -> Placement | None:
    """Place it, with `--yes` or after asking what is unusual, too; None where the answer is no."""
    try:
        return place(sure=arguments.yes)
    except UnusualOrder as error:
        if not _is_meant(error, arguments):
            note(_("Nothing was ordered."))
            return None
    return place(sure=True)


def answer_placed(
    portal: Portal, session: Session, placement: Placement, arguments: Namespace
) -> int:
    """Print what was delivered."""
    placed = placement.order
    product = portal.catalogue.product(placed.product)
    if placement.already:
        note(_("This order had been placed before; nothing was added."))
    is_placed = _("Order {number} is placed. `export {number}` prints its keycode.")
    with answering(is_placed.format(number=placed.number)):
        if arguments.json:
            say_json(order_answer(placed, product))
            return 0
        from tui.wording.deliverables import deliverables_text

        system = portal.ordering.find_system(session, placed.equipment_id)
        say(*deliverables_text(placed, product, system.model).splitlines())
    return 0


def _is_meant(error: UnusualOrder, arguments: Namespace) -> bool:
    """Ask on the terminal. Raises the error where there is nobody to ask."""
    if getattr(arguments, "file", "") == "-" or not sys.stdin.isatty():
        note(_("If it is meant, add --yes."))
        raise error
    note(sentence(error))
    return agreed(_("Type {yes} to place the order all the same: ").format(yes=_("yes")))


def _dry_run(portal: Portal, session: Session, draft: Draft, arguments: Namespace) -> None:
    identified(portal.ordering, session, draft, again=arguments.again)
    quote = portal.ordering.check(session, draft)
    if arguments.json:
        say_json(quote_answer(quote))
        return
    from tui.wording.order import quote_text

    note(_("Nothing was ordered: this is what the order would give."))
    say(quote_text(quote, portal.ordering.check_reference(draft)))
