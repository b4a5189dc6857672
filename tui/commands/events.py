"""`events --after N`: the audit log as a feed, a line an event with its number, for other programs.

The number of an event is its place in the log, from 1. Lines are never changed and none is taken
away, so whoever has read up to N goes on after N: an event may come twice to a reader that was
stopped, and none is missed.
"""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable

import msgspec

from engine.audit import AuditEvent
from engine.maintenance import Maintenance
from tui.commands.installation import WrongUse, opened_for_maintenance
from tui.commands.json_shapes import moment
from tui.commands.lists import add_limit, limit
from tui.commands.parser import add_json
from tui.terminal.output import say
from tui.wording.audit_events import actor_of, event_text, object_of
from tui.wording.formats import date_time
from tui.wording.stored_text import clipped
from tui.wording.translation import _

_LOOKS_AGAIN = 0.5
"""Seconds between two looks while nothing comes."""
_LONGEST_WAIT = 3600


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `events`."""
    parser.add_argument(
        "--after", default="0", metavar=_("NUMBER"), help=_("only events after that number")
    )
    parser.add_argument(
        "--wait",
        default="0",
        metavar=_("SECONDS"),
        help=_("wait so long for an event, when there is none yet"),
    )
    add_limit(parser)
    add_json(parser)
    parser.set_defaults(run=events)


def events(arguments: Namespace) -> int:
    """Print them as they come: one JSON document a line, or text."""
    after, wait = _number(arguments.after, "--after"), _number(arguments.wait, "--wait")
    most = limit(arguments)
    with opened_for_maintenance(arguments) as maintenance:
        show: Callable[[int, AuditEvent], str] | None = None
        end, number, shown = time.monotonic() + min(wait, _LONGEST_WAIT), 0, 0
        for event in maintenance.follow():
            if event is None:
                if shown or time.monotonic() >= end:
                    break
                time.sleep(_LOOKS_AGAIN)
                continue
            number += 1
            if number > after:
                # Not before: whose name it is may have come while it waited.
                show = show or (_json if arguments.json else _text(maintenance))
                say(show(number, event))
                shown += 1
            if shown == most:
                break
    return 0


def _json(number: int, event: AuditEvent) -> str:
    data = {
        "number": number,
        "at": moment(event.at),
        "event": event.event,
        "who": event.who,
        "details": event.details,
    }
    return msgspec.json.encode(data).decode()


def _text(maintenance: Maintenance) -> Callable[[int, AuditEvent], str]:
    companies, users = maintenance.company_names(), maintenance.user_names()

    def line(number: int, event: AuditEvent) -> str:
        who = actor_of(event, companies, users)
        what = f"{event_text(event)} {object_of(event, companies)}".rstrip()
        return f"{number}  {date_time(event.at, seconds=True)}  {who}  {what}"

    return line


def _number(text: str, option: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 16:
        return int(text)
    said = _("{option} is a whole number, not “{text}”.")
    raise WrongUse(said.format(option=option, text=clipped(text)))
