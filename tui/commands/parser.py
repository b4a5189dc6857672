"""The arguments of the command line. Only the group that is asked for is imported."""

from __future__ import annotations

import gettext
import os
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

from tui.commands.examples import Formatter, add_examples
from tui.wording.stored_text import clipped
from tui.wording.translation import DOMAIN, LOCALES, N_, _, language

if TYPE_CHECKING:
    from argparse import _SubParsersAction  # the only name of what `add_subparsers` answers

GROUPS: dict[str, str] = {
    "demo": N_("try the portal on invented data; leaves nothing behind"),
    "init": N_("create a new store and its signing key"),
    "company": N_("manage resellers: add, edit, hold, release, list"),
    "user": N_("manage users and their SSH keys: add, list, disable, role, key, …"),
    "people": N_("look after the people of your company: list, add, role, issue, close, …"),
    "system": N_("manage the systems known here: add, import, list"),
    "order": N_("place and look up orders: place, list, show"),
    "quote": N_("make quotes, look them up, and order from them"),
    "upgrade": N_("bring a system to another release"),
    "move": N_("take a system's licences to other hardware: FROM TO, list, proof"),
    "reissue": N_("issue new keycodes for what a withdrawn key signed"),
    "correct": N_("correct an order that was a mistake (licence desk)"),
    "request": N_("ask the licence desk, and decide: list, show, system, approve, refuse, …"),
    "report": N_("what was ordered in a period: orders, items, companies, systems, keys"),
    "show": N_("show what a system has, its keycode and its orders"),
    "search": N_("find orders"),
    "decode": N_("show what a keycode unlocks; needs neither store nor key"),
    "verify": N_("check that a keycode was issued for a system"),
    "export": N_("print the deliverables of an order"),
    "catalogue": N_("what can be ordered, and its prices: show, list, diff, put, check"),
    "key": N_("manage the signing keys: list, prepare, rotate, withdraw"),
    "ssh": N_("for sshd: open the portal, or run a command, for the owner of a key"),
    "serve": N_("serve the portal as a web page; others need an authenticating proxy"),
    "status": N_("how the installation is, for people and for monitoring"),
    "check": N_("check the whole store, list problems"),
    "backup": N_("back up everything to one file, while the portal is in use"),
    "restore": N_("restore a backup"),
    "try-database": N_("a database server to try the portal on; nothing for real orders"),
    "copy": N_("copy everything to a new place, and close the old one"),
    "audit": N_("show who did what, and check the audit log"),
    "events": N_("the audit log as a feed for other programs"),
    "completion": N_("print the shell completion script"),
    "erase": N_("erase licensees' names and addresses from orders"),
}
"""Each is a module of this package, with `add_to(parser)`."""


