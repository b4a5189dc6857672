"""`key list`, `prepare`, `rotate`, `withdraw`: signing keys, by number, never shown."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from engine.installation import signing_keys
from tui.commands.installation import (
    actor,
    opened,
    opened_for_maintenance,
    settings_of,
    unix_user,
)
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
    withdrawing = commands.add_parser(
        "withdraw", help=_("withdraw a lost signing key; then see `reissue`")
    )
    withdrawing.add_argument("number", type=key_number, metavar="N", help=key_number_help())
    withdrawing.set_defaults(run=withdraw)
    preparing = commands.add_parser(
        "prepare", help=_("make a signing key that does not sign before `key rotate`")
    )
    preparing.set_defaults(run=prepare)
    rotating = commands.add_parser(
        "rotate", help=_("let the prepared signing key sign, or a new one")
    )
    rotating.set_defaults(run=rotate)


def key_number_help() -> str:
    """Which number is meant."""
    return _("number of the key (`key list`)")


def key_number(text: str) -> int:
    """The number of a key, as argparse wants it."""
    if not (text.isascii() and text.isdigit()):
        raise ArgumentTypeError(_("a key has a whole number"))
    return int(text)


def withdraw(arguments: Namespace) -> int:
    """Withdraw a key. Raises `KeyUnknown`, `KeyInUse`."""
    with opened(arguments) as portal:
        session = portal.signing_in.at_the_desk(unix_user())
        new = portal.reissuing.withdraw(session, arguments.number)
    said = _("Key {number} is withdrawn.") if new else _("Key {number} was withdrawn before.")
    note(
        said.format(number=arguments.number),
        _("`reissue --key {number}` issues new keycodes for what it signed.").format(
            number=arguments.number
        ),
    )
    return 0


def list_keys(arguments: Namespace) -> int:
    """Print the numbers, and what each is good for. Raises `KeyTrouble`, `StoreTrouble`."""
    ring = signing_keys(settings_of(arguments))
    if arguments.json:
        say_json([{"key": number, "signs": number == ring.signs} for number in ring.numbers])
        return 0
    say(*table((str(number), _use(number, ring.signs)) for number in ring.numbers))
    return 0


def _use(number: int, signs: int) -> str:
    if number == signs:
        return _("signs and verifies")
    return _("prepared: signs after `key rotate`") if number > signs else _("verifies")


def prepare(arguments: Namespace) -> int:
    """Make a key that does not sign yet. Raises `KeysUsedUp`."""
    with opened_for_maintenance(arguments) as maintenance:
        number = maintenance.prepare_key(actor())
    prepared = _("Key {number} is prepared and does not sign yet.").format(number=number)
    with answering(prepared):
        say(prepared)
        note(_("Copy the keys to wherever they are needed, then run `key rotate`."))
    return 0


def rotate(arguments: Namespace) -> int:
    """Let the prepared key sign, or a new one. Raises `KeysUsedUp`."""
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
