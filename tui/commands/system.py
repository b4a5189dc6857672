"""`system add`, `edit`, `import`, `list`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path

import msgspec

from engine.assembly import Portal
from engine.catalogue.toml_files import CATALOGUE_FOLDER
from engine.documents.systems_csv import COLUMNS
from engine.licences.system import System
from engine.services.registering import Updated
from tui.commands.installation import WrongUse, actor, opened
from tui.commands.lists import add_csv, add_limit, limit
from tui.commands.parser import add_json, company_help, equipment_id_help, subcommands
from tui.commands.progress import Bar, rows
from tui.commands.sheets import Template, input_csv, note_guess, save_table
from tui.commands.transfer import add_to as add_transfer_to
from tui.terminal.output import note, say, say_json, say_json_rows
from tui.wording.headings import headings
from tui.wording.stored_text import shown
from tui.wording.translation import _, ngettext

EXAMPLE = ("03FFFF0302AD4", "aastra5000", "R5.1", "Demo Telecom", "")


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `system`."""
    commands = subcommands(parser)
    add_system = commands.add_parser("add", help=_("register one system"))
    add_system.add_argument("equipment_id", metavar=_("ID"), help=equipment_id_help())
    products = sorted(path.stem for path in CATALOGUE_FOLDER.glob("*.toml"))
    for option, text in (
        ("product", _("one of: {words}").format(words=", ".join(products))),
        ("release", _("release of the product, e.g. R5.1")),
        ("company", company_help()),
    ):
        add_system.add_argument(f"--{option}", required=True, metavar=_("TEXT"), help=text)
    add_system.add_argument(
        "--model",
        default="",
        metavar=_("TEXT"),
        help=_("model, for products that have several (see `catalogue show`)"),
    )
    add_json(add_system)
    add_system.set_defaults(run=add)
    editing = commands.add_parser("edit", help=_("correct a system that has no orders yet"))
    editing.add_argument("equipment_id", metavar=_("ID"), help=equipment_id_help())
    for option, text in (
        ("release", _("release of the product, e.g. R5.1")),
        ("model", _("model, for products that have several (see `catalogue show`)")),
        ("company", company_help()),
    ):
        editing.add_argument(f"--{option}", metavar=_("TEXT"), help=text)
    add_json(editing)
    editing.set_defaults(run=edit)
    importing = commands.add_parser(
        "import",
        help=_("register all systems of a CSV file, or none"),
        description=_("Columns: equipment_id, product, release, company, and model where needed."),
    )
    importing.add_argument(
        "file",
        metavar=_("FILE.csv"),
        help=_("CSV file, as spreadsheets save it; - for standard input"),
    )
    importing.add_argument(
        "--dry-run", action="store_true", help=_("check the file and import nothing")
    )
    importing.add_argument(
        "--update", action="store_true", help=_("correct systems that are known, too")
    )
    importing.add_argument("--template", action=Template, columns=COLUMNS, example=EXAMPLE)
    importing.set_defaults(run=import_systems)
    transferring = commands.add_parser("transfer", help=_("give a system to another company"))
    add_transfer_to(transferring)
    listing = commands.add_parser("list", help=_("list all systems"))
    listing.add_argument("--company", metavar=_("COMPANY"), help=company_help())
    add_limit(listing)
    add_csv(listing)
    add_json(listing)
    listing.set_defaults(run=list_systems)


def add(arguments: Namespace) -> int:
    """Add one system."""
    with opened(arguments) as portal:
        system = portal.registering.new_system(
            arguments.equipment_id,
            arguments.product,
            arguments.release,
            portal.administration.company(arguments.company),
            arguments.model,
        )
        portal.registering.add_system(system, actor())
        names = {c.company_id: c.name for c in portal.administration.companies()}
    if arguments.json:
        say_json(msgspec.json.decode(_as_data(system, names)))
    note(_("System {equipment_id} added.").format(equipment_id=system.equipment_id))
    return 0


