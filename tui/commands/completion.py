"""`completion SHELL`: `eval "$(keycode-portal completion bash)"` in the shell's start file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from tui.terminal.output import say
from tui.wording.translation import _

SHELLS = ("bash", "zsh", "tcsh")


def add_to(parser: ArgumentParser) -> None:
    """The argument of `completion`."""
    parser.add_argument("shell", choices=SHELLS, help=_("shell"))
    parser.set_defaults(run=completion)


def completion(arguments: Namespace) -> int:
    """Print the script."""
    import shtab

    from tui.commands.parser import whole_parser

    say(shtab.complete(whole_parser(), shell=arguments.shell))
    return 0
