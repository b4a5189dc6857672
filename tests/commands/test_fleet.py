"""What was read out of many systems: which are to be visited, and what to enter there."""

from __future__ import annotations

from tests.commands.conftest import SYSTEM, USER, Commands

NEW, OTHER = "03FFFF0302AFE", "03FFFF0302B17"


def test_a_fleet_is_checked_from_one_file(installed: Commands) -> None:
    first = installed.done("order", installed.document(), "--as", USER, "--json").json["keycode"]
    upgraded = installed.done("upgrade", SYSTEM, "R5.2", "--json").json["keycode"]
    more = installed.document(equipment_id=OTHER, order_reference="R-2", items={"BHW1095A": 2})
    other = installed.done("order", more, "--as", USER, "--json").json["keycode"]
    rows = [
        (SYSTEM, upgraded),
        (SYSTEM, first),
        (OTHER, other[:6] + ("2" if other[6] != "2" else "3") + other[7:]),
        (OTHER, upgraded),
        ("0123", other),
        (NEW, other),
        (OTHER, "hello"),
    ]
    text = "Equipment ID;Keycode\n" + "".join(f"{of};{code}\n" for of, code in rows)
    file = installed.file("read-out.csv", text)
    answer = installed("verify", "--csv", file)
    assert answer.status == 1
    assert answer.err == "6 of 7 systems have to be visited:\n"
    lines = answer.out.splitlines()[1:]
    said = ["for release R5.1", "misread", "of another system", "digits of 13", "", "not a keycode"]
    assert [each in line for each, line in zip(said, lines, strict=True)] == [True] * 6
    assert upgraded in lines[0].replace(" ", "")
    assert other in lines[1].replace(" ", "")
    data = installed("verify", "--csv", file, "--json").json
    assert [each.get("verdict") for each in data[:4]] == [
        *("current", "earlier-release", "mistyped", "other-system"),
    ]
    assert [each.get("error") for each in data[4:6]] == ["EquipmentIdMalformed", "SystemUnknown"]


def test_a_fleet_in_which_all_is_well(installed: Commands) -> None:
    code = installed.done("order", installed.document(), "--as", USER, "--json").json["keycode"]
    file = installed.file("read-out.csv", f"equipment_id,keycode\n{SYSTEM},{code}\n")
    answer = installed.done("verify", "--csv", file)
    assert (answer.out, answer.err) == ("", "All of them have their current keycode.\n")


def test_one_or_many_but_something(installed: Commands) -> None:
    for words in ((), (SYSTEM,), (SYSTEM, "442Z", "--csv", "x.csv")):
        answer = installed("verify", *words)
        assert (answer.status, "or --csv FILE" in answer.err) == (2, True)
