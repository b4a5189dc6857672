"""Reports as screens and plain mode ask for them."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from engine.licences.reports import Report
from engine.services.access import Session
from engine.services.reporting import Reporting

USUAL = "usual"
BY = (USUAL, "month", "company", "part", "kind", "product", "month,company", "month,part")
"""What rows may be for, as a person chooses it."""


class Period(NamedTuple):
    """Two days, as they stand in the fields at first."""

    first: str
    last: str

    @classmethod
    def until(cls, now: datetime) -> Period:
        """From the beginning of the year to today."""
        today = now.astimezone().date()
        return cls(f"{today.year}-01-01", today.isoformat())


def counted(
    reporting: Reporting, session: Session, kind: str, first: str, last: str, by: str
) -> tuple[Report, dict[str, str]]:
    """The report, and the names of its companies by their ids.

    Raises `DateMalformed`, `PeriodWrong`, `GroupUnknown`, `NotAllowed`.
    """
    report = reporting.report(
        session, reporting.asked(kind, first, last, "" if by == USUAL else by)
    )
    return report, reporting.company_names(session)
