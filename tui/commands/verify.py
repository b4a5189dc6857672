"""`verify ID KEYCODE`: whether a keycode was issued for a system, and which was probably meant."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence

from engine.catalogue.product import Catalogue
from engine.keycode.codec import cleaned
from engine.keycode.repair import Repair
from engine.services.searching import Check
from tui.commands.common import opened, say, say_json, unix_user
from tui.commands.names import inventory_lines
from tui.commands.order_answers import inventory_answer
from tui.commands.parser import add_json
from tui.i18n import _
from tui.messages import sentence

_GROUP = 4


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `verify`."""
    parser.add_argument("equipment_id", metavar=_("ID"))
    parser.add_argument("keycode", metavar=_("KEYCODE"), nargs="+")
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
    else:
        say(*_verdict(check, portal.catalogue), *_meant(text, check.suggestion))
        if check.verdict.valid and check.verdict.keycode:
            keycode = check.verdict.keycode
            say("", *inventory_lines(keycode.product, keycode.inventory))
    return 0 if check.verdict.valid else 1


def _verdict(check: Check, catalogue: Catalogue) -> Iterator[str]:
    if check.verdict.error:
        yield sentence(check.verdict.error, catalogue)
    elif not check.verdict.valid:
        yield _("Not valid: this keycode was not issued for {equipment_id}.").format(
            equipment_id=check.system.equipment_id
        )
    else:
        yield _("Valid: this keycode was issued for {equipment_id}.").format(
            equipment_id=check.system.equipment_id
        )
        if check.superseded:
            yield _("A later order has given this system another keycode: see `show`.")


def _meant(typed: str, meant: Repair | None) -> Iterator[str]:
    """Both keycodes in groups, the characters that differ marked below each."""
    if meant is None:
        return
    yield ""
    yield _("You typed:")
    yield from _marked(cleaned(typed), meant.typed)
    yield _("Did you mean:")
    yield from _marked(meant.keycode, meant.right)


def _marked(text: str, places: Sequence[int]) -> Iterator[str]:
    marks = "".join("^" if place in places else " " for place in range(1, len(text) + 1))
    for line in (text, marks):
        grouped = " ".join(line[i : i + _GROUP] for i in range(0, len(line), _GROUP))
        if grouped.strip():
            yield f"  {grouped}".rstrip()


def _as_data(check: Check, catalogue: Catalogue) -> dict[str, object]:
    verdict, meant = check.verdict, check.suggestion
    keycode = verdict.keycode
    return {
        "equipment_id": check.system.equipment_id,
        "outcome": verdict.outcome.value,
        "superseded": check.superseded,
        "reason": sentence(verdict.error, catalogue) if verdict.error else None,
        "inventory": inventory_answer(keycode.product, keycode.inventory) if keycode else [],
        "suggestion": {"keycode": meant.keycode, "positions": list(meant.right)} if meant else None,
    }
