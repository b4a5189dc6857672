"""A system after the sale, by commands: upgraded, moved, corrected, issued once more."""

from __future__ import annotations

import csv

import pytest

from tests.commands.conftest import SYSTEM, USER, Commands

NEW = "03FFFF0302AFE"


@pytest.fixture
def ordered(installed: Commands) -> Commands:
    installed.done("order", "place", installed.document(), "--as", USER)
    return installed


def test_an_upgrade_is_shown_done_and_done_once(ordered: Commands) -> None:
    dry = ordered.done("upgrade", SYSTEM, "R5.2", "--dry-run", "--json").json
    assert (dry["kind"], dry["total"], dry["order"]) == ("upgrade", "350.00", None)
    assert len(ordered.done("show", SYSTEM, "--json").json["orders"]) == 1
    done = ordered.done("upgrade", SYSTEM, "R5.2", "--as", USER, "--reference", "U-1", "--json")
    order = done.json
    assert (order["order"], order["release"], order["kind"]) == (
        f"{SYSTEM}-0002",
        "R5.2",
        "upgrade",
    )
    again = ordered.done("upgrade", SYSTEM, "R5.2", "--json")
    assert again.json == order
    assert again.err == "This had been done before; nothing was changed.\n"
    assert ordered.done("verify", SYSTEM, order["keycode"], "--json").json["verdict"] == "current"
    first = ordered.done("order", "show", f"{SYSTEM}-0001", "--json").json["keycode"]
    checked = ordered.done("verify", SYSTEM, first, "--json").json
    assert (checked["verdict"], checked["outcome"]) == ("earlier-release", "valid")
    assert "No problems found." in ordered.done("check").err


def test_a_user_may_not_what_is_the_desks(ordered: Commands) -> None:
    back = ("upgrade", SYSTEM, "R5.1", "--back", "--reason", "wrong-release")
    answer = ordered(*back, "--as", USER)
    assert (answer.status, answer.err) == (1, "Only the licence desk may do this.\n")
    answer = ordered("move", SYSTEM, NEW, "--reason", "relocation", "--as", USER)
    assert answer.status == 1
    assert "administrator" in answer.err


def test_a_correction_leaves_what_was_meant(ordered: Commands) -> None:
    number = f"{SYSTEM}-0001"
    words = ("correct", number, "BHW1095A=3", "--reason", "wrong-quantity")
    assert ordered.done(*words, "--dry-run", "--json").json["total"] == "-600.00"
    order = ordered.done(*words, "--note", "two fingers", "--json").json
    assert (order["kind"], order["other_id"], order["note"]) == (
        "correction",
        number,
        "two fingers",
    )
    trunks = [each for each in order["inventory"] if "SIP" in each["function"]]
    assert [each["quantity"] for each in trunks] == [3]
    assert ordered(*words).status == 1
    assert "PART=QUANTITY" in ordered("correct", number, "BHW1095A", "--reason", "other").err


def test_a_move_leads_from_the_old_keycode_to_the_new_one(ordered: Commands) -> None:
    old = ordered.done("show", SYSTEM, "--json").json["keycode"]
    words = ("move", SYSTEM, NEW, "--reason", "failed-hardware", "--proof", "RMA-1")
    assert ordered.done(*words, "--dry-run", "--json").json["inventory"] == []
    order = ordered.done(*words, "--json").json
    assert (order["equipment_id"], order["other_id"], order["proof"]) == (NEW, SYSTEM, "RMA-1")
    checked = ordered("verify", NEW, old, "--json")
    assert (checked.status, checked.json["verdict"]) == (1, "replaced-hardware")
    assert checked.json["current"] == order["keycode"]
    answer = ordered("order", "place", ordered.document(order_reference="R-2"), "--as", USER)
    assert answer.status == 1
    assert f"what it had is in {NEW} now" in answer.err
    assert "No problems found." in ordered.done("check").err


