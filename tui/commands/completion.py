"""`completion SHELL`: `eval "$(keycode-portal completion bash)"` in the shell's start file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from tui.terminal.output import say
from tui.wording.translation import _

SHELLS = ("bash", "zsh", "fish", "tcsh")


def add_to(parser: ArgumentParser) -> None:
    """The argument of `completion`."""
    parser.add_argument("shell", choices=SHELLS, help=_("shell"))
    parser.set_defaults(run=completion)


def completion(arguments: Namespace) -> int:
    """Print the script."""
    import shtab

    from tui.commands.parser import whole_parser

    parser = whole_parser()
    _expect_files(parser, shtab.FILE, shtab.DIRECTORY)
    say(shtab.complete(parser, shell=arguments.shell))
    return 0


def _expect_files(parser: ArgumentParser, file: object, folder: object) -> None:
    """Say of each argument that names a file or a folder that it does: the shell completes it."""
    for action in parser._actions:  # argparse has no other way to walk a parser
        metavar = action.metavar if isinstance(action.metavar, str) else ""
        if metavar.startswith(_("FILE")):
            action.complete = file  # type: ignore[attr-defined]  # what shtab looks for
        elif metavar == _("FOLDER"):
            action.complete = folder  # type: ignore[attr-defined]
        for below in action.choices.values() if isinstance(action.choices, dict) else ():
            _expect_files(below, file, folder)
