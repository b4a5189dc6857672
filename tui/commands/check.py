"""`check`: reads everything again and says what is wrong."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from itertools import islice
from typing import TYPE_CHECKING

from engine.findings import Finding
from tui.commands.installation import actor, opened_for_maintenance, settings_of
from tui.commands.parser import add_json
from tui.commands.progress import Bar
from tui.terminal.output import note, say, say_json
from tui.wording.contact import has_contact, no_contact
from tui.wording.findings import finding_sentence
from tui.wording.translation import _, ngettext

if TYPE_CHECKING:
    from engine.upkeep import Checked

MOST = 1000
"""After so many findings nothing more is read: the first ones have to be mended anyway."""


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `check`."""
    parser.add_argument(
        "--settle", metavar=_("ORDER"), help=_("a lost order that was ordered again")
    )
    add_json(parser)
    parser.set_defaults(run=check)


def check(arguments: Namespace) -> int:
    """Print what is wrong; 0 when the installation is sound, 1 when it is not."""
    with opened_for_maintenance(arguments) as maintenance:
        if arguments.settle:
            number = arguments.settle.strip().upper()
            maintenance.settle(number, actor())
            note(_("Order {number} is settled.").format(number=number))
            return 0
        with Bar(maintenance.system_count, _("Reading {count} systems…")) as bar:
            found = list(islice(maintenance.check(bar.show), MOST))
        checked = maintenance.checked
    sound = all(finding.harmless for finding in found)
    if arguments.json:
        say_json(_as_data(found, checked, sound=sound))
    else:
        say(*map(finding_sentence, found))
    if len(found) == MOST:
        note(_("Only the first {count} findings: the check ended there.").format(count=MOST))
    note(_summary(checked), _("No problems found.") if sound else _("Problems found."))
    if not has_contact(settings := settings_of(arguments)):
        note(no_contact(settings))
    return 0 if sound else 1


def _summary(checked: Checked) -> str:
    systems = ngettext("{count} system", "{count} systems", checked.systems)
    orders = ngettext("{count} order", "{count} orders", checked.orders)
    return _("{systems} and {orders} were read.").format(
        systems=systems.format(count=checked.systems), orders=orders.format(count=checked.orders)
    )


def _as_data(found: list[Finding], checked: Checked, *, sound: bool) -> dict[str, object]:
    return {
        "sound": sound,
        "systems": checked.systems,
        "orders": checked.orders,
        "findings": [
            {
                "code": finding.code,
                "place": finding.place,
                "harmless": finding.harmless,
                "data": finding.data,
                "message": finding_sentence(finding),
            }
            for finding in found
        ],
    }
