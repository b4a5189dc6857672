"""Tables as people have them in a spreadsheet: what is read, what is said, what opens again."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.commands.conftest import SYSTEM, USER, Commands

IMPORT = ("system", "import")


def saved(commands: Commands, text: str, encoding: str) -> str:
    return commands.file("table.csv", text.encode(encoding))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_template_comes_back_filled_in(installed: Commands, language: str) -> None:
    speaks = ("--language", language)
    template = installed.done(*speaks, *IMPORT, "--template").out
    assert template.startswith("\ufeff")
    filled = template.replace(SYSTEM, "03FFFF0302AFE").replace("Demo Telecom", "Société d'Essai")
    file = saved(installed, filled, "utf-8")
    assert installed.done(*speaks, *IMPORT, file).status == 0
    assert "03FFFF0302AFE" in installed.done("system", "list").out
    orders = installed.done(*speaks, "order", "--template").out
    file = saved(installed, orders.removeprefix("\ufeff"), "utf-16")
    installed.done(*speaks, "order", "--csv", file, "--as", USER, "--yes")
    (order,) = installed.done("show", SYSTEM, "--json").json["orders"]
    assert order["total"] == "960.00"


def test_a_dry_run_of_an_import_says_what_is_right_and_adds_nothing(installed: Commands) -> None:
    file = saved(
        installed,
        "Equipment ID;Product;Release;Company name\r\n"
        "03FFFF0302AFE;aastra5000;R5.1;Société d'Essai\r\n;;;\r\n",
        "utf-8-sig",
    )
    before = installed.done("system", "list").out
    answer = installed.done(*IMPORT, file, "--dry-run")
    assert answer.err == "Nothing was imported: 1 system could be.\n"
    assert installed.done("system", "list").out == before


def test_a_table_of_old_is_read_and_that_is_said(installed: Commands) -> None:
    text = "ID équipement;Réf. de commande;Nom du titulaire;Postes multilignes\n"
    file = saved(installed, text.replace("Postes multilignes", "BHW1095A"), "cp1252")
    answer = installed("order", "--csv", file, "--as", USER, "--dry-run")
    assert answer.err.startswith(
        "The file is not in UTF-8; it is read as Windows-1252: “ID équipement”, “Réf. de commande”."
    )


def test_mistakes_are_told_by_their_cause(installed: Commands) -> None:
    rows = "".join(f"03FFFF0302A{n:02X},aastra5000,R9,Société d'Essai\n" for n in (1, 2, 3, 5))
    rows += "3.0E+12,aastra5000,R5.1,Société d'Essai\n"
    rows += "".join(f"{n:09},aastra5000,R5.1,Société d'Essai\n" for n in range(20))
    rows += "".join(f"{n:013},aastra5000,R5.1,No {n}\n" for n in range(20))
    file = saved(installed, "equipment_id,product,release,company\n" + rows, "utf-8")
    answer = installed(*IMPORT, file)
    assert answer.status == 1
    told = answer.err.splitlines()
    assert told[1].startswith("  Lines 2–5: “R9” is not a release")
    assert told[2].startswith("  Line 6: “3.0E+12”: a spreadsheet has rounded")
    assert told[3].startswith("  Lines 7–26: ")
    assert told[-1] == "  … and 15 more lines with errors of this kind: 32–46"
    assert len(told) == 10


def test_the_result_opens_in_a_french_spreadsheet_as_it_is(installed: Commands) -> None:
    text = f"equipment_id,order_reference,licensee,BHW1095A\n{SYSTEM},A,Hélène,8\n"
    file = saved(installed, text, "utf-8")
    installed.done("--language", "fr", "order", "--csv", file, "--as", USER, "--yes")
    result = Path(file).with_suffix(".result.csv").read_bytes().decode("utf-8")
    assert result.startswith("\ufeffline;")
    (row,) = csv.DictReader(result.removeprefix("\ufeff").splitlines(), delimiter=";")
    assert (row["total"], row["licensee"]) == ("960,00", "Hélène")


def test_a_mistake_in_the_2999th_line_of_utf_16_is_named_by_its_line(installed: Commands) -> None:
    lines = [f"03FFFF0{n:06X},aastra5000,R5.1,Société d'Essai" for n in range(3000)]
    lines[2997] = lines[2997].replace("Société d'Essai", "Nobody")
    text = "\n".join(["equipment_id,product,release,company", *lines])
    answer = installed(*IMPORT, saved(installed, text, "utf-16"))
    assert answer.status == 1
    assert "Line 2999: " in answer.err


def test_an_update_adds_what_is_new_and_corrects_what_is_known(installed: Commands) -> None:
    head = "equipment_id,product,release,company,model\n"
    file = saved(
        installed,
        f"{head}03FFFF0302B17,aastra5000,R5.1,Société d'Essai,\n"
        f"03FFFF0302AFE,aastra5000,R5.1,Société d'Essai,\n"
        f"{SYSTEM},aastra5000,R5.1,Société d'Essai,\n",
        "utf-8",
    )
    assert "is known already" in installed(*IMPORT, file).err
    before = installed.done("system", "list").out
    planned = installed.done(*IMPORT, file, "--update", "--dry-run").err
    assert planned.split("\n")[1:3] == ["Corrected: 1.", "As it was: 1."]
    assert installed.done("system", "list").out == before
    told = installed.done(*IMPORT, file, "--update").err
    assert told.splitlines()[0] == "1 system imported."
    rows = {row["equipment_id"]: row for row in installed.done("system", "list", "--json").json}
    assert rows["03FFFF0302B17"]["release"] == "R5.1"
    assert "03FFFF0302AFE" in rows
    again = installed.done(*IMPORT, file, "--update").err
    assert again.splitlines() == ["0 systems imported.", "As they were: 3."]


def test_an_update_changes_no_system_that_has_orders(installed: Commands) -> None:
    installed.done("order", installed.document(), "--as", USER)
    before = installed.done("system", "list").out
    text = "equipment_id,product,release,company\n" + "".join(
        f"{of},aastra5000,R5.2,Société d'Essai\n" for of in ("03FFFF0302AFE", SYSTEM)
    )
    answer = installed(*IMPORT, saved(installed, text, "utf-8"), "--update")
    assert answer.status == 1
    assert "Line 3: " in answer.err
    assert installed.done("system", "list").out == before