def test_a_proof_of_a_move_is_given_later(ordered: Commands) -> None:
    ordered.done("move", SYSTEM, NEW, "--reason", "failed-hardware")
    number = f"{SYSTEM}-0002"
    (move,) = ordered.done("move", "list", "--open", "--json").json
    assert (move["order"], move["other_id"]) == (number, NEW)
    assert number in ordered.done("move", "list").out
    ordered.done("check")
    answer = ordered.done("move", "proof", number, "RMA-7", "--json")
    assert answer.json["proof"] == "RMA-7"
    assert "No proof is missing." in ordered.done("move", "list", "--open").err
    assert ordered.done("order", "show", f"{NEW}-0001", "--json").json["proof"] == "RMA-7"
    assert "proof of a move given" in ordered.done("audit").out
    assert "No problems found." in ordered.done("check").err
    assert "its proof already" in ordered("move", "proof", number, "RMA-8").err


def test_a_system_goes_to_another_company(ordered: Commands) -> None:
    before = ordered.done("show", SYSTEM, "--json").json
    ordered.done("company", "add", "Other Telecom")
    words = ("system", "transfer", SYSTEM, "Other Telecom", "--reason", "merger", "--proof", "C-1")
    dry = ordered.done(*words, "--dry-run", "--json").json
    assert (dry["kind"], dry["company"], dry["total"]) == ("transfer", "Other Telecom", "0.00")
    order = ordered.done(*words, "--json").json
    assert (order["order"], order["reason"], order["proof"]) == (f"{SYSTEM}-0002", "merger", "C-1")
    after = ordered.done("show", SYSTEM, "--json").json
    assert (after["company"], after["keycode"]) == ("Other Telecom", before["keycode"])
    answer = ordered("order", "place", ordered.document(order_reference="R-2"), "--as", USER)
    assert (answer.status, "went to another company" in answer.err) == (1, True)
    assert "No problems found." in ordered.done("check").err
    backup = ordered.folder / "one.backup"
    ordered.done("backup", str(backup))
    there = Commands(ordered.folder / "there")
    there.folder.mkdir()
    keys = f"{ordered.store}-keys"
    there.done("restore", str(backup), KEYCODE_PORTAL_KEYS=keys)
    assert there.done("show", SYSTEM, "--json", KEYCODE_PORTAL_KEYS=keys).json == after
    assert "No problems found." in there.done("check", KEYCODE_PORTAL_KEYS=keys).err
    wrong = ordered("system", "transfer", SYSTEM, "Other Telecn", "--reason", "merger")
    assert "Did you mean “Other Telecom”" in wrong.err


def test_a_lost_key_is_withdrawn_and_what_it_signed_issued_once_more(ordered: Commands) -> None:
    old = ordered.done("show", SYSTEM, "--json").json["keycode"]
    assert ordered("key", "withdraw", "1").status == 1
    ordered.done("key", "rotate")
    ordered.done("key", "withdraw", "1")
    assert ordered.done("verify", SYSTEM, old, "--json").json["verdict"] == "withdrawn-key"
    assert ordered.done("reissue", "--key", "1", "--dry-run").out == f"{SYSTEM}\n"
    text = ordered.done("reissue", "--key", "1", "--result", "-").out.removeprefix("\ufeff")
    (row,) = csv.DictReader(text.splitlines())
    assert ordered.done("verify", SYSTEM, row["keycode"], "--json").json["verdict"] == "current"
    assert ordered.done("reissue", "--key", "1", "--json").json == []
    backup = ordered.folder / "one.backup"
    ordered.done("backup", str(backup))
    there = Commands(ordered.folder / "there")
    there.folder.mkdir()
    keys = f"{ordered.store}-keys"
    there.done("restore", str(backup), KEYCODE_PORTAL_KEYS=keys)
    checked = there.done("verify", SYSTEM, old, "--json", KEYCODE_PORTAL_KEYS=keys).json
    assert checked["verdict"] == "withdrawn-key"
