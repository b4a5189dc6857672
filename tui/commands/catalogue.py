"""`catalogue show`, `catalogue check FILE`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from engine.catalogue.item import Item
from engine.catalogue.product import Product
from engine.catalogue.toml_files import CATALOGUE_FOLDER, load_catalogue, load_product
from tui.commands.parser import add_json, subcommands
from tui.terminal.output import say, say_json
from tui.wording.formats import money
from tui.wording.tables import table
from tui.wording.translation import _, language


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `catalogue`."""
    commands = subcommands(parser)
    showing = commands.add_parser("show", help=_("show products, items and prices"))
    add_json(showing)
    showing.set_defaults(run=show)
    checking = commands.add_parser("check", help=_("check a file before it is put in use"))
    checking.add_argument("file", metavar=_("FILE.toml"), help=_("catalogue file"))
    checking.set_defaults(run=check)


def show(arguments: Namespace) -> int:
    """Print the catalogue that is in use."""
    products = load_catalogue(CATALOGUE_FOLDER).products.values()
    if arguments.json:
        say_json([_as_data(product) for product in products])
    else:
        blocks = ["\n".join(_lines(product)) for product in products]
        say("\n\n".join([*blocks, _("Prices exclude VAT.")]))
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


def _lines(product: Product) -> Iterator[str]:
    yield f"{product.name} ({product.key})"
    yield _("Releases: {releases}").format(releases=", ".join(product.releases))
    if product.models:
        yield _("Models: {models}").format(models=", ".join(product.models))
    yield from table((_row(item, product.currency) for item in product.items), right=(3,))


def _row(item: Item, currency: str) -> tuple[str, ...]:
    kind = _("on/off") if item.is_on_off else _("quantity")
    return (item.part, item.name.in_language(language()), kind, money(item.price, currency))


def _as_data(product: Product) -> dict[str, object]:
    return {
        "product": product.key,
        "name": product.name,
        "releases": product.releases,
        "models": product.models,
        "currency": product.currency,
        "items": [
            {
                "part": item.part,
                "name": item.name.en,
                "kind": item.kind.value,
                "unit_price": f"{item.price:.2f}",
                "releases": item.releases or product.releases,
                "unlocks": [
                    {"function": product.function(u.function).name.en, "units": u.units}
                    for u in item.unlocks
                ],
            }
            for item in product.items
        ],
    }