class Parser(ArgumentParser):
    """Without abbreviations: a script must not change its meaning when an option is added."""

    def __init__(self, **options: object) -> None:
        options.setdefault("allow_abbrev", False)
        options.setdefault("formatter_class", Formatter)
        super().__init__(**options)  # type: ignore[arg-type]  # handed on as they came

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, without what a terminal would obey: it quotes the arguments."""
        super().error(clipped(message, 300))


def parse_globals(words: Sequence[str]) -> tuple[Namespace, list[str]]:
    """`--store`, `--language` and `--plain`, wherever they stand, and what is left."""
    return _globals(add_help=False).parse_known_args(list(words))


def parse_command(words: list[str]) -> Namespace:
    """What is left: the command and its own arguments. Ends the process on wrong use (2)."""
    words = as_spelled_now(words)
    named = tuple(name for name in words[:1] if name in GROUPS)
    parser = _commands(named, _version(words))
    if words and not named and not words[0].startswith("-"):
        parser.error(_unknown(words[0]))
    return parser.parse_args(words)


MOVES = ("system", "list", "proof")


def as_spelled_now(words: list[str]) -> list[str]:
    """`order FILE --as …`, as scripts of the first release have it, is `order place FILE …`, and
    `move FROM TO` is short for `move system FROM TO`."""
    places = words[1:2] == ["-"] or any(
        word.split("=")[0] in {"--as", "--template"} for word in words[1:]
    )
    if words[:1] == ["order"] and places and words[1] != "place":
        return ["order", "place", *words[1:]]
    if words[:1] == ["move"] and words[1:] and words[1] not in {*MOVES, "-h", "--help"}:
        return ["move", "system", *words[1:]]
    return words


def _unknown(name: str) -> str:
    from difflib import get_close_matches  # only when something is wrong

    close = get_close_matches(name, GROUPS, 1)
    said = N_("unknown command “{name}”. Did you mean “{close}”?")
    if not close:
        said = N_("unknown command “{name}”. `keycode-portal --help` lists them all.")
    return _(said).format(name=clipped(name), close="".join(close))


def whole_parser() -> Parser:
    """The parser with every command and its arguments: for completion and the manual page."""
    return _commands(tuple(GROUPS), "")


def _commands(named: Sequence[str], version: str) -> Parser:
    """The parser; of the commands, only those named have their arguments."""
    parser = Parser(
        prog="keycode-portal",
        description=_("Order licences for telephone systems and get their keycodes."),
        epilog=_("Without a command, the portal opens in full screen."),
        parents=[_globals(add_help=False)],
    )
    parser.add_argument(
        "--version", action="version", version=version, help=_("show the version and exit")
    )
    parser.set_defaults(run=None, json=False)
    commands = parser.add_subparsers(metavar=_("COMMAND"), title=_("commands"), dest="command")
    for name in named or GROUPS:
        group = commands.add_parser(name, help=_(GROUPS[name]), description=_(GROUPS[name]))
        if name in named:
            import_module(f"tui.commands.{name.replace('-', '_')}").add_to(group)
            add_examples(group)
    return parser


def speak_to_argparse() -> None:
    """Let argparse take its messages from our translations (see `argparse_texts`)."""
    os.environ["LANGUAGE"] = language()
    gettext.bindtextdomain(DOMAIN, str(LOCALES))
    gettext.textdomain(DOMAIN)


def add_json(parser: ArgumentParser) -> None:
    """`--json`, for commands that print data."""
    parser.add_argument("--json", action="store_true", help=_("print one JSON document"))


def equipment_id_help() -> str:
    """What an Equipment ID looks like."""
    return _("Equipment ID, e.g. 03FFFF0302AD4")


def keycode_help() -> str:
    """How a keycode may be typed."""
    return _("keycode; spaces do not matter")


def order_help() -> str:
    """What an order number looks like."""
    return _("order number, e.g. 03FFFF0302AD4-0001")


def company_help() -> str:
    """Whose name is wanted."""
    return _("name of the reseller")


def subcommands(parser: ArgumentParser) -> _SubParsersAction[ArgumentParser]:
    """The commands of a group; one of them has to be given."""
    return parser.add_subparsers(
        metavar=_("COMMAND"), title=_("commands"), dest="subcommand", required=True
    )


def _globals(*, add_help: bool) -> Parser:
    parser = Parser(prog="keycode-portal", add_help=add_help, usage=None)
    parser.add_argument(
        "--store",
        metavar=_("FOLDER"),
        help=_("folder of the store (default: KEYCODE_PORTAL_STORE)"),
    )
    parser.add_argument(
        "--language", choices=("en", "fr"), help=_("language of messages and names")
    )
    parser.add_argument(
        "--plain",
        action="store_true",
        help=_("ask and answer line by line (screen readers, pipes)"),
    )
    return parser


def _version(words: Sequence[str]) -> str:
    if "--version" not in words:
        return ""  # to look it up takes longer than all the rest
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"Keycode Portal {version('keycode-portal')}"
    except PackageNotFoundError:  # a checkout that is not installed
        return "Keycode Portal"
