"""Lists as other tools have them: from when to when, how many, as JSON or a CSV; and help."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.commands.conftest import SYSTEM, USER, Commands


@pytest.fixture
def ordered(installed: Commands) -> Commands:
    """Two orders, the second for another system."""
    installed.done("order", installed.document(), "--as", USER)
    other = installed.document(
        equipment_id="03FFFF0302B17", order_reference="R-2", items={"BHW1095A": 2}
    )
    installed.done("order", "place", other, "--as", USER)
    return installed


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))


def test_orders_are_listed_and_shown(ordered: Commands) -> None:
    listed = ordered.done("order", "list", "--json").json
    assert [order["equipment_id"] for order in listed] == ["03FFFF0302B17", SYSTEM]
    assert ordered.done("order", "list", "--json", "--limit", "1").json == listed[:1]
    number = listed[1]["order"]
    assert ordered.done("order", "show", number, "--json").json == listed[1]
    page = ordered.done("order", "show", number).out
    assert "jdupont" in page
    assert "Extended ACD" in page
    assert "6,195.00" in page


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (("--since", "2026-01-01"), 2),
        (("--until", "2020-12-31"), 0),
        (("--reference", "R-2", "--until", "2100-01-01"), 1),
    ],
)
def test_days_and_criteria_of_a_list(ordered: Commands, words: tuple[str, ...], count: int) -> None:
    answer = ordered("order", "list", "--csv", "-", *words)
    assert (answer.status, len(table(answer.out))) == (0 if count else 1, count)


def test_a_list_goes_into_a_file_once(ordered: Commands) -> None:
    file = ordered.folder / "orders.csv"
    ordered.done("order", "list", "--csv", str(file))
    assert table(file.read_text(encoding="utf-8"))[1]["total"] == "6195.00"
    again = ordered("order", "list", "--csv", str(file))
    assert again.status == 1
    assert "it exists already" in again.err


def test_systems_that_are_listed_can_be_imported(ordered: Commands, tmp_path: Path) -> None:
    text = ordered.done("system", "list", "--csv", "-").out
    assert [row["equipment_id"] for row in table(text)] == sorted(
        row["equipment_id"] for row in table(text)
    )
    assert len(table(ordered.done("system", "list", "--csv", "-", "--limit", "2").out)) == 2
    other = Commands(tmp_path / "other")
    other.folder.mkdir()
    other.done("init")
    other.done("company", "add", "Société d'Essai")
    other.done("system", "import", other.file("systems.csv", text))
    assert other.done("system", "list", "--csv", "-").out == text


def test_the_log_by_person_and_day(ordered: Commands) -> None:
    assert len(ordered.done("audit", "--by", USER.upper(), "--json").json) == 2
    assert len(ordered.done("audit", "--by", USER, "--json", "--limit", "1").json) == 1
    assert ordered.done("audit", "--by", USER, "--json", "--until", "2020-01-01").json == []
    rows = table(ordered.done("audit", "--by", USER, "--csv", "-").out)
    assert {row["who"].partition(" (")[0] for row in rows} == {USER}


@pytest.mark.parametrize("most", ["0", "-1", "x", "1.5"])
def test_a_limit_is_a_number(ordered: Commands, most: str) -> None:
    answer = ordered("order", "list", f"--limit={most}")
    assert answer.status == 2
    assert f"not “{most}”" in answer.err


def test_a_name_that_is_nearly_one_is_suggested(installed: Commands) -> None:
    answer = installed("user", "list", "--company", "Societe d’Esai")
    assert answer.err.endswith("Did you mean “Société d'Essai”?\n")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_help_has_examples(installed: Commands, language: str) -> None:
    installed.language = language
    said = installed.done("order", "place", "--help").out
    assert "\n  keycode-portal order place order.json --as" in said
    assert max(map(len, said.splitlines())) <= 80
