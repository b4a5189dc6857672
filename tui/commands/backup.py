"""`backup FILE`: everything as one file, while the portal is in use."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from tui.commands.installation import actor, opened_for_maintenance
from tui.commands.progress import Bar
from tui.terminal.output import answering, note, say
from tui.wording.findings import finding_sentence
from tui.wording.translation import _, ngettext

if TYPE_CHECKING:
    from engine.upkeep import BackupMade


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `backup`."""
    parser.add_argument("file", metavar=_("FILE"), help=_("new file, e.g. backup.tar.gz"))
    parser.add_argument(
        "--with-keys",
        action="store_true",
        help=_("include the keys; protect the file like the keys"),
    )
    parser.set_defaults(run=backup)


def backup(arguments: Namespace) -> int:
    """Write the file; 1 when a document is damaged and could not be taken along."""
    target = Path(arguments.file)
    with (
        opened_for_maintenance(arguments) as maintenance,
        Bar(maintenance.system_count, _("Copying {count} systems…")) as bar,
    ):
        made = maintenance.back_up(
            target, actor(), with_keys=arguments.with_keys, progress=bar.show
        )
    with answering(str(target.absolute())):
        say(str(target.absolute()))
        _say_what_is_in_it(made, with_keys=arguments.with_keys)
    return 1 if made.left_out else 0


def _say_what_is_in_it(made: BackupMade, *, with_keys: bool) -> None:
    count = made.systems
    note(
        ngettext("Backup of {count} system.", "Backup of {count} systems.", count).format(
            count=count
        ),
        _("It contains the signing keys: anyone who can read it can make keycodes.")
        if with_keys
        else _("It does not contain the signing keys: keep a copy of them elsewhere."),
    )
    if not made.logged:
        note(_("The audit log cannot be written: it has no line of this backup."))
    if made.left_out:
        note(_("Left out, because they cannot be read:"), *map(finding_sentence, made.left_out))
