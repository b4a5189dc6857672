"""`decode KEYCODE`: what a keycode unlocks. Whoever has a keycode can read it: no store, no key."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from engine.catalogue.toml_files import CATALOGUE_FOLDER, load_catalogue
from engine.errors import KeycodeMalformed, PortalError
from engine.keycode.codec import Keycode, decode, grouped
from tui.commands.installation import settings_of
from tui.commands.parser import add_json, keycode_help
from tui.terminal.output import note, say, say_json
from tui.wording.deliverables import function_name
from tui.wording.tables import table
from tui.wording.translation import _


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `decode`."""
    parser.add_argument("keycode", metavar=_("KEYCODE"), nargs="+", help=keycode_help())
    add_json(parser)
    parser.set_defaults(run=decode_keycode)


def _decoded(text: str, arguments: Namespace) -> Keycode:
    """By the catalogue that comes with the portal; the installation's own, where there is one, may
    have functions besides. Raises `KeycodeMalformed`."""
    try:
        return decode(text, load_catalogue(CATALOGUE_FOLDER))
    except KeycodeMalformed as malformed:
        from engine.installation import installed_catalogue

        try:
            return decode(text, installed_catalogue(settings_of(arguments)))
        except PortalError:
            raise malformed from None


def decode_keycode(arguments: Namespace) -> int:
    """Print the product and the functions. Raises `KeycodeMalformed`."""
    found = _decoded(" ".join(arguments.keycode), arguments)
    if arguments.json:
        say_json(_as_data(found))
        return 0
    product = found.product
    rows = [(function_name(product, key), str(n)) for key, n in found.inventory.items()]
    say(grouped(found.text), "", product.name, *table(rows, right=(1,)))
    note(_("This says what it unlocks, not whether it is genuine: see `keycode-portal verify`."))
    return 0


def _as_data(found: Keycode) -> dict[str, object]:
    product = found.product
    return {
        "keycode": found.text,
        "product": product.key,
        "inventory": [
            {"function": product.function(key).name.en, "quantity": quantity}
            for key, quantity in found.inventory.items()
        ],
        "key": found.key_number,
    }
