"""Days as people type them, to search and to list from."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from engine.errors import DateMalformed

_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")


def beginning_of_day(text: str) -> datetime:
    """The beginning of a day, in the time zone of the machine, as days are shown.

    It is written day first (`24/11/2026`, also with dots or hyphens) or year first
    (`2026-11-24`). Raises `DateMalformed`.
    """
    return _beginning(text, timedelta(0))


def end_of_day(text: str) -> datetime:
    """Where that day ends: the beginning of the next one. Raises `DateMalformed`."""
    return _beginning(text, timedelta(1))


def _beginning(text: str, days_later: timedelta) -> datetime:
    text = text.strip()
    try:
        if parts := _DAY_FIRST.fullmatch(text):
            day = date(int(parts[3]), int(parts[2]), int(parts[1]))
        else:
            day = date.fromisoformat(text)
        return datetime.combine(day + days_later, time()).astimezone()
    except (ValueError, OverflowError):
        raise DateMalformed(text=text[:40]) from None
