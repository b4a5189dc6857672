"""`order --csv` in real processes: preview, placing, the result file."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.commands.conftest import SYSTEM, USER, Answer, Commands
from tui.commands.many_orders import harmless

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
    assert "orders.result.csv" in answer.err
    assert _result(installed).read_text() == "mine"
    assert installed.done("show", SYSTEM, "--json").json["orders"] == []


def test_a_wrong_row_stops_everything(installed: Commands) -> None:
    answer = _orders(installed, f"{SYSTEM},A,Smith,8\n{SYSTEM},B,Smith,999\n", "--yes")
    assert answer.status == 1
    assert "Line 3" in answer.err
    assert "247" in answer.err
    assert not _result(installed).exists()
    assert installed.done("show", SYSTEM, "--json").json["orders"] == []


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(lead: str) -> None:
    assert harmless(f"{lead}1+1") == f"'{lead}1+1"
    assert harmless(f"a{lead}") == f"a{lead}"
