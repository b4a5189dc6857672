"""`init`: a new store and its keys."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from engine.accounts.field_rules import check_email
from engine.demo import load_demo
from engine.errors import StoreMissing
from engine.installation import create_installation, fill_with_demo
from engine.safe_text import clean
from engine.settings import Settings, write_contact
from tui.commands.installation import settings_of
from tui.terminal.output import answering, note, say
from tui.wording.contact import has_contact, no_contact
from tui.wording.labels import field_label
from tui.wording.tables import table
from tui.wording.translation import N_, _

_CONTACT = {
    "contact_name": N_("who users ask, e.g. The licence desk"),
    "contact_email": N_("e-mail address for their questions"),
    "contact_phone": N_("telephone number for their questions"),
}
"""Settings, and what they are."""


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `init`."""
    parser.add_argument(
        "--demo", action="store_true", help=_("fill the store with invented data to try it out")
    )
    for option, text in _CONTACT.items():
        parser.add_argument(f"--{option.replace('_', '-')}", metavar=_("TEXT"), help=_(text))
    parser.set_defaults(run=init)


def init(arguments: Namespace) -> int:
    """Make the store and the keys, and say what to do next."""
    settings = settings_of(arguments)
    contact = _contact(arguments)
    try:
        create_installation(settings, demo=arguments.demo)
    except StoreMissing:
        if not settings.database:
            raise
        return _say_schema(settings)
    if contact:
        write_contact(settings, contact)
    made = (
        _("New store: {path}").format(path=settings.database or settings.store_folder),
        _("Its keys:  {path}").format(path=settings.keys_folder),
        _("Keep a copy of the keys in another safe place: without them no keycode can be checked."),
    )
    with answering(*made):
        say(*made, "")
        if arguments.demo:
            fill_with_demo(settings)
            _say_demo()
        else:
            _say_next(arguments, settings, known=bool(contact) or has_contact(settings))
    return 0


def _say_schema(settings: Settings) -> int:
    """Nobody may make the schema here: what its owner is to run."""
    from engine.database_installation import schema_to_run

    with answering():
        say(schema_to_run())
    note(
        _("The database has no schema yet ({database}).").format(database=settings.database),
        _("Let its owner run this SQL, then repeat `init`; or name the owner's service in"),
        _("KEYCODE_PORTAL_DATABASE_OWNER, and `init` runs it."),
    )
    return 1


def _contact(arguments: Namespace) -> dict[str, str]:
    """Whom users ask, as options say or as somebody at a terminal answers. Nothing is required.
    Raises `EmailMalformed`."""
    answers = {name: getattr(arguments, name) or "" for name in _CONTACT}
    if not (any(answers.values()) or arguments.demo) and sys.stdin.isatty():
        note(_("Who should users ask for an account? Press Enter to skip a question."))
        answers = {name: _asked(_(text)) for name, text in _CONTACT.items()}
    contact = {name: clean(text) for name, text in answers.items() if clean(text)}
    if email := contact.get("contact_email"):
        contact["contact_email"] = check_email(email)
    return contact


def _asked(label: str) -> str:
    print(_("{label}:").format(label=label), end=" ", file=sys.stderr, flush=True)
    return sys.stdin.readline()


def _say_demo() -> None:
    visitor = load_demo().visitor
    say(
        _("It contains invented data: never issue real keycodes from it. Log in with"),
        *table(
            (
                (field_label("company"), visitor.company),
                (field_label("login"), visitor.login),
                (field_label("password"), visitor.password),
            )
        ),
    )


def _say_next(arguments: Namespace, settings: Settings, *, known: bool) -> None:
    say(
        _("Next:"),
        "keycode-portal company add NAME",
        "keycode-portal user add NAME LOGIN --last-name … --first-name … --email …",
        "keycode-portal system add ID --product aastra5000 --release R5.1 --company NAME",
        "keycode-portal",
    )
    if arguments.store:
        say(_("each with --store {path}").format(path=arguments.store))
    if not known:
        note(no_contact(settings))
