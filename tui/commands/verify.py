"""`verify ID KEYCODE`: whether a keycode was issued for a system, and which was probably meant."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from engine.licences.system import parse_equipment_id
from tui.commands.acting import session_of
from tui.commands.installation import WrongUse, opened
from tui.commands.parser import add_json, equipment_id_help, keycode_help
from tui.commands.verdict_json import verdict_answer
from tui.terminal.output import note, say, say_json
from tui.wording.translation import _
from tui.wording.verdict import not_logged, verdicts

_WIDTH = 80


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `verify`."""
    parser.add_argument("equipment_id", metavar=_("ID"), nargs="?", help=equipment_id_help())
    parser.add_argument("keycode", metavar=_("KEYCODE"), nargs="*", help=keycode_help())
    parser.add_argument(
        "--csv",
        metavar=_("FILE"),
        help=_("Equipment IDs and keycodes as read out of the systems: list those to visit"),
    )
    add_json(parser)
    parser.set_defaults(run=verify)


def verify(arguments: Namespace) -> int:
    """Print the verdict; 0 when the keycode is valid, 1 when it is not."""
    if arguments.csv:
        from tui.commands.fleet import verify_fleet

        if arguments.equipment_id:
            raise WrongUse(_("Either an Equipment ID with a keycode, or --csv FILE."))
        return verify_fleet(arguments)
    if not arguments.keycode:
        raise WrongUse(_("Either an Equipment ID with a keycode, or --csv FILE."))
    text = " ".join(arguments.keycode)
    parse_equipment_id(arguments.equipment_id)  # an empty one is a mistake of a script
    with opened(arguments) as portal:
        session = session_of(portal, arguments)
        checks = portal.checking.check_each(session, arguments.equipment_id, text)
    if arguments.json:
        answers = [verdict_answer(check, portal.catalogue) for check, _typed in checks]
        say_json(answers[0] if len(answers) == 1 else {"checks": answers})
        if not all(check.logged for check, _typed in checks):
            note(not_logged())
    else:
        say(*verdicts(checks, portal.catalogue, _WIDTH))
    return 0 if all(check.valid for check, _typed in checks) else 1
