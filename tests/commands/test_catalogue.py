"""The installation's own catalogue: put, listed, compared, taken back up."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from engine.catalogue.toml_files import CATALOGUE_FOLDER
from tests.commands.conftest import SYSTEM, USER, Commands
from tests.support.installation import Answer

TODAY = datetime.now().astimezone().date()
PACKAGED = (CATALOGUE_FOLDER / "aastra5000.toml").read_text(encoding="utf-8")


def changed(commands: Commands, *changes: tuple[str, str]) -> str:
    """A catalogue file that is the packaged one but for this."""
    text = PACKAGED
    for old, new in changes:
        text, count = re.subn(old, new, text, count=1, flags=re.DOTALL)
        assert count == 1, old
    path = commands.folder / "new.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def dearer(price: str) -> tuple[str, str]:
    """Another price of the SIP trunk."""
    return r'(part = "BHW1095A".*?price = )[\d.]+', rf"\g<1>{price}"


def last_day(part: str, day: date, other: str = "") -> tuple[str, str]:
    """The last day of an item, and what replaces it."""
    ending = f"until = {day}\n" + (f'replaced_by = "{other}"\n' if other else "")
    return rf'part = "{part}"', rf'{ending}part = "{part}"'


def ordered(commands: Commands, part: str, reference: str) -> Answer:
    document = commands.document(items={part: 1}, order_reference=reference)
    return commands(*("order", "place", document, "--as", USER, "--json"))


def test_a_new_price_counts_from_now_and_the_old_one_can_still_be_seen(
    installed: Commands,
) -> None:
    path = changed(installed, dearer("130.00"))
    difference = installed("catalogue", "diff", path)
    assert (difference.status, "€130.00" in difference.out) == (1, True)
    assert ordered(installed, "BHW1095A", "R-1").json["total"] == "120.00"
    installed.done("catalogue", "put", path)
    assert ordered(installed, "BHW1095A", "R-2").json["total"] == "130.00"
    assert installed("catalogue", "diff", path).err == "Nothing would change.\n"
    assert "€130.00" in installed.done("catalogue", "show").out
    assert "€130.00" not in installed.done("catalogue", "show", "--at", "1/1/2020").out
    versions = installed.done("catalogue", "list", "--json").json
    assert [each["product"] for each in versions] == ["aastra5000", "nexspan", "aastra5000"]
    assert "catalogue changed" in installed.done("audit").out
    assert "No problems found." in installed.done("check").err


def test_a_version_waits_for_its_day(installed: Commands) -> None:
    path = changed(installed, dearer("140.00"))
    tomorrow = TODAY + timedelta(days=1)
    installed.done("catalogue", "put", path, "--from", str(tomorrow))
    assert ordered(installed, "BHW1095A", "R-1").json["total"] == "120.00"
    assert "to come" in installed.done("catalogue", "list").out
    later = str(tomorrow + timedelta(days=1))
    assert "€140.00" in installed.done("catalogue", "show", "--at", later).out
    past = installed("catalogue", "put", path, "--from", "1/1/2020")
    assert (past.status, "1 Jan 2020 is over" in past.err) == (1, True)


def test_an_item_goes_and_another_takes_its_place(installed: Commands) -> None:
    yesterday = TODAY - timedelta(days=1)
    path = changed(installed, last_day("BHW1065A", yesterday, "BHW1066A"))
    installed.done("catalogue", "put", path)
    document = installed.document(items={"BHW1065A": 1}, order_reference="R-1")
    answer = installed("order", "place", document, "--as", USER)
    assert answer.status == 1
    assert "order Hostel instead" in answer.err
    assert "Hospitality could be ordered until" in answer.err
    today = changed(installed, last_day("BHW1065A", TODAY))
    installed.done("catalogue", "put", today)
    assert ordered(installed, "BHW1065A", "R-2").status == 0


def test_a_company_pays_less(installed: Commands) -> None:
    company = USER.partition("/")[0]
    before = installed.done("company", "list", "--json").json
    assert "discount" not in before[0]
    edited = installed.done("company", "edit", company, "--discount", "12.5", "--json").json
    assert edited["discount"] == "12.5"
    assert "(discount 12.5 %)" in installed.done("company", "list").out
    document = installed.document(items={"BHW1095A": 1}, order_reference="R-1")
    dry = installed.done("order", "place", document, "--as", USER, "--dry-run")
    assert "€105.00" in dry.out
    assert "your company's discount of 12.5 %" in dry.out
    assert ordered(installed, "BHW1095A", "R-1").json["total"] == "105.00"
    assert "company changed" in installed.done("audit").out
    installed.done("company", "edit", company, "--discount", "0")
    assert installed.done("company", "list", "--json").json == before
    assert installed("company", "edit", company, "--discount", "all").status == 1
    assert "No problems found." in installed.done("check").err


@pytest.mark.parametrize(
    "change",
    [
        (r'key = "hostel"', 'key = "hostel-2"'),
        (r"bit = 41", "bit = 37"),
        (r'releases = \["R5.1", "R5.2"\]', 'releases = ["R5.2"]'),
        (r'code = "442"', 'code = "443"'),
    ],
)
def test_what_keycodes_need_is_never_taken_away(
    installed: Commands, change: tuple[str, str]
) -> None:
    installed.done("order", "place", installed.document(), "--as", USER)
    changes = [change]
    if "hostel" in change[0]:
        unlocks = r'unlocks = \[\{ function = "hostel" \}\]'
        changes.append((unlocks, 'unlocks = [{ function = "hostel-2" }]'))
    path = changed(installed, *changes)
    answer = installed("catalogue", "put", path)
    assert answer.status == 1
    assert len(installed.done("catalogue", "list", "--json").json) == 2


def test_it_is_backed_up_restored_and_checked(installed: Commands) -> None:
    installed.done("catalogue", "put", changed(installed, dearer("150.00")))
    coming = str(TODAY + timedelta(days=9))
    installed.done("catalogue", "put", changed(installed, dearer("160.00")), "--from", coming)
    backup = str(installed.folder / "one.backup")
    installed.done("backup", backup)
    there = Commands(installed.folder / "there")
    there.folder.mkdir()
    keys = f"{installed.store}-keys"
    there.done("restore", backup, KEYCODE_PORTAL_KEYS=keys)
    assert "€150.00" in there.done("catalogue", "show", KEYCODE_PORTAL_KEYS=keys).out
    assert "No problems found." in there.done("check", KEYCODE_PORTAL_KEYS=keys).err
    file, _coming = sorted((there.store / "catalogue").glob("2*.toml"))
    file.write_text(file.read_text().replace("150.00", "15.00"))
    assert "is not the catalogue that was put" in there("check", KEYCODE_PORTAL_KEYS=keys).out
    file.unlink()
    assert there("check", KEYCODE_PORTAL_KEYS=keys).status == 1


def test_a_store_of_before_gets_its_own_with_the_first_version(installed: Commands) -> None:
    for file in (installed.store / "catalogue").iterdir():
        file.unlink()
    (installed.store / "catalogue").rmdir()
    assert ordered(installed, "BHW1095A", "R-1").json["total"] == "120.00"
    assert "No problems found." in installed.done("check").err
    installed.done("catalogue", "put", changed(installed, dearer("130.00")))
    versions = installed.done("catalogue", "list", "--json").json
    assert [each["product"] for each in versions] == ["aastra5000", "nexspan", "aastra5000"]
    assert Path(installed.store / "catalogue").is_dir()
    assert installed.done("show", SYSTEM, "--json").json["release"]
