"""`copy FROM TO`: all of an installation to another place, and `copy --undo FROM`."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from engine.settings import Settings, load_settings
from tui.commands.installation import WrongUse, actor
from tui.commands.parser import add_json
from tui.commands.progress import Bar
from tui.terminal.output import answering, note, say, say_json
from tui.wording.formats import number
from tui.wording.store_errors import CONTENTS
from tui.wording.tables import table
from tui.wording.translation import N_, _

_TOLD = ("systems", "companies", "users", "ssh keys", "drafts", "audit log")
"""What of a copy is told to people."""


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `copy`."""
    parser.add_argument("source", metavar=_("FROM"), help=_("folder of the store to copy"))
    parser.add_argument(
        "target", metavar=_("TO"), nargs="?", help=_("new or empty folder for the copy")
    )
    parser.add_argument(
        "--undo", action="store_true", help=_("reopen FROM and close its copy, if nobody used it")
    )
    add_json(parser)
    parser.set_defaults(run=copy)


def copy(arguments: Namespace) -> int:
    """Copy it and say what to do next."""
    if arguments.undo == (arguments.target is not None):
        raise WrongUse(_("Give FROM and TO, or --undo and FROM."))
    if arguments.undo:
        return _undo(arguments)
    from engine.copying import copy_installation, things_to_read

    source = settings_in(arguments.source, arguments)
    target = settings_in(arguments.target, arguments)
    with Bar(lambda: things_to_read(source), _("Copying and comparing…")) as bar:
        tally = copy_installation(source, target, actor(), bar.show)
    with answering(target.store_folder):
        if arguments.json:
            say_json({kind: part._asdict() for kind, part in tally.items()})
        else:
            say(target.store_folder)
        note(
            *table([(number(tally[kind].number), _(CONTENTS[kind])) for kind in _TOLD], right=(0,)),
            _("All of it was read again and is the same."),
            _("“{path}” is closed: work in the copy from now on.").format(path=source.store_folder),
            _("Its keys:  {path}").format(path=target.keys_folder),
        )
    return 0


def _undo(arguments: Namespace) -> int:
    from engine.copying import undo_copy

    source = settings_in(arguments.source, arguments)
    place = undo_copy(source, lambda path: settings_in(path, arguments), actor())
    said = N_("“{path}” is open: it was not copied.")
    if place is not None:
        said = N_("“{path}” is open again.")
    note(_(said).format(path=source.store_folder))
    if arguments.json:
        say_json({"path": source.store_folder, "copy": place})
    return 0


def settings_in(folder: str, arguments: Namespace) -> Settings:
    """The settings of the installation in a folder. Which database each has, only its own file may
    say: what the environment names is meant for one of them."""
    environment = {k: v for k, v in os.environ.items() if k != "KEYCODE_PORTAL_DATABASE"}
    return load_settings(Path(folder), environment, {"language": arguments.language})
