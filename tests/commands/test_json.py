"""The JSON that scripts rely on, member for member."""

from __future__ import annotations

import re
import subprocess

import pytest

from engine.catalogue.toml_files import CATALOGUE_FOLDER, load_catalogue
from engine.keycode.issuing import issue
from engine.keys.folder import KeysFolder
from tests.commands.conftest import SYSTEM, THE_ORDER, USER, Commands
from tests.support.environment import COMMAND

ITEMS = [
    {
        "part": "BHW1063A",
        "name": "Extended ACD",
        "quantity": 1,
        "unit_price": "1530.00",
        "total": "1530.00",
    },
    {
        "part": "BHW1095A",
        "name": "SIP trunk",
        "quantity": 8,
        "unit_price": "120.00",
        "total": "960.00",
    },
    {
        "part": "BHW1087A",
        "name": "Aastra mobile IP",
        "quantity": 57,
        "unit_price": "65.00",
        "total": "3705.00",
    },
]
INVENTORY = [
    {"function": "IAE forward", "quantity": 1},
    {"function": "IAE group and multi group", "quantity": 1},
    {"function": "IAE greeting", "quantity": 1},
    {"function": "Listening and break-in", "quantity": 1},
    {"function": "CDR > 128 bytes", "quantity": 1},
    {"function": "SIP trunk", "quantity": 8},
    {"function": "IP terminals Aastra cordless", "quantity": 57},
]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_order_and_show_in_json(installed: Commands, language: str) -> None:
    installed.language = language
    placed = installed.done("order", installed.document(), "--as", USER, "--json").json
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", placed["date"])
    assert re.fullmatch(r"442M780108G39[0-9A-Z]+", placed["keycode"])
    assert placed == {
        "order": f"{SYSTEM}-0001",
        "date": placed["date"],
        "equipment_id": SYSTEM,
        "product": "aastra5000",
        "release": "R5.1",
        "items": ITEMS,
        "total": "6195.00",
        "currency": "EUR",
        "inventory": INVENTORY,
        "keycode": placed["keycode"],
        "function_keycodes": [],
    }
    assert installed.done("show", SYSTEM, "--json").json == {
        "equipment_id": SYSTEM,
        "product": "aastra5000",
        "model": None,
        "release": "R5.1",
        "company": "Société d'Essai",
        "inventory": INVENTORY,
        "keycode": placed["keycode"],
        "function_keycodes": [],
        "orders": [placed],
    }
    assert installed.done("search", "--licensee", "SMITH", "--json").json == [
        placed | {key: THE_ORDER[key] for key in ("order_reference", "licensee", "address")}
    ]


def test_a_refusal_in_json_has_its_code_and_every_problem(shared: Commands) -> None:
    document = shared.document(items={"BHW1090A": 9_000_000, "BHW9999A": 1}, licensee="")
    answer = shared("order", document, "--as", "Demo Telecom/jsmith", "--json")
    assert answer.status == 1
    assert answer.json["error"] == "OrderRefused"
    assert [(p["field"], p["error"]["error"]) for p in answer.json["data"]["problems"]] == [
        ("BHW9999A", "ItemUnknown"),
        ("BHW1090A", "QuantityTooLarge"),
        ("licensee", "FieldRequired"),
    ]
    assert answer.json["data"]["problems"][1]["error"]["data"] == {
        "part": "BHW1090A",
        "function": "ip-i2052",
        "has": 5,
        "asked": 9_000_000,
        "most": 16**5 - 1 - 5,
    }
    assert answer.json["message"] in answer.err


def test_verify_in_json_says_what_was_meant(shared: Commands) -> None:
    keycode = shared.done("show", SYSTEM, "--json").json["keycode"]
    right = shared.done("verify", SYSTEM, keycode, "--json").json
    assert (right["outcome"], right["superseded"], right["suggestion"]) == ("valid", False, None)
    assert (right["verdict"], right["current"]) == ("current", None)
    typed = keycode[:4] + ("8" if keycode[4] != "8" else "7") + keycode[5:]
    wrong = shared("verify", SYSTEM, typed, "--json")
    assert wrong.status == 1
    assert wrong.json["suggestion"] == {"keycode": keycode, "positions": [5]}
    assert wrong.json["verdict"] == "mistyped"


def test_verify_of_a_part_of_a_keycode_and_of_two_in_one_go(shared: Commands) -> None:
    keycode = shared.done("show", SYSTEM, "--json").json["orders"][0]["keycode"]
    part = shared("verify", SYSTEM, keycode[-4:], "--json")
    assert (part.status, part.json["verdict"], part.json["outcome"]) == (1, "partial", "malformed")
    assert part.json["suggestion"]["keycode"] == keycode
    other = f"{keycode[:-1]}{'0' if keycode[-1] != '0' else '1'}"
    both = shared("verify", SYSTEM, keycode, other, "--json")
    assert both.status == 1
    assert [each["verdict"] for each in both.json["checks"]] == ["current", "mistyped"]
    said = shared("verify", SYSTEM, keycode, other).out
    assert "2 keycodes, one after the other." in said


