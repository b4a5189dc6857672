"""`catalogue show`, `list`, `diff FILE`, `put FILE`, `check FILE`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from pathlib import Path

from engine.catalogue.item import Item
from engine.catalogue.product import Product
from engine.catalogue.toml_files import load_product
from engine.documents.dates import beginning_of_day
from engine.errors import FileUnreadable, system_word
from engine.installation import installed_catalogue
from engine.services.cataloguing import ItemChange
from tui.commands.installation import actor, opened, settings_of
from tui.commands.json_shapes import moment
from tui.commands.parser import add_json, subcommands
from tui.terminal.output import note, say, say_json
from tui.wording.catalogue import change_row, product_lines
from tui.wording.formats import date
from tui.wording.tables import table
from tui.wording.translation import _


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `catalogue`."""
    commands = subcommands(parser)
    showing = commands.add_parser("show", help=_("show products, items and prices"))
    showing.add_argument("--at", metavar=_("DATE"), help=_("as they are on that day"))
    add_json(showing)
    showing.set_defaults(run=show)
    listing = commands.add_parser("list", help=_("list the versions, with the day each begins"))
    add_json(listing)
    listing.set_defaults(run=list_versions)
    differing = commands.add_parser("diff", help=_("show what a file would change"))
    _add_file(differing)
    add_json(differing)
    differing.set_defaults(run=diff)
    putting = commands.add_parser("put", help=_("put a file in use, now or from a day on"))
    _add_file(putting)
    putting.add_argument(
        "--from", dest="since", metavar=_("DATE"), help=_("first day (default: now)")
    )
    add_json(putting)
    putting.set_defaults(run=put)
    checking = commands.add_parser("check", help=_("check a file before it is put in use"))
    _add_file(checking)
    checking.set_defaults(run=check)


def _add_file(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar=_("FILE.toml"), help=_("catalogue file"))


def show(arguments: Namespace) -> int:
    """Print the catalogue that is in use, or that of a day."""
    if arguments.at:
        day = beginning_of_day(arguments.at)
        with opened(arguments) as portal:
            products: Iterable[Product] = portal.cataloguing.products(day).values()
    else:
        products = installed_catalogue(settings_of(arguments)).products.values()
    if arguments.json:
        say_json([_as_data(product) for product in products])
    else:
        blocks = ["\n".join(product_lines(product)) for product in products]
        say("\n\n".join([*blocks, _("Prices exclude VAT.")]))
    return 0


def list_versions(arguments: Namespace) -> int:
    """Print from when each version of each product counts."""
    with opened(arguments) as portal:
        versions, now = portal.cataloguing.versions(), portal.clock()
    if arguments.json:
        say_json([{"product": each.product, "since": moment(each.since)} for each in versions])
        return 0
    rows = [
        (
            each.product,
            date(each.since) if each.since.year > 1970 else _("from the beginning"),
            _("to come") if each.since > now else "",
        )
        for each in versions
    ]
    say(*table([(_("Product"), _("From"), ""), *rows]))
    return 0


def diff(arguments: Namespace) -> int:
    """Print what a file would change; 1 when it would change something."""
    path = Path(arguments.file)
    with opened(arguments) as portal:
        changes = portal.cataloguing.changes(_read(path), path)
    product = load_product(path)
    if arguments.json:
        say_json([_change_data(change, product) for change in changes])
    elif changes:
        heading = ("", _("Item"), _("Before"), _("After"))
        say(*table([heading, *(change_row(change, product.currency) for change in changes)]))
    else:
        note(_("Nothing would change."))
    return 1 if changes else 0


def put(arguments: Namespace) -> int:
    """Put a file in use."""
    path = Path(arguments.file)
    since = beginning_of_day(arguments.since) if arguments.since else None
    with opened(arguments) as portal:
        version = portal.cataloguing.put(_read(path), path, since, actor())
    if arguments.json:
        say_json({"product": version.product, "since": moment(version.since)})
    said = _("{product} counts from {date}, in portals that are open, too.")
    note(said.format(product=version.product, date=date(version.since)))
    return 0


def check(arguments: Namespace) -> int:
    """Read one file. Raises `CatalogueWrong`, `FileUnreadable`."""
    product = load_product(Path(arguments.file))
    say(
        _("{product} is valid: {items} items, {functions} functions.").format(
            product=product.name, items=len(product.items), functions=len(product.functions)
        )
    )
    return 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileUnreadable(path=str(path), reason=system_word(error)) from None


def _change_data(change: ItemChange, product: Product) -> dict[str, object]:
    return {
        "before": change.before and _item_data(change.before, product),
        "after": change.after and _item_data(change.after, product),
    }


def _as_data(product: Product) -> dict[str, object]:
    return {
        "product": product.key,
        "name": product.name,
        "releases": product.releases,
        "models": product.models,
        "currency": product.currency,
        "items": [
            _item_data(item, product)
            | {
                "unlocks": [
                    {"function": product.function(u.function).name.en, "units": u.units}
                    for u in item.unlocks
                ]
            }
            for item in product.items
        ],
    }


def _item_data(item: Item, product: Product) -> dict[str, object]:
    ending = {"until": item.until.isoformat()} if item.until else {}
    return {
        "part": item.part,
        "name": item.name.en,
        "kind": item.kind.value,
        "unit_price": f"{item.price:.2f}",
        "releases": item.releases or product.releases,
        **ending,
        **({"replaced_by": item.replaced_by} if item.replaced_by else {}),
    }
