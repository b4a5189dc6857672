"""`restore FILE`: a store of a backup, or what is damaged in a store."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from tui.commands.installation import actor, opened_for_maintenance, settings_of
from tui.commands.progress import Bar
from tui.terminal.output import answering, note, say
from tui.wording.audit_events import named_actor
from tui.wording.formats import date_time
from tui.wording.tables import table
from tui.wording.translation import _, ngettext

if TYPE_CHECKING:
    from engine.upkeep import Restored


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `restore`."""
    parser.add_argument("file", metavar=_("FILE"), help=_("backup file"))
    parser.add_argument(
        "--damaged",
        action="store_true",
        help=_("repair an existing store: only damaged or missing files"),
    )
    parser.set_defaults(run=restore)


def restore(arguments: Namespace) -> int:
    """Put it back, and say what is not in it; 1 when orders are known to be lost, or when the
    audit log could not be told."""
    source = Path(arguments.file)
    if arguments.damaged:
        return _restore_damaged(arguments, source)
    from engine.maintenance import restore as restore_store

    settings = settings_of(arguments)
    with Bar(lambda: 0, _("Reading the backup…")) as bar:
        restored = restore_store(settings, source, actor(), bar.show)
    count = restored.systems
    text = ngettext("{count} system restored.", "{count} systems restored.", count)
    with answering(text.format(count=count)):
        say(text.format(count=count))
        note(
            *_as_of(restored),
            _("Names erased since then are back: erase them again."),
            _("Now run `keycode-portal check`."),
        )
        if restored.not_logged:
            from tui.wording.errors import sentence

            note(
                _("The store is restored, but the audit log has no line for it:"),
                f"  {sentence(restored.not_logged)}",
            )
    return 1 if restored.not_logged else 0


def _restore_damaged(arguments: Namespace, source: Path) -> int:
    with (
        opened_for_maintenance(arguments) as maintenance,
        Bar(maintenance.system_count, _("Reading the backup…")) as bar,
    ):
        restored = maintenance.restore_damaged(source, actor(), bar.show)
        companies = maintenance.company_names() if restored.lost else {}
    if restored.lost:  # first: whatever becomes of the rest, this is not to be missed
        note(
            _("These orders came later and are lost. Their keycodes were delivered: order again."),
            _(
                "`check` lists them until `check --settle ORDER` records that they were ordered "
                "again."
            ),
            *table(
                (lost.number, date_time(lost.placed_at), named_actor(lost.placed_by, companies))
                for lost in restored.lost
            ),
        )
    if restored.files:
        note(*_as_of(restored))
        with answering(*restored.files):
            say(*restored.files)
    else:
        note(
            _("This backup has nothing of what is damaged in the store: nothing was changed."),
            _("`check` lists what is damaged."),
        )
    return 1 if restored.lost else 0


def _as_of(restored: Restored) -> tuple[str, ...]:
    return (
        _("As of {moment}. What came later is not in this backup.").format(
            moment=date_time(restored.made_at)
        ),
    )