def test_verify_of_a_keycode_that_was_never_issued(installed: Commands) -> None:
    ring = KeysFolder(f"{installed.store}-keys").ring()
    product = load_catalogue(CATALOGUE_FOLDER).products["aastra5000"]
    forged = issue(product, "R5.1", SYSTEM, {"sip-trunk": 250}, ring)
    answer = installed("verify", SYSTEM, forged, "--json")
    assert answer.status == 1
    assert (answer.json["verdict"], answer.json["outcome"]) == ("never-issued", "never-issued")
    said = installed("verify", SYSTEM, forged)
    assert said.status == 1
    assert "never issued by this portal" in said.out
    assert "Valid:" not in said.out
    assert installed.done("audit").out.count("keycode checked that was never issued") == 2
    installed.done("check")
    for as_json in ("", "--json"):
        nothing_is_written = f"ulimit -f 0; exec {COMMAND} verify {SYSTEM} {forged} {as_json}"
        unlogged = subprocess.run(
            ["bash", "-c", nothing_is_written],
            env=installed.environment(),
            capture_output=True,
            check=False,
        )
        assert unlogged.returncode == 1
        told = (unlogged.stderr if as_json else unlogged.stdout).decode().replace("\n", " ")
        assert "could not be noted in the audit log: tell the licence desk" in told
        assert "could not be noted" not in said.out


def test_lists_in_json(shared: Commands) -> None:
    assert [c["company"] for c in shared.done("company", "list", "--json").json] == [
        "Demo Telecom",
        "Other Telecom",
    ]
    systems = shared.done("system", "list", "--json").json
    assert {s["equipment_id"]: s["orders"] for s in systems} == {
        "01A0B40000C17": 1,
        "01A0B40000D02": 0,
        "03FFFF0302AD4": 1,
        "03FFFF0302B17": 0,
        "03FFFF0400E55": 1,
        "03FFFF0500A11": 2,
        "03FFFF0500B21": 2,
        "03FFFF0500B32": 1,
        "03FFFF0500C43": 2,
    }
    assert [p["product"] for p in shared.done("catalogue", "show", "--json").json] == [
        "aastra5000",
        "nexspan",
    ]


def test_decode_in_json_needs_no_store(commands: Commands) -> None:
    assert commands.done("decode", "442z-p5m1-v513-29c7-3d", "--json").json == {
        "keycode": "442ZP5M1V51329C73D",
        "product": "aastra5000",
        "inventory": [
            {"function": "IP terminals i2052 CTI", "quantity": 5},
            {"function": "Directory (blocks of 100)", "quantity": 1},
            {"function": "IP terminals any type", "quantity": 5},
        ],
        "key": 1,
    }


def test_what_is_changed_is_answered_in_json(installed: Commands) -> None:
    company = installed.done("company", "add", "Third Telecom", "--json").json
    assert company["company"] == "Third Telecom"
    who = ("Third Telecom", "anna")
    names = ("--last-name", "A", "--first-name", "Anna", "--email", "anna@example.com")
    added = installed.done("user", "add", *who, *names, "--json").json
    assert (added["login"], added["role"], len(added["password"]) > 10) == ("anna", "order", True)
    for words, field, value in (
        (("disable",), "disabled", True),
        (("enable",), "disabled", False),
        (("edit", "--first-name", "Annie"), "first_name", "Annie"),
    ):
        answer = installed.done("user", words[0], *who, *words[1:], "--json")
        assert answer.json[field] == value
    assert installed.done("user", "role", *who, "read", "--json").json["role"] == "read"
    again = installed.done("user", "reset-password", *who, "--json").json
    assert again["password"] not in ("", added["password"])
    product = ("--product", "aastra5000", "--release", "R5.1", "--company", "Third Telecom")
    system = installed.done("system", "add", "03FFFF0999999", *product, "--json").json
    assert (system["equipment_id"], system["company"]) == ("03FFFF0999999", "Third Telecom")


def test_lists_of_companies_and_users_are_short_or_tables(installed: Commands) -> None:
    installed.done("company", "add", "Third Telecom")
    assert len(installed.done("company", "list", "--limit", "1").out.splitlines()) == 1
    table = installed.done("company", "list", "--csv", "-").out.lstrip("\ufeff").splitlines()
    assert table[0] == "company,created,discount,state,four_eyes_over"
    assert len(table) == 3
    users = installed.done("user", "list", "--csv", "-", "--limit", "1").out.splitlines()
    assert users[0].lstrip("\ufeff") == "company,login,last_name,first_name,email,role,state"
    assert len(users) == 2
