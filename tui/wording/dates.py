"""Days as people type them to search and to list from."""

from __future__ import annotations

from datetime import date, datetime, time

from engine.errors import DateMalformed


def since(text: str) -> datetime:
    """The beginning of a day (`2026-11-24`) where the machine stands, as days are shown there.

    Raises `DateMalformed`.
    """
    try:
        return datetime.combine(date.fromisoformat(text.strip()), time()).astimezone()
    except (ValueError, OverflowError):
        raise DateMalformed(text=text[:40]) from None
