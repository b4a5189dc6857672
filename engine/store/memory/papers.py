"""The requests and quotes of a store in memory."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock

from typing_extensions import override

from engine.errors import PaperUnknown
from engine.papers.paper import (
    Paper,
    PaperQuery,
    PaperStore,
    Series,
    number_of,
    paper_changed,
    place_of,
)
from engine.store.memory.systems import PLACE, value_or_none
from engine.store.rows import Row, row_of, value_of


class MemoryPapers(PaperStore):
    """By their numbers."""

    _turn: RLock
    _papers: dict[str, Row]

    @override
    def paper(self, number: str) -> Paper | None:
        return value_or_none(Paper, self._papers.get(number))

    @override
    def papers(self, query: PaperQuery, limit: int) -> list[Paper]:
        with self._turn:
            papers = [value_of(Paper, row, PLACE) for row in self._papers.values()]
        found = [paper for paper in papers if query.matches(paper)]
        return sorted(found, key=lambda paper: place_of(paper.number), reverse=True)[:limit]

    @override
    def add_paper(self, series: Series, year: int, make: Callable[[str], Paper]) -> Paper:
        with self._turn:
            places = [place_of(number) for number in self._papers]
            counts = [count for of, in_year, count in places if (of, in_year) == (series, year)]
            paper = make(number_of(series, year, max(counts, default=0) + 1))
            self._papers[paper.number] = row_of(paper)
            return paper

    @override
    def change_paper(self, number: str, change: Callable[[Paper], Paper]) -> Paper:
        with self._turn:
            paper = self.paper(number)
            if paper is None:
                raise PaperUnknown(number=number)
            after = paper_changed(paper, change)
            self._papers[number] = row_of(after)
            return after
