"""Many systems after the sale, from one file: all rows are right, or nothing is done."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from engine.store.folder.paths import Paths
from tests.commands.conftest import SYSTEM, USER, Commands

OTHER, NEW = "03FFFF0302B18", "03FFFF0302AFE"


@pytest.fixture
def two(installed: Commands) -> Commands:
    """Two systems that have something, and another company."""
    company = USER.partition("/")[0]
    words = ("--product", "aastra5000", "--release", "R5.1", "--company", company)
    installed.done("system", "add", OTHER, *words)
    installed.done("company", "add", "Other Telecom")
    for of, reference in ((SYSTEM, "R-1"), (OTHER, "R-2")):
        document = installed.document(equipment_id=of, order_reference=reference)
        installed.done("order", "place", document, "--as", USER)
    return installed


def sheet(commands: Commands, text: str) -> str:
    path = commands.folder / "changes.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def result(commands: Commands) -> list[dict[str, str]]:
    text = (commands.folder / "changes.result.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def test_upgrades_are_shown_done_and_done_once(two: Commands) -> None:
    path = sheet(
        two, f"Equipment ID,Release,Order reference\n{SYSTEM},R5.2,U-1\n{OTHER},R5.2,U-2\n"
    )
    dry = two.done("upgrade", "--csv", path, "--dry-run")
    assert "2 systems, €700.00" in dry.out
    asked = two("upgrade", "--csv", path)
    assert (asked.status, "--yes" in asked.err) == (2, True)
    assert two.done("show", SYSTEM, "--json").json["release"] == "R5.1"
    orders = two.done("upgrade", "--csv", path, "--yes", "--json").json
    assert [order["kind"] for order in orders] == ["upgrade", "upgrade"]
    rows = result(two)
    assert [row["keycode"] for row in rows] == [order["keycode"] for order in orders]
    assert [row["order_reference"] for row in rows] == ["U-1", "U-2"]
    again = two.done("upgrade", "--csv", path, "--yes")
    assert again.err == "Nothing was changed.\n"
    assert f"done: {SYSTEM}-0002" in again.out
    assert len(two.done("show", SYSTEM, "--json").json["orders"]) == 2
    assert "No problems found." in two.done("check").err


def test_one_wrong_row_and_nothing_is_done(two: Commands) -> None:
    rows = (
        f"{SYSTEM},Other Telecom,because",
        f"{OTHER},Other Telecn,merger",
        f"{SYSTEM},Other Telecom,merger",
        "0123456789ABC,Other Telecom,merger",
    )
    path = sheet(two, "equipment_id,company,reason\n" + "\n".join(rows) + "\n")
    answer = two("system", "transfer", "--csv", path, "--yes")
    assert answer.status == 1
    for said in (
        "Nothing was changed: 4 rows of",
        "Line 3: There is no company “Other Telecn”. Did you mean “Other Telecom”?",
        "Line 2: “because” is not a reason for this.",
        f"Line 4: {SYSTEM} is in line 2 already.",
        "Line 5: No system with the Equipment ID 0123456789ABC is known here.",
    ):
        assert said in answer.err
    assert two.done("show", SYSTEM, "--json").json["company"] != "Other Telecom"
    assert not Path(path).with_suffix(".result.csv").exists()


def test_moves_and_transfers(two: Commands) -> None:
    path = sheet(two, f"equipment_id,new_id,reason,proof\n{SYSTEM},{NEW},failed-hardware,RMA-1\n")
    (order,) = two.done("move", "--csv", path, "--yes", "--json").json
    assert (order["equipment_id"], order["proof"]) == (NEW, "RMA-1")
    assert two.done("move", "--csv", path, "--yes").err == "Nothing was changed.\n"
    (two.folder / "changes.result.csv").unlink()
    rows = f"{NEW},Other Telecom,merger\n{OTHER},other telecom,merger\n"
    path = sheet(two, "equipment_id,company,reason\n" + rows)
    two.done("system", "transfer", "--csv", path, "--yes")
    for of in (NEW, OTHER):
        assert two.done("show", of, "--json").json["company"] == "Other Telecom"
    assert "No problems found." in two.done("check").err


def test_a_file_that_stops_says_how_far_it_came_and_is_run_again(two: Commands) -> None:
    """The second system's new document cannot be written, for want of its folder."""
    rows = f"{SYSTEM},{NEW},failed-hardware\n{OTHER},{NEW[:-1]}F,failed-hardware\n"
    path = sheet(two, "equipment_id,new_id,reason\n" + rows)
    folder = Path(Paths(two.store).system_folder(f"{NEW[:-1]}F"))
    folder.rmdir()
    answer = two("move", "--csv", path, "--yes")
    folder.mkdir()
    assert answer.status == 1
    assert "Stopped at line 3: 1 system is done (line 2)." in answer.err
    assert "what is done is not done twice" in answer.err
    assert [row["equipment_id"] for row in result(two)] == [NEW]
    orders = two.done("move", "--csv", path, "--yes", "--json", "--result", f"{path}.2").json
    assert [order["order"] for order in orders] == [f"{SYSTEM}-0002", f"{NEW[:-1]}F-0001"]


