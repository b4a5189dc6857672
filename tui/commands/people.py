"""`people`: a company's administrator looks after its people, also with an SSH key. The licence
desk has `user`, for all companies."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import Any

from engine.accounts.people import User, same_name
from engine.accounts.ssh_keys import SshKey
from engine.assembly import Portal
from engine.safe_text import decoded
from engine.services.access import Session
from engine.services.people import ROLES
from tui.commands.acting import key_of, needs_a_user, session_of
from tui.commands.installation import WrongUse, opened
from tui.commands.json_shapes import moment
from tui.commands.parser import add_json, subcommands
from tui.terminal.output import answering, note, say, say_json
from tui.wording.formats import date
from tui.wording.people import how_long, issued_once, people_rows, what_was_done
from tui.wording.stored_text import shown
from tui.wording.translation import N_, _

WIDTH = 80
_LONGEST_LINE = 10_000
_LONGEST_KEY = 65_536
Run = Callable[[Portal, Session, Namespace], str]
"""Does it; answers a password that was issued, or ""."""


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `people`."""
    commands = subcommands(parser)
    listing = commands.add_parser("list", help=_("list the people of your company"))
    _add_user(listing)
    listing.set_defaults(run=list_people)
    for name, (text, _run) in _DEEDS.items():
        command = commands.add_parser(name, help=_(text))
        command.add_argument("login", metavar=_("LOGIN"), help=_("username"))
        _add_user(command)
        command.set_defaults(run=do)
        if name in {"add", "edit"}:
            _add_details(command, required=name == "add")
        if name in {"add", "role"}:
            words = ", ".join(role.value for role in ROLES)
            command.add_argument(
                "--role" if name == "add" else "role",
                metavar=_("ROLE"),
                default=ROLES[1].value,
                help=_("one of: {words}").format(words=words),
            )
        if name == "key-remove":
            command.add_argument(
                "fingerprint",
                metavar=_("FINGERPRINT"),
                help=_("as `people key-list` shows it: SHA256:…"),
            )
    keys = commands.add_parser("key-list", help=_("list somebody's SSH keys"))
    keys.add_argument("login", metavar=_("LOGIN"), help=_("username"))
    _add_user(keys)
    keys.set_defaults(run=list_keys)


def _add_user(parser: ArgumentParser) -> None:
    parser.add_argument("--as", dest="user", metavar=_("COMPANY/LOGIN"), help=_("user to act as"))
    add_json(parser)


def _add_details(parser: ArgumentParser, *, required: bool) -> None:
    for option, text in (
        ("last-name", _("last name")),
        ("first-name", _("first name")),
        ("email", _("e-mail address")),
    ):
        parser.add_argument(
            f"--{option}", required=required, default=None, metavar=_("TEXT"), help=text
        )


def list_people(arguments: Namespace) -> int:
    """Print them."""
    with opened(arguments) as portal:
        people = portal.people.people(_session(portal, arguments))
    if arguments.json:
        say_json([_as_data(user) for user in people])
    else:
        say(*people_rows(people, WIDTH))
    return 0


def list_keys(arguments: Namespace) -> int:
    """Print somebody's."""
    with opened(arguments) as portal:
        keys = portal.people.keys(_session(portal, arguments), arguments.login)
    if arguments.json:
        say_json([_key_data(key) for key in keys])
    elif keys:
        for key in keys:
            say(f"{date(key.added_at)}  {key.kind}  {shown(key.comment)}", f"  {key.fingerprint}")
    else:
        note(_("No SSH keys."))
    return 0


def do(arguments: Namespace) -> int:
    """One of the deeds."""
    _text, run = _DEEDS[arguments.subcommand]
    with opened(arguments) as portal:
        session = _session(portal, arguments)
        issued = run(portal, session, arguments)
        user = _known(portal, session, arguments.login)
    assert user is not None, "something was done to him just now"
    said = what_was_done(_Done(arguments.subcommand), user.login)
    with answering(said):
        if arguments.json:
            say_json(_as_data(user) | ({"password": issued} if issued else {}))
        else:
            say(said, *([issued_once(user.login, issued), how_long()] if issued else []))
    return 0


