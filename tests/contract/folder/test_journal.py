"""The journal: what is found when it was touched, and what an interrupted append spoils."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.audit import EventName
from engine.files.system_calls import SystemCalls
from engine.store.folder.journal.journal import Entry, Journal
from engine.store.folder.journal.order_lines import OrderLines
from engine.store.folder.journal.verification import Flaw, verify_chain
from engine.store.folder.locks import Locks
from tests.contract.values import AUDIT_KEY, TickingClock, order, system


class Clock:
    def __init__(self, month: int = 11) -> None:
        self.now = datetime(2026, month, 24, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(tmp_path: Path, clock: Clock) -> Journal:
    return journal_in(tmp_path, clock)


def journal_in(folder: Path, clock: Callable[[], datetime], key: bytes = AUDIT_KEY) -> Journal:
    (folder / "journal").mkdir(exist_ok=True)
    (folder / "locks").touch()
    calls = SystemCalls()
    return Journal(
        calls, str(folder / "journal"), key, Locks(calls, str(folder / "locks"), 5), clock
    )


def written(journal: Journal, count: int = 5) -> Path:
    for number in range(count):
        journal.append([Entry(f"event-{number}", "c1/jsmith", {"n": str(number)})])
    return Path(journal.files()[-1])


def flaws(journal: Journal) -> list[tuple[Flaw, int]]:
    return [(finding.flaw, finding.n) for finding in verify_chain(journal)]


def names(journal: Journal) -> list[str]:
    return [event.event for event in journal.events()]


def lines_of(path: Path) -> list[bytes]:
    return [line for line in path.read_bytes().split(b"\n") if line]


def put_lines(path: Path, lines: list[bytes]) -> None:
    path.write_bytes(b"".join(b"\n" + line + b"\n" for line in lines))


def test_lines_come_back_in_order_and_the_chain_holds(journal: Journal) -> None:
    written(journal)
    assert names(journal) == [f"event-{number}" for number in range(5)]
    assert [event.n for event in journal.events()] == [1, 2, 3, 4, 5]
    assert flaws(journal) == []


def test_each_line_is_framed_as_the_format_says(journal: Journal) -> None:
    data = written(journal, 2).read_bytes()
    assert data.startswith(b"\n")
    assert data.count(b"\n") == 4
    crc, _, json = lines_of(written(journal, 0))[0].partition(b" ")
    assert len(crc) == 8
    assert json.startswith(b'{"n":1,"at":"2026-11-24T00:00:00Z","event":"event-0"')


def test_months_have_files_of_their_own_in_one_chain(journal: Journal, clock: Clock) -> None:
    written(journal, 2)
    clock.now = datetime(2026, 12, 1, tzinfo=UTC)
    written(journal, 2)
    clock.now = datetime(2027, 1, 1, tzinfo=UTC)
    path = written(journal, 1)
    assert [Path(each).name for each in journal.files()] == [
        "2026-11.jsonl",
        "2026-12.jsonl",
        "2027-01.jsonl",
    ]
    assert [event.n for event in journal.events()] == [1, 2, 3, 4, 5]
    assert flaws(journal) == []
    path.with_name("2026-12.jsonl").unlink()
    assert flaws(journal) == [(Flaw.REMOVED, 5)]


def test_a_clock_that_is_set_back_does_not_reopen_a_month(journal: Journal, clock: Clock) -> None:
    written(journal, 1)
    clock.now = datetime(2026, 10, 1, tzinfo=UTC)
    written(journal, 1)
    assert [Path(each).name for each in journal.files()] == ["2026-11.jsonl"]
    assert flaws(journal) == []


def test_a_changed_line_is_found(journal: Journal) -> None:
    """With its CRC made right again: only the key could make the `mac` right."""
    import zlib

    path = written(journal)
    lines = lines_of(path)
    json = lines[2][9:].replace(b"jsmith", b"nobody")
    lines[2] = b"%08x %s" % (zlib.crc32(json), json)
    put_lines(path, lines)
    assert flaws(journal) == [(Flaw.CHANGED, 3)]


def test_a_garbled_line_is_found(journal: Journal) -> None:
    path = written(journal)
    path.write_bytes(path.read_bytes().replace(b"event-2", b"event-X"))
    assert flaws(journal) == [(Flaw.TORN, 0), (Flaw.REMOVED, 4)]


@pytest.mark.parametrize("removed", [0, 1, 3])
def test_a_removed_line_is_found(journal: Journal, removed: int) -> None:
    path = written(journal)
    lines = lines_of(path)
    del lines[removed]
    put_lines(path, lines)
    assert flaws(journal) == [(Flaw.REMOVED, removed + 2)]


def test_swapped_lines_are_found(journal: Journal) -> None:
    path = written(journal)
    lines = lines_of(path)
    lines[1], lines[2] = lines[2], lines[1]
    put_lines(path, lines)
    assert flaws(journal) == [(Flaw.REMOVED, 3), (Flaw.MOVED, 2), (Flaw.REMOVED, 4)]


def test_a_repeated_line_is_found(journal: Journal) -> None:
    path = written(journal)
    lines = lines_of(path)
    put_lines(path, [*lines, lines[1]])
    assert flaws(journal) == [(Flaw.MOVED, 2)]


def test_a_line_made_with_another_key_is_found(journal: Journal, tmp_path: Path) -> None:
    written(journal, 2)
    written(journal_in(tmp_path, Clock(), bytes(32)), 1)
    assert flaws(journal) == [(Flaw.CHANGED, 3)]


def test_a_cut_tail_is_known_by_the_orders_that_lost_their_line(journal: Journal) -> None:
    placed = [order(system(), "d1"), order(system(), "d2", number="03FFFF0302AD4-0002")]
    for each in placed:
        details = {"equipment_id": each.equipment_id, "number": each.number}
        journal.append([Entry(EventName.ORDER, "jsmith", {**details, "draft_id": each.draft_id})])
    path = Path(journal.files()[0])
    put_lines(path, lines_of(path)[:-1])
    assert flaws(journal) == []
    lines = OrderLines(str(path.with_name("lines.db")))
    lines.read(journal)
    known = lines.of("03FFFF0302AD4")["03FFFF0302AD4"]
    assert [known.line(each) is not None for each in placed] == [True, False]
    lines.close()


@pytest.mark.parametrize("left", [1, 5, 9, 40, -2])
def test_a_torn_line_spoils_only_itself(journal: Journal, left: int) -> None:
    path = written(journal, 3)
    torn = b"\n" + lines_of(path)[2][:left]
    put_lines(path, lines_of(path)[:2])
    path.write_bytes(path.read_bytes() + torn)
    assert names(journal) == ["event-0", "event-1"]
    written(journal, 2)
    assert names(journal) == ["event-0", "event-1", "event-0", "event-1"]
    assert [event.n for event in journal.events()] == [1, 2, 3, 4]
    assert {flaw for flaw, _ in flaws(journal)} == {Flaw.TORN}


def test_a_long_torn_tail_is_looked_past(journal: Journal) -> None:
    path = written(journal, 1)
    path.write_bytes(path.read_bytes() + b"x" * 100_000)
    written(journal, 1)
    assert [event.n for event in journal.events()] == [1, 2]


def test_a_month_that_has_only_a_torn_line_continues_the_month_before(
    journal: Journal, clock: Clock
) -> None:
    written(journal, 2)
    (Path(journal.files()[0]).parent / "2026-12.jsonl").write_bytes(b"\n00000000 {")
    clock.now = datetime(2026, 12, 1, tzinfo=UTC)
    written(journal, 1)
    assert [event.n for event in journal.events()] == [1, 2, 3]
    assert flaws(journal) == [(Flaw.TORN, 0)]


def test_other_files_in_the_folder_are_left_alone(journal: Journal) -> None:
    path = written(journal, 1)
    for name in ("notes.txt", "2026-11.jsonl~", "9999-99.jsonl.bak", "x2026-11.jsonl"):
        (path.parent / name).write_text("x")
    written(journal, 1)
    assert names(journal) == ["event-0", "event-0"]


def test_events_since_a_moment(tmp_path: Path) -> None:
    journal = journal_in(tmp_path, TickingClock())
    written(journal, 4)
    moments = [event.at for event in journal.events()]
    assert [event.n for event in journal.events(since=moments[2])] == [3, 4]
