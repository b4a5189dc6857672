"""Power loss: whatever was not synced may be gone, and still old or new is left.

The model is itself tested: each planted mistake of the protocol must be caught by it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from engine.errors import StoreTrouble
from engine.files.system_calls import SystemCalls
from engine.files.writing import write_synced
from engine.store.folder import documents
from tests.contract.folder.operations import OPERATIONS, Operation
from tests.contract.folder.power import Diary, Files
from tests.contract.folder.small import SmallStore
from tests.contract.values import ID, decide


class Verdict(NamedTuple):
    """How many different states there were, and what was wrong with some."""

    states: int
    wrong: list[str]


def judged(small: SmallStore, operation: Operation, diary_of: Callable[[Files], Diary]) -> Verdict:
    """Cut the power after every call of the operation, in every way."""
    old = small.state()
    small.go_back()
    diary = diary_of(small.files())
    operation.act(small.open(diary))
    new = small.state()
    wrong = []
    seen: dict[frozenset[tuple[str, bytes]], str] = {}
    for moment in diary.moments:
        for files in moment:
            if files not in seen:
                seen[files] = answer(small, dict(files), {"old": old, "new": new})
                if seen[files] not in ("old", "new"):
                    wrong.append(seen[files])
    # After the answer nothing but the new state may be left.
    wrong += [f"answered, then {seen[f]}" for f in diary.moments[-1] if seen[f] != "new"]
    return Verdict(len(seen), wrong)


def answer(small: SmallStore, files: Files, states: dict[str, object]) -> str:
    """Which of these states a store with these files is in, or what is wrong."""
    small.put(files)
    try:
        state = small.state()
    except (StoreTrouble, AssertionError) as error:
        return repr(error)
    return next((name for name, known in states.items() if known == state), "neither")


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallStore:
    return SmallStore(tmp_path / "store", monkeypatch)


def prepared(small: SmallStore, name: str) -> Operation:
    operation = OPERATIONS[name]
    operation.prepare(small.open())
    small.keep()
    return operation


@pytest.mark.parametrize("name", [name for name in OPERATIONS if name != "drop-draft"])
def test_a_power_cut_leaves_old_or_new_and_what_was_answered(small: SmallStore, name: str) -> None:
    verdict = judged(small, prepared(small, name), Diary)
    assert verdict.wrong == []
    assert verdict.states >= (5 if name == "remove-ssh-key" else 6)  # a file less


def test_the_first_order_of_a_month_survives_too(small: SmallStore) -> None:
    """Its journal file is new: without its name on disk the line would be lost."""
    operation = prepared(small, "place")
    small.put({path: data for path, data in small.files().items() if "/journal/" not in path})
    # Orders without lines: only what this order adds is looked at.
    small.keep()
    diary = Diary(small.files())
    operation.act(small.open(diary))
    last = diary.moments[-1]
    assert all(any("/journal/" in path and data for path, data in files) for files in last)


class NoFileSync(Diary):
    def fsync(self, fd: int) -> None:
        if Path(self._opened[fd]).is_dir():
            super().fsync(fd)


class NoFolderSync(Diary):
    def fsync(self, fd: int) -> None:
        if not Path(self._opened[fd]).is_dir():
            super().fsync(fd)


class NoJournalSync(Diary):
    def fdatasync(self, fd: int) -> None:
        pass


class NoBatchSync(Diary):
    def syncfs(self, fd: int) -> None:
        pass


class RenamedBeforeSync(Diary):
    """Written, renamed, and only then synced."""

    def fsync(self, fd: int) -> None:
        if not self._opened[fd].endswith(".tmp"):
            super().fsync(fd)

    def rename(self, old: str, new: str) -> None:
        super().rename(old, new)
        fd = self.open(new, 0)
        super().fsync(fd)
        self.close(fd)


@pytest.mark.parametrize(
    ("name", "mistake"),
    [
        ("place", NoFileSync),
        ("place", NoFolderSync),
        ("place", NoJournalSync),
        ("place", RenamedBeforeSync),
        ("place-and-roll-over", NoFolderSync),
        ("change-user", NoFileSync),
        ("add-systems", NoBatchSync),
        ("add-systems", NoFolderSync),
        ("add-systems", NoJournalSync),
    ],
)
def test_a_planted_mistake_is_caught(
    small: SmallStore, name: str, mistake: Callable[[Files], Diary]
) -> None:
    assert judged(small, prepared(small, name), mistake).wrong


def test_writing_in_place_is_caught(small: SmallStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def in_place(calls: SystemCalls, path: str, data: bytes) -> None:
        write_synced(calls, path, data)

    operation = prepared(small, "place")
    monkeypatch.setattr(documents, "replace_file", in_place)
    assert judged(small, operation, Diary).wrong


class Killed(BaseException):
    """The end of a process, as far as the next one can see."""


class EndsBeforeFolderSync(Diary):
    renamed = False

    def rename(self, old: str, new: str) -> None:
        super().rename(old, new)
        self.renamed = True

    def fsync(self, fd: int) -> None:
        if self.renamed:
            self.renamed = False
            raise Killed
        super().fsync(fd)


def test_an_order_answered_as_placed_already_survives(small: SmallStore) -> None:
    """Its first writer died before the folder was synced: whoever answers has to sync it."""
    operation = prepared(small, "place")
    diary = EndsBeforeFolderSync(small.files())
    with pytest.raises(Killed):
        operation.act(small.open(diary))
    small.keep()
    assert not all(kept(small, files) for files in diary.moments[-1])
    small.go_back()
    assert small.open(diary).place(ID, "d2", decide("never asked")).already
    assert all(kept(small, files) for files in diary.moments[-1])


def kept(small: SmallStore, files: frozenset[tuple[str, bytes]]) -> bool:
    """Whether the order is there after a power cut that left these files."""
    small.put(dict(files))
    system = small.open().system(ID)
    return system is not None and "d2" in [order.draft_id for order in system.orders]
