"""`key list`, `key rotate`: the signing keys, by number. The keys themselves are never shown."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from engine.assembly import signing_keys
from tui.commands.installation import actor, opened_for_maintenance, settings_of
from tui.commands.parser import add_json, subcommands
from tui.terminal.output import answering, note, say, say_json
from tui.wording.tables import table
from tui.wording.translation import _


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `key`."""
    commands = subcommands(parser)
    listing = commands.add_parser("list", help=_("list the numbers of the signing keys"))
    add_json(listing)
    listing.set_defaults(run=list_keys)
    rotating = commands.add_parser("rotate", help=_("make a new signing key"))
    rotating.set_defaults(run=rotate)


def list_keys(arguments: Namespace) -> int:
    """Print the numbers, and what each is good for. Raises `KeyTrouble`."""
    ring = signing_keys(settings_of(arguments))
    if arguments.json:
        say_json([{"key": number, "signs": number == ring.newest} for number in ring.numbers])
        return 0
    use = {True: _("signs and verifies"), False: _("verifies")}
    say(*table((str(number), use[number == ring.newest]) for number in ring.numbers))
    return 0


def rotate(arguments: Namespace) -> int:
    """Make a new signing key. Raises `KeysUsedUp`."""
    with opened_for_maintenance(arguments) as maintenance:
        number = maintenance.rotate_key(actor())
    new_key = _("Key {number} signs from the next order on.").format(number=number)
    with answering(new_key):
        say(new_key)
        note(
            _("Keycodes signed before remain valid."),
            _(
                "Keep a copy of the keys in another safe place: without them no keycode can be "
                "checked."
            ),
        )
    return 0
