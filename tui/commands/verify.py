"""`verify ID KEYCODE`: whether a keycode was issued for a system, and which was probably meant."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from engine.catalogue.product import Catalogue
from engine.licences.verdict import Check, Verdict
from tui.commands.installation import opened, unix_user
from tui.commands.json_shapes import inventory_answer
from tui.commands.parser import add_json, equipment_id_help, keycode_help
from tui.terminal.output import note, say, say_json
from tui.wording.errors import sentence
from tui.wording.translation import _
from tui.wording.verdict import check_lines, not_logged

_WIDTH = 80


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `verify`."""
    parser.add_argument("equipment_id", metavar=_("ID"), help=equipment_id_help())
    parser.add_argument("keycode", metavar=_("KEYCODE"), nargs="+", help=keycode_help())
    add_json(parser)
    parser.set_defaults(run=verify)


def verify(arguments: Namespace) -> int:
    """Print the verdict; 0 when the keycode is valid, 1 when it is not."""
    text = " ".join(arguments.keycode)
    with opened(arguments) as portal:
        session = portal.signing_in.at_the_desk(unix_user())
        check = portal.searching.check(session, arguments.equipment_id, text)
    if arguments.json:
        say_json(_as_data(check, portal.catalogue))
        if not check.logged:
            note(not_logged())
    else:
        say(*check_lines(check, text, portal.catalogue, _WIDTH))
    return 0 if check.valid else 1


def _as_data(check: Check, catalogue: Catalogue) -> dict[str, object]:
    reading, meant = check.reading, check.suggestion
    keycode = reading.keycode
    return {
        "equipment_id": check.system.equipment_id,
        "verdict": check.verdict.value,
        "outcome": _outcome(check),
        "superseded": check.superseded,
        "order": check.issued.number if check.issued else None,
        "current": check.current.keycode if check.current else None,
        "reason": sentence(reading.error, catalogue) if reading.error else None,
        "inventory": inventory_answer(keycode.product, keycode.inventory) if keycode else [],
        "suggestion": {"keycode": meant.keycode, "positions": list(meant.right)} if meant else None,
    }


def _outcome(check: Check) -> str:
    """The name that scripts of earlier versions know: `valid`, `malformed`, `other-system`; and
    for a keycode that was never issued, which they must not take for valid, its own."""
    if check.valid:
        return "valid"
    if check.verdict is Verdict.NEVER_ISSUED:
        return check.verdict.value
    return check.reading.outcome.value