def test_two_rows_that_go_to_one_place_are_seen_before_anything_is_done(two: Commands) -> None:
    """And a row that starts where another one ends."""
    rows = f"{SYSTEM},{NEW},failed-hardware\n{OTHER},{NEW},failed-hardware\n"
    path = sheet(two, "equipment_id,new_id,reason\n" + rows)
    for words in (("--dry-run",), ("--yes",)):
        answer = two("move", "--csv", path, *words)
        assert answer.status == 1
        assert f"Line 3: {NEW} is in line 2 already." in answer.err
    known = f"{NEW[:-1]}A"
    company = USER.partition("/")[0]
    product = ("--product", "aastra5000", "--release", "R5.1")
    two.done("system", "add", known, *product, "--company", company)
    rows = f"{SYSTEM},{known},failed-hardware\n{known},{NEW},failed-hardware\n"
    answer = two("move", "--csv", sheet(two, "equipment_id,new_id,reason\n" + rows), "--yes")
    assert (answer.status, f"Line 3: {known} is in line 2 already." in answer.err) == (1, True)
    assert two.done("show", SYSTEM, "--json").json["inventory"]


@pytest.mark.parametrize("words", [("upgrade",), ("move", "system"), ("system", "transfer")])
def test_nothing_named_is_told_and_the_template_can_be_read(
    two: Commands, words: tuple[str, ...]
) -> None:
    answer = two(*words)
    assert (answer.status, "--csv FILE" in answer.err) == (2, True)
    path = sheet(two, two.done(*words, "--template").out)
    read = two(*words, "--csv", path, "--dry-run")
    assert "Line 2" in read.err or read.status == 0
    assert "column" not in read.err


def test_a_csv_comes_from_standard_input(two: Commands) -> None:
    rows = f"equipment_id,release\n{SYSTEM},R5.2\n"
    unnamed = two("upgrade", "--csv", "-", "--yes", given=rows)
    assert (unnamed.status, "--result" in unnamed.err) == (2, True)
    result = str(two.folder / "keycodes.csv")
    (order,) = two.done(
        "upgrade", "--csv", "-", "--yes", "--json", "--result", result, given=rows
    ).json
    assert order["keycode"] in Path(result).read_text()
    checked = two(
        "verify", "--csv", "-", given=f"equipment_id,keycode\n{SYSTEM},{order['keycode']}\n"
    )
    assert checked.status == 0
    new = (
        "equipment_id,product,release,company,model\n03FFFF0302B77,aastra5000,R5.1,Other Telecom,\n"
    )
    assert "1 system imported" in two.done("system", "import", "-", given=new).err
    orders = f"equipment_id,order_reference,licensee,BHW1095A\n{SYSTEM},S-1,Smith,1\n"
    words = ("order", "place", "-", "--csv", "--as", USER, "--dry-run")
    assert "1 order, €120.00" in two.done(*words, given=orders).out
