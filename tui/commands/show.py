"""`show ID`: what a system has, its keycode, and its orders."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from engine.assembly import Portal
from engine.keycode.codec import grouped
from engine.services.searching import SystemRecord
from tui.commands.acting import session_of
from tui.commands.installation import opened
from tui.commands.json_shapes import system_answer
from tui.commands.parser import add_json, equipment_id_help
from tui.terminal.output import say, say_json
from tui.wording.formats import date
from tui.wording.labels import field_label
from tui.wording.stored_text import shown
from tui.wording.system_record import function_keycode_rows, inventory_rows
from tui.wording.tables import pairs, table
from tui.wording.translation import _

_WIDTH = 80


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `show`."""
    parser.add_argument("equipment_id", metavar=_("ID"), help=equipment_id_help())
    add_json(parser)
    parser.set_defaults(run=show)


def show(arguments: Namespace) -> int:
    """Print a system."""
    with opened(arguments) as portal:
        session = session_of(portal, arguments)
        record = portal.searching.by_equipment_id(session, arguments.equipment_id)
        company = _company_name(portal, record.system.company_id)
    if arguments.json:
        say_json(system_answer(record, company))
    else:
        blocks = [list(_head(record, company)), *_blocks(record)]
        say("\n\n".join("\n".join(block) for block in blocks if block))
    return 0


def _company_name(portal: Portal, company_id: str) -> str:
    """The name of a company, or its id when it is gone."""
    companies = portal.administration.companies()
    return next((c.name for c in companies if c.company_id == company_id), company_id)


def _head(record: SystemRecord, company: str) -> Iterator[str]:
    system = record.system
    yield from pairs(
        (
            (field_label("equipment_id"), system.equipment_id),
            (_("Product"), system.model or record.product.name),
            (_("Release"), system.release),
            (_("Company"), shown(company)),
        ),
        _WIDTH,
    )


def _blocks(record: SystemRecord) -> Iterator[list[str]]:
    product, system = record.product, record.system
    keycode = system.orders[-1].keycode if system.orders else None
    if keycode:
        yield [_("Keycode"), grouped(keycode), keycode]
    if codes := function_keycode_rows(product, record.function_keycodes):
        yield [_("Keycodes"), *table(codes)]
    if system.inventory:
        rows = inventory_rows(product, system.inventory)
        yield [_("Licence inventory"), *table(rows, right=(1,))]
    if record.orders:
        orders = [(o.number, date(o.placed_at), shown(o.reference)) for o in record.orders]
        yield [_("Orders"), *table(orders)]
    else:
        yield [_("Nothing was ordered for this system yet.")]
