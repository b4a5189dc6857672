"""Requests and quotes: one suite, every store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from msgspec.structs import replace

from engine.errors import PaperUnknown
from engine.papers.paper import OPEN_STATES, Paper, PaperQuery, PaperState, Series
from engine.papers.quotations import Quotation
from engine.ports import Store
from tests.contract.values import BEGIN, add_paper, draft, in_state


def numbers(papers: list[Paper]) -> list[str]:
    return [paper.number for paper in papers]


def add_quote(store: Store) -> Paper:
    def make(number: str) -> Paper:
        content = Quotation(
            draft=draft(number),
            product="aastra5000",
            release="R5.1",
            currency="EUR",
            lines=(),
            valid_until=BEGIN + timedelta(30),
        )
        return Paper(number=number, company_id="c1", by="c1/al", at=BEGIN, content=content)

    return store.add_paper(Series.QUOTE, 2026, make)


def test_a_paper_is_found_by_its_number(store: Store) -> None:
    paper = add_paper(store)
    assert paper.number == "R-2026-000001"
    assert store.paper(paper.number) == paper
    for other in ("R-2026-000002", "Q-2026-000001", "R-2025-000001", "", "../VERSION", "R-2026-1"):
        assert store.paper(other) is None


def test_numbers_run_from_one_in_each_series_and_year(store: Store) -> None:
    made = [add_paper(store), add_quote(store), add_paper(store), add_paper(store, year=2027)]
    assert numbers(made) == ["R-2026-000001", "Q-2026-000001", "R-2026-000002", "R-2027-000001"]
    store.change_paper("R-2026-000002", in_state(PaperState.REFUSED))
    assert add_paper(store).number == "R-2026-000003"


def test_what_may_not_be_made_takes_no_number(store: Store) -> None:
    def refused(_number: str) -> Paper:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - whatever `make` raises
        store.add_paper(Series.REQUEST, 2026, refused)
    assert store.papers(PaperQuery(), 10) == []
    assert add_paper(store).number == "R-2026-000001"


def test_papers_come_by_number_the_last_first_and_in_pages(store: Store) -> None:
    for _ in range(5):
        add_paper(store)
    add_quote(store)
    query = PaperQuery(series=Series.REQUEST)
    first = numbers(store.papers(query, 2))
    assert first == ["R-2026-000005", "R-2026-000004"]
    assert numbers(store.papers(query._replace(before=first[-1]), 2)) == [
        *("R-2026-000003", "R-2026-000002"),
    ]
    assert len(store.papers(PaperQuery(), 100)) == 6


def test_papers_are_found_by_company_maker_and_state(store: Store) -> None:
    mine, others = add_paper(store), add_paper(store, "c2")
    quote = add_quote(store)
    store.change_paper(mine.number, in_state(PaperState.DONE))
    wanted = {
        PaperQuery(company_id="c1"): [mine, quote],
        PaperQuery(company_id="c2"): [others],
        PaperQuery(company_id="c3"): [],
        PaperQuery(by="c1/al"): [quote],
        PaperQuery(states=OPEN_STATES): [others, quote],
        PaperQuery(states=frozenset({PaperState.DONE})): [mine],
        PaperQuery(company_id="c1", series=Series.QUOTE): [quote],
    }
    for query, papers in wanted.items():
        found = numbers(store.papers(query, 100))
        assert sorted(found) == sorted(numbers(papers)), query


def test_a_paper_changes_under_its_number(store: Store) -> None:
    paper = add_paper(store)
    after = store.change_paper(paper.number, lambda found: replace(found, decided_by="desk/anna"))
    assert after == replace(paper, decided_by="desk/anna")
    assert store.paper(paper.number) == after
    done = store.change_paper(paper.number, lambda found: replace(found, state=PaperState.DONE))
    assert store.paper(paper.number) == done
    erased = store.change_paper(paper.number, lambda found: replace(found, why="x"))
    assert store.papers(PaperQuery(), 10) == [erased]


def test_a_change_that_is_refused_changes_nothing(store: Store) -> None:
    paper = add_paper(store)
    for wrong in ({"number": "R-2026-000009"}, {"company_id": "c9"}, {"by": "c1/other"}):
        with pytest.raises(ValueError, match="keeps its number"):
            store.change_paper(paper.number, lambda found, wrong=wrong: replace(found, **wrong))  # type: ignore[misc]
    store.change_paper(paper.number, in_state(PaperState.WITHDRAWN))
    with pytest.raises(ValueError, match="never opens"):
        store.change_paper(paper.number, in_state(PaperState.OPEN))
    with pytest.raises(PaperUnknown):
        store.change_paper("R-2026-000007", in_state(PaperState.OPEN))
    found = store.paper(paper.number)
    assert found == replace(paper, state=PaperState.WITHDRAWN, decided_by="desk/anna")


def test_nobody_is_given_the_same_number(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: add_paper(store), range(24)))
    assert sorted(numbers(made)) == [f"R-2026-{count:06d}" for count in range(1, 25)]
    assert len(store.papers(PaperQuery(), 100)) == 24


def test_each_is_decided_once(store: Store) -> None:
    paper = add_paper(store)

    def decide(who: int) -> bool:
        def change(found: Paper) -> Paper:
            if not found.is_open:
                raise PaperUnknown(number=found.number)
            return replace(found, state=PaperState.DONE, decided_by=f"desk/{who}")

        try:
            store.change_paper(paper.number, change)
        except PaperUnknown:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(decide, range(8))) == 1
