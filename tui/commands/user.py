"""`user add`, `list`, `disable`, `enable`, `reset-password`, `edit`, `role`, and `key`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from engine.accounts.people import Company, Role, User
from engine.assembly import Portal
from engine.safe_text import decoded
from tui.commands import user_key
from tui.commands.installation import WrongUse, actor, opened
from tui.commands.json_shapes import moment
from tui.commands.lists import add_csv, add_limit, limit
from tui.commands.parser import add_json, company_help, subcommands
from tui.commands.sheets import save_table
from tui.terminal.output import answering, note, say, say_json
from tui.wording.labels import field_label
from tui.wording.stored_text import shown
from tui.wording.tables import table
from tui.wording.translation import _

COLUMNS = ("company", "login", "last_name", "first_name", "email", "role", "state")
_LONGEST_LINE = 1000


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `user`."""
    commands = subcommands(parser)
    add_user = commands.add_parser("add", help=_("add a user with a temporary password"))
    _add_who(add_user)
    for option, text in _details():
        add_user.add_argument(f"--{option}", required=True, metavar=_("TEXT"), help=text)
    add_user.add_argument("--role", default=Role.ORDER.value, metavar=_("ROLE"), help=_roles())
    _add_password(add_user)
    add_json(add_user)
    add_user.set_defaults(run=add)
    listing = commands.add_parser("list", help=_("list all users, or those of one company"))
    listing.add_argument("--company", metavar=_("COMPANY"), help=company_help())
    add_limit(listing)
    add_csv(listing)
    add_json(listing)
    listing.set_defaults(run=list_users)
    disable = commands.add_parser("disable", help=_("disable an account"))
    _add_who(disable)
    add_json(disable)
    disable.set_defaults(run=disable_user)
    enable = commands.add_parser("enable", help=_("enable an account again"))
    _add_who(enable)
    add_json(enable)
    enable.set_defaults(run=enable_user)
    reset = commands.add_parser("reset-password", help=_("issue a temporary password"))
    _add_who(reset)
    _add_password(reset)
    add_json(reset)
    reset.set_defaults(run=reset_password)
    editing = commands.add_parser("edit", help=_("correct a user's names or e-mail address"))
    _add_who(editing)
    for option, text in _details():
        editing.add_argument(f"--{option}", metavar=_("TEXT"), help=text)
    add_json(editing)
    editing.set_defaults(run=edit_user)
    user_key.add_to(commands.add_parser("key", help=_("SSH keys: add, list, remove")))
    role = commands.add_parser("role", help=_("change a user's role"))
    _add_who(role)
    role.add_argument("role", metavar=_("ROLE"), help=_roles())
    add_json(role)
    role.set_defaults(run=set_role)


def _details() -> tuple[tuple[str, str], ...]:
    return (
        ("last-name", _("last name")),
        ("first-name", _("first name")),
        ("email", _("e-mail address")),
    )


def _add_who(parser: ArgumentParser) -> None:
    parser.add_argument("company", metavar=_("COMPANY"), help=company_help())
    parser.add_argument("login", metavar=_("LOGIN"), help=_("username"))


def _add_password(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--password-stdin",
        action="store_true",
        help=_("read the password from the first line of standard input"),
    )


def _roles() -> str:
    return _("one of: {words}").format(words=", ".join(role.value for role in Role))


def add(arguments: Namespace) -> int:
    """Add a user and show the issued password, once."""
    password = _password(arguments)
    with opened(arguments) as portal:
        issued = portal.administration.add_user(
            arguments.company,
            arguments.login,
            last_name=arguments.last_name,
            first_name=arguments.first_name,
            email=arguments.email,
            role=arguments.role,
            password=password,
            who=actor(),
        )
        _answer(arguments, portal, issued)
    note(_("User “{login}” added.").format(login=shown(arguments.login)))
    _say_password(arguments, issued)
    return 0


def reset_password(arguments: Namespace) -> int:
    """Issue another password and show it, once."""
    password = _password(arguments)
    with opened(arguments) as portal:
        issued = portal.administration.reset_password(
            arguments.company, arguments.login, actor(), password
        )
        _answer(arguments, portal, issued)
    note(_("User “{login}” has a new password.").format(login=shown(arguments.login)))
    _say_password(arguments, issued)
    return 0


