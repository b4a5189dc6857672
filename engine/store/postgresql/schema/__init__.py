"""The schema: numbered files of SQL, run in order as the owner, each once."""

from __future__ import annotations

from pathlib import Path

from engine.errors import StoreTooNew
from engine.store.postgresql.line import Line

_FILES = sorted(Path(__file__).parent.glob("[0-9]*.sql"))
KNOWN = int(_FILES[-1].stem)
"""The newest one."""
_LOCK = 0x6B657963
_SECONDS = 60.0


def migrate(owner: str) -> list[int]:
    """Bring the schema to that of this portal, with the service of its owner; answers which files
    were run. Raises `StoreUnreachable`, `StoreMissing`, `StoreNotWritable`, `StoreTooNew`."""
    line = Line(owner, _SECONDS)
    try:
        return line.tried(lambda: _migrated(line), _SECONDS)
    finally:
        line.drop()


def _migrated(line: Line) -> list[int]:
    there = line.begin(
        ("SELECT pg_advisory_xact_lock(%s)", (_LOCK,)),
        ("SELECT to_regclass('version') IS NOT NULL", ()),
    )[1][0][0]
    found = line.ask(("SELECT max(number) FROM version", ()))[0][0][0] if there else 0
    if found > KNOWN:
        line.roll_back()
        raise StoreTooNew(path=line.place, found=found, known=KNOWN)
    new = [path for path in _FILES if int(path.stem) > found]
    line.commit(*((path.read_text(encoding="utf-8").rstrip().rstrip(";"), ()) for path in new))
    return [int(path.stem) for path in new]


def sql_to_run() -> str:
    """What the administrator of the database runs where nobody may do it for the portal."""
    return "\n".join(path.read_text(encoding="utf-8") for path in _FILES)
