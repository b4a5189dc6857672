"""The audit log of a store that was copied into a database: it lies there word for word."""

from __future__ import annotations

from collections.abc import Iterator

from engine.findings import Finding, FindingCode
from engine.store.journal_lines import FIRST_MAC, WrittenLine, line_mac, read_line
from engine.store.postgresql.changing import Database


def former_names(database: Database) -> list[str]:
    """The names of its parts, oldest first."""
    rows = database.rows("SELECT DISTINCT name FROM former_audit ORDER BY name")
    return [name for (name,) in rows]


def former_pieces(database: Database, name: str) -> Iterator[bytes]:
    """A part, piece by piece."""
    number = 0
    while rows := database.rows(
        "SELECT data FROM former_audit WHERE name = %s AND part = %s", *(name, number)
    ):
        yield bytes(rows[0][0])
        number += 1


def former_lines(database: Database) -> Iterator[tuple[WrittenLine, bytes]]:
    """Its lines, and what the mac of each covers."""
    for name in former_names(database):
        rest = b""
        for piece in former_pieces(database, name):
            *lines, rest = (rest + piece).split(b"\n")
            yield from filter(None, map(read_line, lines))
        yield from filter(None, [read_line(rest)])


def former_findings(database: Database) -> Iterator[Finding]:
    """Where its chain is broken."""
    n, mac = 0, FIRST_MAC
    for line, body in former_lines(database):
        place = f"former_audit#{line.n}"
        if line.n != n + 1:
            yield Finding(place, FindingCode.JOURNAL_REMOVED, {"line": str(line.n)})
        elif line_mac(database.audit_key, mac, body) != line.mac:
            yield Finding(place, FindingCode.JOURNAL_CHANGED, {"line": str(line.n)})
        n, mac = line.n, line.mac
