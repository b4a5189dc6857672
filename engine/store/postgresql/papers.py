"""Requests and quotes in the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
from engine.store.postgresql.accounts import text_of, value_in
from engine.store.postgresql.audit import key_of, lane_lock
from engine.store.postgresql.changing import LOOK, Change, Database

_PUT = "INSERT INTO papers (series, year, count, company, maker, state, body)"
_HAS = "WHERE series = %s AND year = %s AND count = %s"


class Papers(PaperStore):
    """The papers of a store on PostgreSQL."""

    database: Database

    @override
    def paper(self, number: str) -> Paper | None:
        return self._paper(number, "")

    def _paper(self, number: str, more: str) -> Paper | None:
        try:
            place = place_of(number)
        except ValueError:
            return None
        rows = self.database.rows(f"SELECT body FROM papers {_HAS}{more}", *place)  # noqa: S608 - only these texts
        return value_in(Paper, rows[0][0], self.database.place) if rows else None

    @override
    def papers(self, query: PaperQuery, limit: int) -> list[Paper]:
        wanted: dict[str, Any] = {
            "series = %s": query.series and query.series.value,
            "company = %s": None if query.company_id is None else key_of(query.company_id),
            "maker = %s": None if query.by is None else key_of(query.by),
            "state = ANY(%s)": None if query.states is None else [*map(str, query.states)],
        }
        given = {text: value for text, value in wanted.items() if value is not None}
        values = [*given.values()]
        if query.before is not None:
            given["(series, year, count) < (%s, %s, %s)"] = None
            values += place_of(query.before)
        rows = self.database.rows(
            # Only the texts above are ever part of the statement.
            f"SELECT body FROM papers WHERE {' AND '.join(given) or 'true'}"  # noqa: S608
            " ORDER BY series DESC, year DESC, count DESC LIMIT %s",
            *values,
            limit,
        )
        return [value_in(Paper, row[0], self.database.place) for row in rows]

    @override
    def add_paper(self, series: Series, year: int, make: Callable[[str], Paper]) -> Paper:
        def add(change: Change) -> Paper:
            # Two statements: one would see the numbers as they were before the wait.
            last = change.read(
                ("SELECT pg_advisory_xact_lock(%s)", (lane_lock(f"papers {series}"),)),
                (
                    "SELECT coalesce(max(count), 0) FROM papers WHERE series = %s AND year = %s",
                    (series.value, year),
                ),
            )[1][0][0]
            paper = make(number_of(series, year, last + 1))
            put_paper(change, paper)
            return paper

        return self.database.changed(add, LOOK)

    @override
    def change_paper(self, number: str, change: Callable[[Paper], Paper]) -> Paper:
        def work(transaction: Change) -> Paper:
            paper = self._paper(number, " FOR UPDATE")
            if paper is None:
                raise PaperUnknown(number=number)
            after = paper_changed(paper, change)
            put = f"UPDATE papers SET state = %s, body = %s {_HAS}"  # noqa: S608 - only these texts
            transaction.write(put, after.state.value, text_of(after), *place_of(number))
            return after

        return self.database.changed(work, LOOK)


def put_paper(change: Change, paper: Paper) -> None:
    """Write one that is not there yet."""
    change.write(
        f"{_PUT} VALUES (%s, %s, %s, %s, %s, %s, %s)",
        *place_of(paper.number),
        *(key_of(paper.company_id), key_of(paper.by), paper.state.value, text_of(paper)),
    )
