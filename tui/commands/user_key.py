"""`user key add`, `list`, `remove`: the SSH keys that people log in with."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from engine.accounts.ssh_keys import SshKey
from engine.assembly import Portal
from engine.errors import FileUnreadable, system_word
from engine.safe_text import decoded
from tui.commands.installation import actor, opened
from tui.commands.json_shapes import moment
from tui.commands.parser import add_json, company_help, subcommands
from tui.terminal.output import note, say, say_json
from tui.wording.formats import date
from tui.wording.stored_text import shown
from tui.wording.tables import table
from tui.wording.translation import _

_LONGEST = 65_536
"""Bytes of a file that may be a key."""


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `user key`."""
    commands = subcommands(parser)
    adding = commands.add_parser("add", help=_("let a user log in with an SSH key"))
    adding.add_argument("company", metavar=_("COMPANY"), help=company_help())
    adding.add_argument("login", metavar=_("LOGIN"), help=_("username"))
    adding.add_argument(
        "file",
        metavar=_("FILE"),
        nargs="?",
        default="-",
        help=_("the public key (.pub); - or nothing for standard input"),
    )
    add_json(adding)
    adding.set_defaults(run=add)
    listing = commands.add_parser("list", help=_("list the SSH keys, and whose they are"))
    listing.add_argument("company", metavar=_("COMPANY"), nargs="?", help=company_help())
    listing.add_argument("login", metavar=_("LOGIN"), nargs="?", help=_("username"))
    add_json(listing)
    listing.set_defaults(run=list_keys)
    removing = commands.add_parser("remove", help=_("remove an SSH key"))
    removing.add_argument(
        "fingerprint", metavar=_("FINGERPRINT"), help=_("as `user key list` shows it: SHA256:…")
    )
    add_json(removing)
    removing.set_defaults(run=remove)


def add(arguments: Namespace) -> int:
    """Add one, and show its fingerprint."""
    text = _text(arguments.file)
    with opened(arguments) as portal:
        key = portal.ssh_access.add(arguments.company, arguments.login, text, actor())
        _answer(arguments, portal, key)
    said = _("“{login}” can log in with this SSH key: {fingerprint}")
    note(said.format(login=shown(key.login), fingerprint=key.fingerprint))
    return 0


def list_keys(arguments: Namespace) -> int:
    """Print them."""
    with opened(arguments) as portal:
        keys = portal.ssh_access.keys(arguments.company, arguments.login)
        companies = _company_names(portal)
    if arguments.json:
        say_json([_as_data(key, companies) for key in keys])
    elif keys:
        heading = (_("User"), _("Added on"), _("Kind"), _("Comment"))
        rows = [
            (shown(_user(key, companies)), date(key.added_at), key.kind, shown(key.comment))
            for key in keys
        ]
        lines = table([heading, *rows])
        say(
            lines[0],
            *(f"{row}\n  {key.fingerprint}" for row, key in zip(lines[1:], keys, strict=True)),
        )
    else:
        note(_("No SSH keys."))
    return 0


def remove(arguments: Namespace) -> int:
    """Remove one."""
    with opened(arguments) as portal:
        key = portal.ssh_access.remove(arguments.fingerprint, actor())
        _answer(arguments, portal, key)
    note(_("“{login}” can no longer log in with this SSH key.").format(login=shown(key.login)))
    return 0


def _answer(arguments: Namespace, portal: Portal, key: SshKey) -> None:
    if arguments.json:
        say_json(_as_data(key, _company_names(portal)))


def _company_names(portal: Portal) -> dict[str, str]:
    return {each.company_id: each.name for each in portal.administration.companies()}


def _user(key: SshKey, companies: dict[str, str]) -> str:
    return f"{companies.get(key.company_id, key.company_id)}/{key.login}"


def _as_data(key: SshKey, companies: dict[str, str]) -> dict[str, str]:
    return {
        "fingerprint": key.fingerprint,
        "company": companies.get(key.company_id, key.company_id),
        "login": key.login,
        "kind": key.kind,
        "comment": key.comment,
        "added_at": moment(key.added_at),
    }


def _text(name: str) -> str:
    try:
        if name == "-":
            return decoded(sys.stdin.buffer.read(_LONGEST))
        with Path(name).open("rb") as file:
            return decoded(file.read(_LONGEST))
    except OSError as error:
        raise FileUnreadable(path=name, reason=system_word(error)) from None
