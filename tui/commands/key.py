"""`key list`: the signing keys, by number. The keys themselves are never shown."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from engine.assembly import signing_keys
from tui.commands.common import say, say_json, settings_of
from tui.commands.parser import add_json, subcommands
from tui.i18n import _
from tui.tables import table


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `key`."""
    listing = subcommands(parser).add_parser("list", help=_("the numbers of the signing keys"))
    add_json(listing)
    listing.set_defaults(run=list_keys)


def list_keys(arguments: Namespace) -> int:
    """Print the numbers, and what each is good for. Raises `KeyTrouble`."""
    ring = signing_keys(settings_of(arguments))
    if arguments.json:
        say_json([{"key": number, "signs": number == ring.newest} for number in ring.numbers])
        return 0
    use = {True: _("signs and verifies"), False: _("verifies")}
    say(*table((str(number), use[number == ring.newest]) for number in ring.numbers))
    return 0
