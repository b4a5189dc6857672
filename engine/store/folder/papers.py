"""Requests and quotes on disk: a document each under its number, in one folder while something may
still become of it, and in another from then on. So the ones that wait are found among themselves,
however many there have been."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from typing_extensions import override

from engine.errors import DocumentDamaged, DocumentFault, PaperUnknown, WriteFailed, system_word
from engine.files.system_calls import reading
from engine.files.writing import make_one_folder, sync_folder
from engine.papers.paper import (
    OPEN_STATES,
    Paper,
    PaperQuery,
    PaperStore,
    Series,
    is_number,
    number_of,
    paper_changed,
    place_of,
)
from engine.store.folder.accounts import only_row
from engine.store.folder.documents import read_tables, replace_file, sealed
from engine.store.folder.locks import hashed_place
from engine.store.folder.paths import Paths
from engine.store.folder.store_folder import StoreFolder
from engine.store.rows import row_of

_SUFFIX = ".json"


class Papers(PaperStore):
    """The papers of a store on disk; each has a lock of its own, and each series one."""

    folder: StoreFolder

    @override
    def paper(self, number: str) -> Paper | None:
        if not is_number(number):
            return None
        paths = self.folder.paths
        # It may be closed between the first look and the second.
        for path in (paths.closed_paper, paths.open_paper, paths.closed_paper):
            with suppress(FileNotFoundError):
                return self.read_paper(path(number))
        return None

    @override
    def papers(self, query: PaperQuery, limit: int) -> list[Paper]:
        found: list[Paper] = []
        for number in sorted(self._numbers(query), key=place_of, reverse=True):
            paper = self.paper(number)
            if paper and query.matches(paper):
                found.append(paper)
                if len(found) == limit:
                    break
        return found

    @override
    def add_paper(self, series: Series, year: int, make: Callable[[str], Paper]) -> Paper:
        folder = self.folder
        with folder.locks.held(hashed_place(f"papers {series}"), "papers"):
            places = [place_of(number) for number in self._all_numbers()]
            counts = [count for of, in_year, count in places if (of, in_year) == (series, year)]
            paper = make(number_of(series, year, max(counts, default=0) + 1))
            path = folder.paths.open_paper(paper.number)
            try:
                for each in (folder.paths.open_papers, folder.paths.closed_papers):
                    make_one_folder(folder.calls, each)
                sync_folder(folder.calls, folder.paths.root)
            except OSError as error:
                raise WriteFailed(path=path, reason=system_word(error)) from error
            replace_file(folder.calls, *paper_document(paper, folder.paths))
            return paper

    @override
    def change_paper(self, number: str, change: Callable[[Paper], Paper]) -> Paper:
        calls, paths = self.folder.calls, self.folder.paths
        with self.folder.locks.held(hashed_place(number), number):
            paper = self.paper(number)
            if paper is None:
                raise PaperUnknown(number=number)
            after = paper_changed(paper, change)
            replace_file(calls, *paper_document(after, paths))
            if not after.is_open:  # one that stays behind, or comes back, does not count
                with suppress(OSError):
                    calls.unlink(paths.open_paper(number))
            return after

    def paper_paths(self) -> Iterator[str]:
        """The documents of all papers, those that are open first. Raises `ReadFailed`."""
        paths = self.folder.paths
        for folder in (paths.open_papers, paths.closed_papers):
            yield from (f"{folder}/{number}{_SUFFIX}" for number in sorted(self._names(folder)))

    def read_paper(self, path: str) -> Paper:
        """What a document holds. Raises `FileNotFoundError`, `DocumentDamaged`, `StoreTooNew`."""
        paper = only_row(Paper, read_tables(self.folder.calls, path), "papers", path)
        if paper_path(paper, self.folder.paths) != path:  # put there by somebody
            raise DocumentDamaged(path=path, reason=DocumentFault.SHAPE)
        return paper

    def _numbers(self, query: PaperQuery) -> Iterator[str]:
        """Of those that may match, by their names."""
        paths, states = self.folder.paths, query.states
        closed_too = states is None or not states <= OPEN_STATES
        numbers = self._all_numbers() if closed_too else self._names(paths.open_papers)
        for number in numbers:
            if query.covers(number):
                yield number

    def _all_numbers(self) -> set[str]:
        paths = self.folder.paths
        return self._names(paths.open_papers) | self._names(paths.closed_papers)

    def _names(self, folder: str) -> set[str]:
        with reading(folder):
            names = self.folder.calls.names(folder) if self.folder.calls.exists(folder) else []
        found = (name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX))
        return {number for number in found if is_number(number)}


def paper_path(paper: Paper, paths: Paths) -> str:
    """Where the document of a paper belongs."""
    return (paths.open_paper if paper.is_open else paths.closed_paper)(paper.number)


def paper_document(paper: Paper, paths: Paths) -> tuple[str, bytes]:
    """The document of a paper, and where it belongs."""
    return paper_path(paper, paths), sealed({"papers": {paper.number: row_of(paper)}})
