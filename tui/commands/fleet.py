"""`verify --csv FILE`: the keycodes that were read out of many systems."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from engine.assembly import Portal
from engine.documents.csv_rows import Columns, Row, read_rows
from engine.errors import BadValue, DocumentDamaged, PortalError, SystemUnknown
from engine.licences.verdict import Check, Verdict
from engine.services.access import Session
from tui.commands.acting import session_of
from tui.commands.installation import opened
from tui.commands.sheets import input_csv, note_guess
from tui.commands.verdict_json import error_answer, verdict_answer
from tui.terminal.output import note, say, say_json
from tui.wording.fleet import how_many, in_words, to_enter
from tui.wording.headings import headings
from tui.wording.stored_text import clipped
from tui.wording.tables import table
from tui.wording.translation import _

COLUMNS = ("equipment_id", "keycode")


class Looked(NamedTuple):
    """One row of the file, and what there is to say of it."""

    line: int
    equipment_id: str
    found: Check | PortalError

    @property
    def is_well(self) -> bool:
        """Nothing has to be entered there."""
        return isinstance(self.found, Check) and self.found.verdict is Verdict.CURRENT


def verify_fleet(arguments: Namespace) -> int:
    """Print which systems have to be visited, and what to enter there; 1 when there is one."""
    with input_csv(arguments.csv) as path:
        return _verify(arguments, path)


def _verify(arguments: Namespace, path: Path) -> int:
    note_guess(path)
    with opened(arguments) as portal:
        session = session_of(portal, arguments)
        looked = [
            _look(portal, session, row)
            for row in read_rows(path, Columns(COLUMNS, COLUMNS, headings()))
        ]
    visits = [each for each in looked if not each.is_well]
    if arguments.json:
        say_json([_as_data(each, portal) for each in looked])
    else:
        note(how_many(len(visits), len(looked)))
        say(*_page(visits))
    return 1 if visits else 0


def _look(portal: Portal, session: Session, row: Row) -> Looked:
    try:
        fields = row.fields()
        of = fields["equipment_id"]
        found: Check | PortalError = portal.checking.check(session, of, fields["keycode"])
    except (BadValue, SystemUnknown, DocumentDamaged) as error:
        return Looked(row.line, row.cells[0], error)
    return Looked(row.line, of, found)


def _page(visits: list[Looked]) -> Iterator[str]:
    if visits:
        yield from table(
            [
                (_("Line"), _("Equipment ID"), _("Keycode there"), _("To enter")),
                *(
                    (
                        str(each.line),
                        clipped(each.equipment_id, 13),
                        in_words(each.found),
                        to_enter(each.found),
                    )
                    for each in visits
                ),
            ]
        )


def _as_data(looked: Looked, portal: Portal) -> dict[str, object]:
    if isinstance(looked.found, PortalError):
        answer = error_answer(looked.found)
    else:
        answer = verdict_answer(looked.found, portal.catalogue)
    return {"line": looked.line, **answer}
