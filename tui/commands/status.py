"""`status`: how the installation is, in a moment; not 0 when somebody is needed."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from engine.errors import PortalError
from engine.maintenance import Status, StatusProblem
from engine.settings import default_store
from tui.commands.installation import opened_for_maintenance, settings_of
from tui.commands.json_shapes import moment
from tui.commands.parser import add_json
from tui.terminal.output import say, say_json
from tui.wording.audit_events import named_actor
from tui.wording.formats import date_time, number
from tui.wording.stored_text import shown
from tui.wording.tables import pairs
from tui.wording.translation import N_, _

WIDTH = 80
PROBLEMS: dict[StatusProblem, str] = {
    StatusProblem.NOT_WRITABLE: N_("Nothing can be saved: the store cannot be written."),
    StatusProblem.LITTLE_ROOM: N_("There is little room left on the disk: make room."),
    StatusProblem.NO_BACKUP: N_("No backup was made in the last 7 days: see `backup`."),
}
_PREFIX = "keycode_portal_"


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `status`."""
    form = parser.add_mutually_exclusive_group()
    add_json(form)  # type: ignore[arg-type]  # a group adds arguments as a parser does
    form.add_argument("--prometheus", action="store_true", help=_("print text for Prometheus"))
    parser.set_defaults(run=status)


def status(arguments: Namespace) -> int:
    """Print it; 1 when something needs somebody."""
    try:
        with opened_for_maintenance(arguments) as maintenance:
            found = maintenance.status(datetime.now(UTC))
            names = maintenance.company_names()
    except PortalError:
        if arguments.prometheus:
            say(*_metric("up", 0))
        raise
    portals = len(list(_portals(settings_of(arguments).store)))
    if arguments.json:
        say_json(_as_data(found, portals))
    elif arguments.prometheus:
        say(*_prometheus(found, portals))
    else:
        say(*_page(found, portals, names))
    return 1 if found.problems else 0


def _page(found: Status, portals: int, names: dict[str, str]) -> Iterator[str]:
    measured, backup = found.measured, found.last_backup
    behind, free = measured.index_behind, measured.free_bytes
    rows = [
        (_("Store"), shown(measured.place)),
        (_("Signing key"), str(found.signing_key)),
        (_("Index"), _("made at the next search") if behind is None else _behind(behind)),
        (_("Last backup"), date_time(backup) if backup else _("none in the last five weeks")),
        (_("Room left"), _("{number} MB").format(number=number(free >> 20)) if free else ""),
        (_("Portals running"), str(portals)),
    ]
    yield from pairs([row for row in rows if row[1]], WIDTH)
    for who, since in sorted(found.logged_in.items()):
        yield from pairs(
            [(_("Logged in"), f"{named_actor(who, names)}, {date_time(since)}")], WIDTH
        )
    for problem in found.problems:
        yield f"! {_(PROBLEMS[problem])}"
    if not found.problems:
        yield _("All is well.")


def _behind(count: int) -> str:
    return _("up to date") if not count else _("{number} bytes behind").format(number=number(count))


def _as_data(found: Status, portals: int) -> dict[str, Any]:
    measured, backup = found.measured, found.last_backup
    return {
        "well": not found.problems,
        "problems": [problem.value for problem in found.problems],
        "store": measured.place,
        "writable": measured.writable,
        "signing_key": found.signing_key,
        "index_bytes_behind": measured.index_behind,
        "last_backup": moment(backup) if backup else None,
        "free_bytes": measured.free_bytes,
        "portals": portals,
        "logged_in": [
            {"user": who, "since": moment(since)} for who, since in sorted(found.logged_in.items())
        ],
    }


def _prometheus(found: Status, portals: int) -> Iterator[str]:
    """The text format of Prometheus' exporters, version 0.0.4."""
    measured, backup = found.measured, found.last_backup
    yield from _metric("up", 1)
    yield from _metric("well", int(not found.problems))
    yield from _metric("store_writable", int(measured.writable))
    yield from _metric("signing_key", found.signing_key)
    if measured.index_behind is not None:
        yield from _metric("index_bytes_behind", measured.index_behind)
    if measured.free_bytes is not None:
        yield from _metric("free_bytes", measured.free_bytes)
    if backup:
        yield from _metric("last_backup_timestamp_seconds", int(backup.timestamp()))
    yield from _metric("portals", portals)
    yield from _metric("logged_in", len(found.logged_in))


def _metric(name: str, value: int) -> Iterator[str]:
    yield f"# TYPE {_PREFIX}{name} gauge"
    yield f"{_PREFIX}{name} {value}"


def _portals(store: str) -> Iterator[int]:
    """The other processes of this account that are this program, on that store."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = _texts(folder / "cmdline")
            if int(folder.name) == os.getpid() or folder.stat().st_uid != os.getuid():
                continue
            if any(word.endswith("/keycode-portal") for word in words[:2]):
                named = dict(pairwise(words)).get("--store")
                environment = dict(each.partition("=")[::2] for each in _texts(folder / "environ"))
                if os.path.realpath(named or default_store(environment) or "") == store:
                    yield int(folder.name)
        except OSError:  # it has ended
            continue


def _texts(path: Path) -> list[str]:
    return [os.fsdecode(each) for each in path.read_bytes().split(b"\0")]
