"""A request or a quote that somebody removed is missed; one that a crash cut short is not."""

from __future__ import annotations

from pathlib import Path

from engine.audit import EventName
from engine.findings import Finding, FindingCode
from engine.papers.paper import PaperState
from engine.store.folder.store import FolderStore
from engine.store.folder.upkeep.check import check_store
from tests.contract.values import add_paper, in_state


def removed(store: FolderStore, number: str) -> None:
    (path,) = (path for path in store.paper_paths() if number in path)
    Path(path).unlink()


def test_one_that_was_removed_is_named(folder_store: FolderStore) -> None:
    for _ in range(3):
        add_paper(folder_store)
    folder_store.change_paper("R-2026-000002", in_state(PaperState.REFUSED))
    assert list(check_store(folder_store)) == []
    for number in ("R-2026-000001", "R-2026-000002"):
        removed(folder_store, number)
    assert list(check_store(folder_store)) == [
        Finding("R-2026-000001", FindingCode.PAPER_MISSING),
        Finding("R-2026-000002", FindingCode.PAPER_MISSING),
    ]


def test_the_newest_is_missed_once_the_log_says_more_of_it(folder_store: FolderStore) -> None:
    paper = add_paper(folder_store)
    folder_store.record(EventName.REQUEST_REFUSE, "desk/anna", paper=paper.number)
    removed(folder_store, paper.number)
    assert list(check_store(folder_store)) == [Finding(paper.number, FindingCode.PAPER_MISSING)]


def test_a_number_that_is_given_again_after_a_crash_is_not_missing(
    folder_store: FolderStore,
) -> None:
    folder_store.record(EventName.REQUEST_ADD, "c1/jsmith", paper="R-2026-000001")
    assert list(check_store(folder_store)) == []
    assert add_paper(folder_store).number == "R-2026-000001"
    add_paper(folder_store)
    assert list(check_store(folder_store)) == []
