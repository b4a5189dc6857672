"""Whether the server keeps what it confirms, and whether its clock is right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from engine.findings import Finding, FindingCode
from engine.store.postgresql.changing import Database

APART, REFUSED = 2.0, 30.0
"""Seconds that the clocks of the server and of this machine may differ before it is told; before
nothing is done any more: orders would stand in the wrong order."""
CLOCK = "SELECT clock_timestamp()"
_SETTINGS = """SELECT current_setting('fsync'), current_setting('data_checksums'),
current_setting('synchronous_commit'), current_setting('synchronous_standby_names')"""
_WAITS = {"on", "remote_apply", "remote_write"}
"""The settings of `synchronous_commit` that wait for a standby, where there is one."""


def server_findings(database: Database) -> Iterator[Finding]:
    """What the database's administrator should look at. Whoever connects may set
    `synchronous_commit` for himself: this is what the portal gets."""
    ((fsync, checksums, commit, standbys),) = database.rows(_SETTINGS)
    place = database.place
    if fsync != "on":
        yield Finding(place, FindingCode.SERVER_FSYNC)
    if checksums != "on":
        yield Finding(place, FindingCode.SERVER_CHECKSUMS)
    if commit not in _WAITS:
        yield Finding(place, FindingCode.SERVER_COMMIT, {"value": commit})
    if not standbys:
        yield Finding(place, FindingCode.SERVER_ALONE)
    seconds = seconds_apart(database.rows(CLOCK)[0][0])
    if seconds > APART:
        yield Finding(place, FindingCode.SERVER_CLOCK, {"seconds": f"{seconds:.0f}"})


def seconds_apart(there: datetime) -> float:
    """How far the server's clock is from this machine's."""
    return abs((datetime.now(there.tzinfo) - there).total_seconds())
