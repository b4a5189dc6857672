"""`order --csv` in real processes: preview, placing, the result file."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.conftest import SYSTEM, USER, Commands
from tests.support.installation import Answer
from tui.commands.sheets import harmless

HEADER = "equipment_id,order_reference,licensee,BHW1095A\n"


def _orders(commands: Commands, content: str, *more: str) -> Answer:
    file = commands.file("orders.csv", HEADER + content)
    return commands("order", "--csv", file, "--as", USER, *more)


def _result(commands: Commands) -> Path:
    return commands.folder / "orders.result.csv"


def test_a_preview_places_nothing(installed: Commands) -> None:
    answer = _orders(installed, f"{SYSTEM},A,Smith,8\n", "--dry-run")
    assert answer.status == 0
    assert SYSTEM in answer.out
    assert not _result(installed).exists()
    assert installed.done("show", SYSTEM, "--json").json["orders"] == []


def test_nobody_to_ask_means_nothing_is_placed(installed: Commands) -> None:
    answer = _orders(installed, f"{SYSTEM},A,Smith,8\n")
    assert answer.status == 2
    assert "--yes" in answer.err
    assert installed.done("show", SYSTEM, "--json").json["orders"] == []


def test_the_result_has_the_keycodes_and_no_formula(installed: Commands) -> None:
    assert _orders(installed, f"{SYSTEM},A,=cmd(),8\n", "--yes").status == 0
    with _result(installed).open(encoding="utf-8", newline="") as result:
        rows = list(csv.DictReader(result))
    assert rows[0]["keycode"].startswith("442")
    assert rows[0]["licensee"] == "'=cmd()"
    assert installed("verify", SYSTEM, rows[0]["keycode"]).status == 0


def test_a_result_that_is_there_is_not_written_over(installed: Commands) -> None:
    _result(installed).write_text("mine")
    answer = _orders(installed, f"{SYSTEM},A,Smith,8\n", "--yes")
    assert answer.status == 1
    assert "orders.result.csv” exists already" in answer.err
    assert "--result" in answer.err
    assert _result(installed).read_text() == "mine"
    assert installed.done("show", SYSTEM, "--json").json["orders"] == []


def test_a_wrong_row_stops_everything(installed: Commands) -> None:
    answer = _orders(installed, f"{SYSTEM},A,Smith,8\n{SYSTEM},B,Smith,999\n", "--yes")
    assert answer.status == 1
    assert "Line 3" in answer.err
    assert "247" in answer.err
    assert not _result(installed).exists()
    assert installed.done("show", SYSTEM, "--json").json["orders"] == []


def test_a_search_that_finds_more_than_it_shows_says_so(installed: Commands) -> None:
    rows = "".join(f"{SYSTEM},PO-{number},Smith,1\n" for number in range(101))
    assert _orders(installed, rows, "--yes").status == 0
    found = installed.done("search", "--licensee", "Smith")
    assert len(found.out.splitlines()) == 101
    assert "More than 100 orders found: only the latest 100 are shown." in found.err
    assert "100 orders found" not in found.err.replace("More than 100 orders found", "")
    assert len(installed.done("search", "--licensee", "Smith", "--json").json) == 101


def _count(commands: Commands) -> int:
    return len(commands.done("show", SYSTEM, "--json").json["orders"])


def _with_small_files(
    commands: Commands, kibibytes: int, *words: str
) -> subprocess.CompletedProcess[str]:
    """Run a command that can write no file of more than that."""
    limited = ("bash", "-c", f'ulimit -f {kibibytes}; exec "$@"', "-", sys.executable, "-m", "tui")
    return subprocess.run(
        [*limited, *words],
        env=commands.environment(),
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_file_that_stops_half_way_says_how_far_it_came(installed: Commands) -> None:
    rows = "".join(f"{SYSTEM},PO-{number},Smith,1\n" for number in range(30))
    file = installed.file("orders.csv", HEADER + rows)
    words = ("order", "--csv", file, "--as", USER, "--yes", "--result")
    first = str(installed.folder / "first.csv")
    # The system's document grows beyond 10 KiB.
    ran = _with_small_files(installed, 10, *words, first)
    placed = _count(installed)
    assert 1 < placed < 30
    assert ran.returncode == 1
    assert f"Stopped at line {placed + 2}: {placed} orders are placed" in ran.stderr
    assert f"(lines 2–{placed + 1})" in ran.stderr
    assert f"Line {placed + 2}: " in ran.stderr
    assert f"Keycodes so far: {first}" in ran.stderr
    assert "The same file may be run again" in ran.stderr
    assert "Nothing was" not in ran.stderr
    assert len(Path(first).read_text().splitlines()) == placed + 1
    again = installed.done(*words, str(installed.folder / "second.csv"))
    assert f"{30 - placed} orders are placed" in again.err
    assert f"{placed} rows were ordered before" in again.err
    assert _count(installed) == 30
    assert len((installed.folder / "second.csv").read_text().splitlines()) == 31


def test_the_answer_to_a_file_that_stops_is_data_too(installed: Commands) -> None:
    """Somebody orders meanwhile: here the row's own system is full when its turn comes."""
    code = (
        "import sys; from engine.services.ordering import Ordering; from tui.__main__ import main\n"
        "from engine.errors import OrderRefused, NothingOrdered; place = Ordering.place\n"
        "from engine.errors import Problem\n"
        "def full(self, session, draft, seen, *, sure):\n"
        "    if draft.reference == 'B':\n"
        "        raise OrderRefused(problems=(Problem('items', NothingOrdered()),))\n"
        "    return place(self, session, draft, seen, sure=sure)\n"
        "Ordering.place = full; sys.exit(main())"
    )
    rows = "".join(f"{SYSTEM},{name},Smith,1\n" for name in "ABC")
    file = installed.file("orders.csv", HEADER + rows)
    words = ("order", "--csv", file, "--as", USER, "--yes", "--json")
    ran = subprocess.run(
        [sys.executable, "-c", code, *words],
        env=installed.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    answer = json.loads(ran.stdout)
    assert answer["error"] == "OrdersStopped"
    assert (answer["data"]["placed"], answer["data"]["line"]) == ([2], 3)
    assert answer["data"]["error"]["error"] == "OrderRefused"
    assert "Line 3: " in ran.stderr


def test_a_stop_at_the_first_row_leaves_no_result(installed: Commands) -> None:
    file = installed.file("orders.csv", f"{HEADER}{SYSTEM},A,Smith,1\n")
    words = ("order", "--csv", file, "--as", USER, "--yes")
    ran = _with_small_files(installed, 1, *words)
    assert ran.returncode == 1
    assert "Stopped at line 2: nothing was ordered." in ran.stderr
    assert not _result(installed).exists()
    assert _count(installed) == 0


def test_the_preview_says_what_is_ordered_already(installed: Commands) -> None:
    assert _orders(installed, f"{SYSTEM},A,Smith,8\n", "--yes").status == 0
    answer = _orders(installed, f"{SYSTEM},A,Smith,8\n", "--yes", "--result", "/nowhere/x")
    assert "1 row was ordered before and is not ordered again" in answer.err
    assert "ordered" in answer.out
    more = str(installed.folder / "more.csv")
    assert _orders(installed, f"{SYSTEM},A,Smith,8\n", "--yes", "--result", more).status == 0
    assert _count(installed) == 1
    other = str(installed.folder / "other.csv")
    again = _orders(installed, f"{SYSTEM},A,Smith,8\n", "--yes", "--again", "--result", other)
    assert (again.status, _count(installed)) == (0, 2)


def test_a_document_without_an_id_is_ordered_once(installed: Commands) -> None:
    document = installed.document(draft_id=None)
    number = installed.done("order", document, "--as", USER, "--json").json["order"]
    for more in ((), ("--dry-run",)):
        answer = installed("order", document, "--as", USER, *more)
        assert (answer.status, answer.out) == (1, "")
        assert number in answer.err
        assert "--again" in answer.err
    answer = installed("order", document, "--as", USER, "--json")
    assert answer.json["data"]["number"] == number
    assert _count(installed) == 1


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(lead: str) -> None:
    assert harmless(f"{lead}1+1") == f"'{lead}1+1"
    assert harmless(f"a{lead}") == f"a{lead}"


def test_what_is_far_above_the_usual_is_named_before_anybody_agrees(installed: Commands) -> None:
    content = f"{HEADER}{SYSTEM},A,Smith,8\n{SYSTEM},B,Smith,1200\n".replace("1095", "1096")
    file = installed.file("orders.csv", content)
    answer = installed("order", "--csv", file, "--as", USER, "--dry-run")
    assert answer.status == 0
    said = "Line 3: Nothing was ordered yet: 1,200 × BHW1096A is far above what is usual"
    assert said in " ".join(answer.err.split())
    assert installed("order", "--csv", file, "--as", USER, "--yes").status == 0


def test_a_document_that_is_far_above_the_usual_needs_a_yes(installed: Commands) -> None:
    document = installed.document(items={"BHW1096A": 1200})
    answer = installed("order", document, "--as", USER)
    assert answer.status == 1
    assert "1,200 × BHW1096A is far above what is usual (1,000 a line)" in answer.err
    assert "--yes" in answer.err
    assert installed.done("show", SYSTEM, "--json").json["orders"] == []
    usual = {"KEYCODE_PORTAL_USUAL_QUANTITY": "0", "KEYCODE_PORTAL_USUAL_TOTAL": "0"}
    installed.done("order", document, "--as", USER, **usual)
    again = installed.document(items={"BHW1096A": 1100}, order_reference="another")
    installed.done("order", again, "--as", USER, "--yes")