def disable_user(arguments: Namespace) -> int:
    """Close an account."""
    with opened(arguments) as portal:
        portal.administration.disable_user(arguments.company, arguments.login, actor())
        _answer(arguments, portal)
    note(_("The account of “{login}” is disabled.").format(login=shown(arguments.login)))
    return 0


def enable_user(arguments: Namespace) -> int:
    """Open an account again."""
    with opened(arguments) as portal:
        portal.administration.enable_user(arguments.company, arguments.login, actor())
        _answer(arguments, portal)
    note(_("The account of “{login}” is enabled.").format(login=shown(arguments.login)))
    return 0


def edit_user(arguments: Namespace) -> int:
    """Correct names and e-mail."""
    wanted = {
        "last_name": arguments.last_name,
        "first_name": arguments.first_name,
        "email": arguments.email,
    }
    if not any(text is not None for text in wanted.values()):
        raise WrongUse(_("Nothing to change: add --last-name, --first-name or --email."))
    with opened(arguments) as portal:
        portal.administration.edit_user(arguments.company, arguments.login, actor(), **wanted)
        _answer(arguments, portal)
    note(_("The details of “{login}” are changed.").format(login=shown(arguments.login)))
    return 0


def set_role(arguments: Namespace) -> int:
    """Give another role."""
    with opened(arguments) as portal:
        portal.administration.set_role(arguments.company, arguments.login, arguments.role, actor())
        _answer(arguments, portal)
    note(
        _("“{login}” has the role “{role}” now.").format(
            login=shown(arguments.login), role=arguments.role
        )
    )
    return 0


def _answer(arguments: Namespace, portal: Portal, issued: str = "") -> None:
    """With `--json`, the user as he is then, and the password that was issued."""
    if arguments.json:
        company, user = portal.administration.user(arguments.company, arguments.login)
        say_json(_as_data(company, user) | ({"password": issued} if issued else {}))


def list_users(arguments: Namespace) -> int:
    """Print the users."""
    most = limit(arguments)
    with opened(arguments) as portal:
        users = portal.administration.users(arguments.company)[:most]
    if arguments.csv:
        save_table(arguments.csv, [COLUMNS, *(_cells(company, user) for company, user in users)])
    elif arguments.json:
        say_json([_as_data(company, user) for company, user in users])
    elif users:
        say(*table([_headings(), *(_row(company, user) for company, user in users)]))
    return 0


def _cells(company: Company, user: User) -> tuple[str, ...]:
    texts = (company.name, user.login, user.last_name, user.first_name, user.email, user.role)
    return (*texts, "disabled" if user.disabled else "")


def _headings() -> tuple[str, ...]:
    fields = ("company", "login", "last_name", "first_name", "email", "role")
    return (*(field_label(field) for field in fields), "")


def _row(company: Company, user: User) -> tuple[str, ...]:
    texts = (company.name, user.login, user.last_name, user.first_name, user.email, user.role)
    return (*map(shown, texts), _state(user))


def _state(user: User) -> str:
    """Why somebody cannot log in."""
    if user.disabled:
        return _("disabled")
    return _("temporary password used") if user.issued_used else ""


def _as_data(company: Company, user: User) -> dict[str, object]:
    return {
        "company": company.name,
        "login": user.login,
        "last_name": user.last_name,
        "first_name": user.first_name,
        "email": user.email,
        "role": user.role,
        "disabled": user.disabled,
        "issued_until": moment(user.issued_until) if user.issued_until else None,
        "issued_used": user.issued_used,
    }


def _password(arguments: Namespace) -> str | None:
    """The first line of standard input when asked for; never an argument, which others can see.
    Raises `NotUtf8`: what was typed elsewhere as another character would never log in."""
    if not arguments.password_stdin:
        return None
    return decoded(sys.stdin.buffer.readline(_LONGEST_LINE)).rstrip("\r\n")


def _say_password(arguments: Namespace, issued: str) -> None:
    """The password alone on standard output, so that a script can take it."""
    if issued and not arguments.json:
        note(_("Password, shown only this once; valid for one login within 72 hours:"))
        with answering(_("The password is lost: issue another with `user reset-password`.")):
            say(issued)
