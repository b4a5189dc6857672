"""`init`: a new store and its keys."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from engine.assembly import create_installation, fill_with_demo
from engine.demo import load_demo
from tui.commands.installation import settings_of
from tui.terminal.output import say
from tui.wording.labels import field_label
from tui.wording.tables import table
from tui.wording.translation import _


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `init`."""
    parser.add_argument(
        "--demo", action="store_true", help=_("fill the store with invented data to try it out")
    )
    parser.set_defaults(run=init)


def init(arguments: Namespace) -> int:
    """Make the store and the keys, and say what to do next."""
    settings = settings_of(arguments)
    create_installation(settings)
    say(
        _("New store: {path}").format(path=settings.store_folder),
        _("Its keys:  {path}").format(path=settings.keys_folder),
        _("Keep a copy of the keys in another safe place: without them no keycode can be checked."),
        "",
    )
    if arguments.demo:
        fill_with_demo(settings)
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
        return 0
    say(
        _("Next:"),
        "  keycode-portal company add NAME",
        "  keycode-portal user add NAME LOGIN --last-name ... --first-name ... --email ...",
        "  keycode-portal system add ID --product aastra5000 --release R5.1 --company NAME",
        "  keycode-portal",
    )
    if arguments.store:
        say(_("each with --store {path}").format(path=arguments.store))
    return 0