class _Done:
    """What was done, as far as words go."""

    def __init__(self, subcommand: str) -> None:
        names = {"end-sessions": "sessions", "key-add": "key"}
        self.name = f"person-{names.get(subcommand, subcommand)}"


def _session(portal: Portal, arguments: Namespace) -> Session:
    """Of a user: nobody looks after people without being one of them."""
    if arguments.user is None and not key_of(arguments):
        raise WrongUse(needs_a_user())
    return session_of(portal, arguments)


def _own_password() -> str:
    """The first line of standard input."""
    return decoded(sys.stdin.buffer.readline(_LONGEST_LINE)).rstrip("\r\n")


def _add(portal: Portal, session: Session, given: Namespace) -> str:
    return portal.people.add(
        session,
        _own_password(),
        given.login,
        last_name=given.last_name,
        first_name=given.first_name,
        email=given.email,
        role=given.role,
    )


def _edit(portal: Portal, session: Session, given: Namespace) -> str:
    known = _known(portal, session, given.login)
    portal.people.edit(
        session,
        given.login,
        last_name=_or(given.last_name, known.last_name if known else ""),
        first_name=_or(given.first_name, known.first_name if known else ""),
        email=_or(given.email, known.email if known else ""),
    )
    return ""


def _known(portal: Portal, session: Session, login: str) -> User | None:
    wanted = same_name(login)
    found = portal.people.people(session)
    return next((user for user in found if same_name(user.login) == wanted), None)


def _or(text: str | None, known: str) -> str:
    return known if text is None else text


def _role(portal: Portal, session: Session, given: Namespace) -> str:
    portal.people.set_role(session, _own_password(), given.login, given.role)
    return ""


def _issue(portal: Portal, session: Session, given: Namespace) -> str:
    return portal.people.issue(session, _own_password(), given.login)


def _close(portal: Portal, session: Session, given: Namespace) -> str:
    portal.people.close(session, given.login)
    return ""


def _open(portal: Portal, session: Session, given: Namespace) -> str:
    portal.people.open(session, given.login)
    return ""


def _end_sessions(portal: Portal, session: Session, given: Namespace) -> str:
    portal.people.end_sessions(session, given.login)
    return ""


def _add_key(portal: Portal, session: Session, given: Namespace) -> str:
    password = _own_password()
    text = decoded(sys.stdin.buffer.read(_LONGEST_KEY))
    portal.people.add_key(session, password, given.login, text)
    return ""


def _remove_key(portal: Portal, session: Session, given: Namespace) -> str:
    portal.people.remove_key(session, given.login, given.fingerprint)
    return ""


_DEEDS: dict[str, tuple[str, Run]] = {
    "add": (N_("add somebody; your own password comes on standard input"), _add),
    "edit": (N_("correct names or e-mail address"), _edit),
    "role": (N_("change the role; your own password comes on standard input"), _role),
    "issue": (N_("issue a password; your own comes on standard input"), _issue),
    "close": (N_("close an account"), _close),
    "open": (N_("open an account again"), _open),
    "end-sessions": (N_("end all sessions of an account"), _end_sessions),
    "key-add": (
        N_("add an SSH key; on standard input your own password, then the key"),
        _add_key,
    ),
    "key-remove": (N_("remove an SSH key"), _remove_key),
}


def _as_data(user: User) -> dict[str, Any]:
    return {
        "login": user.login,
        "last_name": user.last_name,
        "first_name": user.first_name,
        "email": user.email,
        "role": user.role.value,
        "closed": user.disabled,
        "temporary_password": user.issued_until is not None,
    }


def _key_data(key: SshKey) -> dict[str, str]:
    return {
        "fingerprint": key.fingerprint,
        "kind": key.kind,
        "comment": key.comment,
        "added_at": moment(key.added_at),
    }
