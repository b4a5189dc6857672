"""`audit`: who did what, and whether the log is as it was written."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import Any

import msgspec

from engine.audit import AuditEvent, EventName
from engine.documents.dates import beginning_of_day
from engine.maintenance import Maintenance
from tui.commands.installation import opened_for_maintenance
from tui.commands.json_shapes import moment
from tui.commands.parser import add_json
from tui.terminal.output import note, say, say_json_rows
from tui.wording.audit_events import actor_of, event_text, object_of
from tui.wording.findings import finding_sentence
from tui.wording.formats import date_time
from tui.wording.tables import table
from tui.wording.translation import _

_PAGE = 500


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `audit`."""
    parser.add_argument("--since", metavar=_("DATE"), help=_("earliest day, e.g. 2026-11-24"))
    add_json(parser)
    parser.set_defaults(run=audit)


def audit(arguments: Namespace) -> int:
    """Print the log, oldest first; 1 when it is not whole."""
    begin = beginning_of_day(arguments.since) if arguments.since else None
    with opened_for_maintenance(arguments) as maintenance:
        events = maintenance.events(begin)
        if arguments.json:
            say_json_rows(_as_data(event, maintenance) for event in events)
        else:
            for line in _lines(events, maintenance):
                say(line)
        found = maintenance.audit_findings()
    note(*map(finding_sentence, found))
    return 1 if found else 0


def _lines(events: Iterator[AuditEvent], maintenance: Maintenance) -> Iterator[str]:
    """Page by page, each with columns as wide as it needs: there may be a million lines."""
    companies, users = maintenance.company_names(), maintenance.user_names()
    page: list[tuple[str, ...]] = []
    for event in events:
        page.append(
            (
                date_time(event.at, seconds=True),
                actor_of(event, companies, users),
                event_text(event, unplaced=maintenance.is_unplaced(event)),
                object_of(event, companies),
            )
        )
        if len(page) == _PAGE:
            yield from table(page)
            page = []
    yield from table(page)


def _as_data(event: AuditEvent, maintenance: Maintenance) -> bytes:
    data: dict[str, Any] = {
        "at": moment(event.at),
        "event": event.event,
        "who": event.who,
        "details": event.details,
    }
    if event.event == EventName.ORDER:
        data["placed"] = not maintenance.is_unplaced(event)
    return msgspec.json.encode(data)
