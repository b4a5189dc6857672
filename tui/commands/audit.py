"""`audit`: who did what, and whether the log is as it was written."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any

import msgspec

from engine.audit import Actor, AuditEvent, EventName
from engine.maintenance import Maintenance
from engine.safe_text import folded
from tui.commands.installation import opened_for_maintenance
from tui.commands.json_shapes import moment
from tui.commands.lists import add_csv, add_days, add_limit, end_of_days, first_moment, limit
from tui.commands.parser import add_json
from tui.commands.sheets import save_table
from tui.terminal.output import note, say, say_json_rows
from tui.wording.audit_events import actor_of, event_text, object_of
from tui.wording.findings import finding_sentence
from tui.wording.formats import date_time
from tui.wording.tables import table
from tui.wording.translation import _

_PAGE = 500
_COLUMNS = ("at", "who", "event", "object")


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `audit`."""
    add_days(parser)
    parser.add_argument(
        "--by", metavar=_("WHO"), help=_("only what COMPANY/LOGIN, or unix:NAME, did")
    )
    add_limit(parser)
    add_csv(parser)
    add_json(parser)
    parser.set_defaults(run=audit)


def audit(arguments: Namespace) -> int:
    """Print the log, oldest first; 1 when it is not whole."""
    with opened_for_maintenance(arguments) as maintenance:
        events = _wanted(arguments, maintenance)
        if arguments.json:
            say_json_rows(_as_data(event, maintenance) for event in events)
        elif arguments.csv:
            rows = _rows(events, maintenance, lambda event: (moment(event.at), event.event))
            save_table(arguments.csv, chain([_COLUMNS], rows))
        else:
            for line in _lines(events, maintenance):
                say(line)
        found = maintenance.audit_findings()
    note(*map(finding_sentence, found))
    return 1 if found else 0


def _wanted(arguments: Namespace, maintenance: Maintenance) -> Iterator[AuditEvent]:
    """The events that are asked for. Raises `DateMalformed`, `WrongUse`."""
    end, most = end_of_days(arguments), limit(arguments)
    events = maintenance.events(first_moment(arguments))
    if end is not None:
        events = (event for event in events if event.at < end)
    if arguments.by:
        companies, users = maintenance.company_names(), maintenance.user_names()
        by = folded(arguments.by)
        events = (e for e in events if by in _names(Actor.parse(actor_of(e, companies, users))))
    return islice(events, most)


def _names(actor: Actor) -> set[str]:
    """The user, and who ran the command: either may be asked for."""
    return {folded(actor.name), folded(str(Actor("", actor.unix_user)))}


def _rows(
    events: Iterable[AuditEvent],
    maintenance: Maintenance,
    first_cells: Callable[[AuditEvent], tuple[str, str]],
) -> Iterator[tuple[str, ...]]:
    """When, what, who and on what, of each event."""
    companies, users = maintenance.company_names(), maintenance.user_names()
    for event in events:
        when, what = first_cells(event)
        yield when, actor_of(event, companies, users), what, object_of(event, companies)


def _lines(events: Iterator[AuditEvent], maintenance: Maintenance) -> Iterator[str]:
    """Page by page, each with columns as wide as it needs: there may be a million lines."""

    def first_cells(event: AuditEvent) -> tuple[str, str]:
        unplaced = maintenance.is_unplaced(event)
        return date_time(event.at, seconds=True), event_text(event, unplaced=unplaced)

    rows = _rows(events, maintenance, first_cells)
    while page := list(islice(rows, _PAGE)):
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
