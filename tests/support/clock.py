"""The one clock of the tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

BEGIN = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


class Clock:
    """Goes on when told to, and by `tick` each time that somebody looks."""

    def __init__(self, now: datetime = BEGIN, tick: timedelta = timedelta()) -> None:
        self.now = now
        self._tick = tick

    def __call__(self) -> datetime:
        self.now += self._tick
        return self.now

    def advance(self, **by: float) -> None:
        """So much time passes, in the words of `timedelta`."""
        self.now += timedelta(**by)