def edit(arguments: Namespace) -> int:
    """Correct release, model or company."""
    if arguments.release is arguments.model is arguments.company is None:
        raise WrongUse(_("Nothing to change: add --release, --model or --company."))
    with opened(arguments) as portal:
        company = portal.administration.company(arguments.company) if arguments.company else None
        system = portal.registering.edit_system(
            arguments.equipment_id,
            actor(),
            release=arguments.release,
            model=arguments.model,
            company=company,
        )
        names = {c.company_id: c.name for c in portal.administration.companies()}
    if arguments.json:
        say_json(msgspec.json.decode(_as_data(system, names)))
    note(_("System {equipment_id} corrected.").format(equipment_id=system.equipment_id))
    return 0


def import_systems(arguments: Namespace) -> int:
    """Add the systems of a CSV, with a progress bar on a terminal."""
    with input_csv(arguments.file) as path:
        return _import(arguments, path)


def _import(arguments: Namespace, path: Path) -> int:
    said = _("Checking {count} rows…")
    note_guess(path)
    with opened(arguments) as portal, Bar(lambda: rows(path), said) as bar:
        registering = portal.registering
        if arguments.update:
            if arguments.dry_run:
                planned = registering.plan_update(path, headings())
                note(_right(planned.added), *_corrected(planned))
            else:
                done = registering.update_systems(path, actor(), bar.show, headings())
                note(_imported(done.added), *_corrected(done))
            return 0
        if arguments.dry_run:
            count = sum(1 for _system in registering.new_systems(path, headings()))
            note(_right(count))
            return 0
        count = registering.import_systems(path, actor(), bar.show, headings())
    note(_imported(count))
    return 0


def _imported(count: int) -> str:
    text = ngettext("{count} system imported.", "{count} systems imported.", count)
    return text.format(count=count)


def _corrected(found: Updated) -> Iterable[str]:
    for count, text in (
        (found.changed, ngettext("Corrected: {count}.", "Corrected: {count}.", found.changed)),
        (found.same, ngettext("As it was: {count}.", "As they were: {count}.", found.same)),
    ):
        if count:
            yield text.format(count=count)


def _right(count: int) -> str:
    return ngettext(
        "Nothing was imported: {count} system could be.",
        "Nothing was imported: {count} systems could be.",
        count,
    ).format(count=count)


def list_systems(arguments: Namespace) -> int:
    """Print the systems, each as soon as it is read: there may be a million of them."""
    most = limit(arguments)
    with opened(arguments) as portal:
        names = {c.company_id: c.name for c in portal.administration.companies()}
        systems = portal.registering.systems()
        if arguments.company:
            wanted = portal.administration.company(arguments.company).company_id
            systems = (system for system in systems if system.company_id == wanted)
        systems = islice(systems, most)
        if arguments.json:
            say_json_rows(_as_data(system, names) for system in systems)
        elif arguments.csv:
            save_table(
                arguments.csv, chain([COLUMNS], (_cells(system, names) for system in systems))
            )
        else:
            for line in _lines(systems, portal, names):
                say(line)
    return 0


def _cells(system: System, names: dict[str, str]) -> tuple[str, ...]:
    """As `system import` reads them."""
    company = names.get(system.company_id, system.company_id)
    return system.equipment_id, system.product, system.release, company, system.model


def _lines(systems: Iterable[System], portal: Portal, names: dict[str, str]) -> Iterable[str]:
    products = portal.catalogue.products
    kinds = {kind for product in products.values() for kind in (product.name, *product.models)}
    width = max(map(len, kinds))
    for system in systems:
        kind = system.model or (
            products[system.product].name if system.product in products else shown(system.product)
        )
        company = shown(names.get(system.company_id, system.company_id))
        yield f"{system.equipment_id}  {kind:<{width}}  {system.release:<8}  {company}"


def _as_data(system: System, names: dict[str, str]) -> bytes:
    return msgspec.json.encode(
        {
            "equipment_id": system.equipment_id,
            "product": system.product,
            "model": system.model or None,
            "release": system.release,
            "company": names.get(system.company_id, system.company_id),
            "orders": system.sealed_orders + len(system.orders),
        }
    )
