"""Which requests and quotes there must be, by what the audit log says."""

from __future__ import annotations

from collections.abc import Mapping

from engine.audit import EventName
from engine.papers.paper import is_number, place_of

_ADDING = (EventName.REQUEST_ADD, EventName.QUOTE_ADD)


class PapersGiven:
    """The numbers of papers that were kept.

    The line of a new paper comes before the paper: the newest of a series and year, of which no
    other line speaks, may have been cut short, and its number is then given again.
    """

    def __init__(self) -> None:
        self.numbers: set[str] = set()
        self._newest: dict[tuple[str, int], str] = {}

    def take(self, event: str, details: Mapping[str, str]) -> None:
        """The next line of the log."""
        number = details.get("paper", "")
        if not is_number(number):
            return
        if event not in _ADDING:
            self.numbers.add(number)
            return
        series, year, _count = place_of(number)
        before = self._newest.get((series, year), number)
        if before != number:
            self.numbers.add(before)
        self._newest[series, year] = number
