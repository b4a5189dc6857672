"""Requests and quotes as a store keeps them: each under a number that is given once."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple, Protocol

from msgspec import Struct

from engine.moments import Moment
from engine.papers.quotations import Quotation
from engine.papers.requests import RequestContent


class Series(StrEnum):
    """What is numbered together, from 1 each year; the first letter of a number."""

    REQUEST = "R"
    QUOTE = "Q"


class PaperState(StrEnum):
    """What has become of a paper. One that has expired is still open: that is worked out."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


OPEN_STATES = frozenset({PaperState.OPEN})
"""Those of which something may still become; a paper in another one is closed for good."""
Content = RequestContent | Quotation


class Paper(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A request or a quote."""

    number: str
    """As `number_of`."""
    company_id: str
    """Whose it is."""
    by: str
    """Who made it, as `COMPANY-ID/LOGIN`."""
    at: Moment
    content: Content
    state: PaperState = PaperState.OPEN
    decided_by: str = ""
    decided_at: Moment | None = None
    why: str = ""
    """The reason that was given when it was refused."""
    outcome: str = ""
    """What came of it: the number of an order, or the Equipment ID of a system."""

    @property
    def asked(self) -> RequestContent:
        """What a request asks for."""
        assert isinstance(self.content, RequestContent), "only a request asks for anything"
        return self.content

    @property
    def quotation(self) -> Quotation:
        """What a quote offers."""
        assert isinstance(self.content, Quotation), "only a quote offers anything"
        return self.content

    @property
    def is_open(self) -> bool:
        """Whether anything may still become of it."""
        return self.state in OPEN_STATES


class PaperQuery(NamedTuple):
    """Which papers to find; every field that is given must match."""

    series: Series | None = None
    company_id: str | None = None
    by: str | None = None
    states: frozenset[PaperState] | None = None
    before: str | None = None
    """Only those with numbers before this one, as `place_of` has them: the next page."""

    def covers(self, number: str) -> bool:
        """Whether one of that number may be one of those."""
        return (self.series is None or number.startswith(self.series)) and (
            self.before is None or place_of(number) < place_of(self.before)
        )

    def matches(self, paper: Paper) -> bool:
        """Whether it is one of those."""
        return (
            self.covers(paper.number)
            and (self.company_id is None or paper.company_id == self.company_id)
            and (self.by is None or paper.by == self.by)
            and (self.states is None or paper.state in self.states)
        )


class PaperStore(Protocol):
    """Requests and quotes; what a store keeps of them. None is ever removed. Whatever reads
    raises `DocumentDamaged`."""

    def paper(self, number: str) -> Paper | None:
        """The paper of that number, or None."""

    def papers(self, query: PaperQuery, limit: int) -> list[Paper]:
        """Those that match, the last number first, at most `limit`. What open ones cost does not
        grow with the closed ones."""

    def add_paper(self, series: Series, year: int, make: Callable[[str], Paper]) -> Paper:
        """Add the paper that `make` makes for its number, under the lock of the series. `make`
        records who made it. Nobody else is ever answered the same number.

        Raises `StoreBusy`, `WriteFailed`, `OutcomeUnknown`, and what `make` raises.
        """

    def change_paper(self, number: str, change: Callable[[Paper], Paper]) -> Paper:
        """Change what became of a paper, under its lock: read again, `change`, write, answer.
        `change` may `record` what it does, with the detail `paper`; a closed one never opens.

        Raises `PaperUnknown`, `StoreBusy`, `WriteFailed`, `OutcomeUnknown`, and what `change`
        raises.
        """


_NUMBER = re.compile(r"([RQ])-([0-9]{4})-([0-9]{6,})")


def number_of(series: Series, year: int, count: int) -> str:
    """The number of the `count`-th paper of a year: `Q-2026-000123`."""
    return f"{series}-{year:04d}-{count:06d}"


def is_number(text: str) -> bool:
    """Whether that could be the number of a paper."""
    return _NUMBER.fullmatch(text) is not None


def place_of(number: str) -> tuple[str, int, int]:
    """Series, year and count of a number: what they are sorted by. Raises `ValueError`."""
    match = _NUMBER.fullmatch(number)
    if match is None:
        raise ValueError(number)
    return match[1], int(match[2]), int(match[3])


def paper_changed(paper: Paper, change: Callable[[Paper], Paper]) -> Paper:
    """The paper after a change, which is still the same. Raises what `change` raises."""
    after = change(paper)
    if (after.number, after.company_id, after.by, after.at) != (
        *(paper.number, paper.company_id, paper.by, paper.at),
    ):
        raise ValueError("a paper keeps its number, and whose it is")
    if after.is_open and not paper.is_open:
        raise ValueError("a closed paper never opens")
    return after
