"""The whole life of an installation, from init to the keycode."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from engine.assembly import open_installation
from engine.audit import EventName
from engine.licences.order import Draft
from engine.settings import load_settings
from tests.commands.conftest import SYSTEM, USER, Commands
from tests.support.guide import BODY
from tests.support.language import in_french


@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_init_to_the_keycode(installed: Commands, language: str) -> None:
    installed.language = language
    title, valid = (
        "Total of elementary functions",
        "Valid: this keycode was issued for {equipment_id}.",
    )
    if language == "fr":
        title, valid = in_french(title), in_french(valid)

    ordered = installed.done("order", installed.document(), "--as", USER)
    assert title in ordered.out
    keycode = ordered.out.splitlines()[-1]
    assert keycode.startswith("442M780108G39")

    assert keycode in installed.done("show", SYSTEM.lower()).out
    verified = installed.done("verify", SYSTEM, keycode.lower())
    assert valid.format(equipment_id=SYSTEM) in verified.out
    assert installed.done("export", f"{SYSTEM}-0001").out == ordered.out
    assert f"{SYSTEM}-0001" in installed.done("search", "--keycode", keycode).out
    assert f"{SYSTEM}-0001" in installed.done("search", "--reference", "2125469-65891").out
    assert installed("search", "--reference", "2125469").status == 1
    assert all(len(line) <= 80 for line in ordered.out.splitlines())


def test_an_export_goes_into_the_export_folder_and_nowhere_else(installed: Commands) -> None:
    text = installed.done("order", installed.document(), "--as", USER).out
    for _again in range(2):
        path = Path(installed.done("export", f"{SYSTEM}-0001", "--file").out.strip())
        assert path.parent == installed.store / "export"
        assert path.read_text() == text
    assert len(list((installed.store / "export").iterdir())) == 2


def test_the_same_document_twice_is_one_order(installed: Commands) -> None:
    document = installed.document(draft_id="erp-4711")
    first = installed.done("order", document, "--as", USER, "--json")
    second = installed.done("order", document, "--as", USER, "--json")
    assert first.json == second.json
    assert "placed before" in second.err
    assert len(installed.done("show", SYSTEM, "--json").json["orders"]) == 1


def test_an_order_by_a_script_leaves_the_unfinished_order_of_its_user(installed: Commands) -> None:
    settings = load_settings(installed.store, {})
    portal = open_installation(settings)
    session = portal.signing_in.act_as("Société d'Essai", "jdupont", "tester")
    portal.ordering.keep(session, Draft(draft_id="by-hand", equipment_id=SYSTEM))
    installed.done("order", installed.document(), "--as", USER)
    kept = portal.ordering.unfinished(session)
    assert [draft.draft_id for draft in kept] == ["by-hand"]
    installed.done(
        "order", installed.document(draft_id="by-hand", items={"BHW1095A": 1}), "--as", USER
    )
    assert portal.ordering.unfinished(session) == []
    portal.close()


def test_a_dry_run_issues_nothing(installed: Commands) -> None:
    tried = installed.done("order", installed.document(), "--as", USER, "--dry-run")
    assert "€6,195.00" in tried.out
    assert "442M" not in tried.out
    tried = installed.done("order", installed.document(), "--as", USER, "--dry-run", "--json")
    assert (tried.json["order"], tried.json["keycode"]) == (None, None)
    assert tried.json["total"] == "6195.00"
    assert installed.done("show", SYSTEM, "--json").json["orders"] == []


def test_function_keycodes_of_a_nexspan(installed: Commands) -> None:
    document = installed.document(
        equipment_id="01A0B40000C17", items={"BHW0901A": 1, "BHW0903A": 1}
    )
    answer = installed.done("order", document, "--as", USER, "--json").json
    assert answer["keycode"] is None
    assert [code["function"] for code in answer["function_keycodes"]] == ["ACD", "Hospitality"]
    for code in answer["function_keycodes"]:
        installed.done("verify", "01A0B40000C17", code["keycode"])
        assert code["keycode"] in installed.done("show", "01A0B40000C17").out


def test_users_and_their_passwords(installed: Commands) -> None:
    issued = installed.done("user", "reset-password", "Société d'Essai", "JDUPONT")
    assert len(issued.out.strip()) == 29
    assert "72 hours" in issued.err
    given = installed.done(
        *("user", "reset-password", "Société d'Essai", "jdupont", "--password-stdin"),
        given="un mot de passe choisi\n",
    )
    assert given.out == ""

    installed.done("user", "role", "Société d'Essai", "jdupont", "read")
    refused = installed("order", installed.document(), "--as", USER)
    assert (refused.status, refused.err) == (1, "Your role does not allow you to order.\n")
    installed.done("user", "role", "Société d'Essai", "jdupont", "order")
    installed.done("user", "disable", "Société d'Essai", "jdupont")
    assert installed("order", installed.document(), "--as", USER).status == 1
    assert installed.done("user", "list", "--json").json == [
        {
            "company": "Société d'Essai",
            "login": "jdupont",
            "last_name": "Dupont",
            "first_name": "Jeanne",
            "email": "jdupont@essai.example",
            "role": "order",
            "disabled": True,
            "issued_until": None,
            "issued_used": False,
        }
    ]
    installed.done("user", "enable", "Société d'Essai", "jdupont")
    installed.done("order", installed.document(), "--as", USER)


def test_init_makes_keys_that_only_the_owner_can_read(commands: Commands) -> None:
    said = commands.done("init").out
    keys = Path(f"{commands.store}-keys")
    assert str(commands.store) in said
    assert str(keys) in said
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert {stat.S_IMODE(key.stat().st_mode) for key in keys.iterdir()} == {0o400}
    assert commands.done("key", "list", "--json").json == [{"key": 1, "signs": True}]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_commands_that_init_names_next_are_right_as_they_stand(
    commands: Commands, language: str
) -> None:
    commands.language = language
    lines = commands.done("init").out.splitlines()
    named = [line.split()[1:] for line in lines if line.startswith("keycode-portal ")]
    assert [words[:2] for words in named] == [
        ["company", "add"],
        ["user", "add"],
        ["system", "add"],
    ]
    stand_for = {"NAME": "Demo Telecom", "LOGIN": "jsmith", "ID": SYSTEM, "…": "x@example.org"}
    for words in named:
        commands.done(*(stand_for.get(word, word) for word in words))
    assert commands.done("show", SYSTEM, "--json").json["equipment_id"] == SYSTEM


def test_the_audit_log_names_who_ran_the_command_and_no_licensee(installed: Commands) -> None:
    installed.done("order", installed.document(), "--as", USER)
    lines = b"".join(path.read_bytes() for path in (installed.store / "journal").iterdir())
    events = [json.loads(line[9:]) for line in lines.splitlines() if line]
    done = [event for event in events if event["event"] != EventName.SYSTEM_DIGESTS]
    assert all("unix:" in json.dumps(event) for event in done)
    assert b"Smith" not in lines


def test_demo_order_prints_the_totals_of_the_guide(commands: Commands) -> None:
    said = commands.done("demo", "--order").out
    totals = said.split("Total of elementary functions\n")[1].split("\n\n")[0]
    assert [line.rsplit(maxsplit=1) for line in totals.splitlines()] == [
        ["IAE forward", "1"],
        ["IAE group and multi group", "1"],
        ["IAE greeting", "1"],
        ["Listening and break-in", "1"],
        ["CDR > 128 bytes", "1"],
        ["SIP trunk", "8"],
        ["IP terminals Aastra cordless", "57"],
        ["IP terminals i2052 CTI", "5"],
        ["Directory (blocks of 100)", "1"],
        ["IP terminals any type", "5"],
    ]
    assert said.splitlines()[-1].startswith(BODY)
    assert not commands.store.exists()


def test_the_byte_order_mark_of_a_password_is_no_part_of_it(installed: Commands) -> None:
    reset = ("user", "reset-password", "Société d'Essai", "jdupont", "--password-stdin")
    installed.done(*reset, given="\ufeffhéron cendré du soir\n")
    portal = open_installation(load_settings(installed.store, {}))
    portal.signing_in.sign_in("Société d'Essai", "jdupont", "héron cendré du soir")
    portal.close()


def test_wrong_data_of_a_system_is_put_right_until_it_has_orders(installed: Commands) -> None:
    installed.done("company", "add", "Other Telecom")
    words = ("system", "edit", SYSTEM, "--release", "R5.2", "--company", "other telecom", "--json")
    edited = installed.done(*words).json
    assert (edited["release"], edited["company"]) == ("R5.2", "Other Telecom")
    shown = installed.done("show", SYSTEM, "--json").json
    assert (shown["release"], shown["company"]) == ("R5.2", "Other Telecom")
    assert "system corrected" in installed.done("audit").out
    assert "No problems found." in installed.done("check").err
    assert "R9.9" in installed("system", "edit", SYSTEM, "--release", "R9.9").err
    assert installed("system", "edit", SYSTEM, "--model", "Nexspan L").status == 1
    assert installed("system", "edit", SYSTEM).status == 2
    company = USER.partition("/")[0]
    installed.done("system", "edit", SYSTEM, "--company", company)
    installed.done("order", "place", installed.document(), "--as", USER)
    refused = installed("system", "edit", SYSTEM, "--release", "R5.1")
    assert (refused.status, "has orders" in refused.err) == (1, True)
    assert "No problems found." in installed.done("check").err


def test_names_and_email_of_a_user_are_put_right(installed: Commands) -> None:
    company, login = USER.split("/")
    words = ("user", "edit", company, login)
    installed.done(*words, "--last-name", "Dupond", "--email", "dupond@example.com")
    (user,) = (
        each for each in installed.done("user", "list", "--json").json if each["login"] == login
    )
    assert (user["last_name"], user["email"]) == ("Dupond", "dupond@example.com")
    assert user["first_name"]
    assert "user details changed" in installed.done("audit").out
    assert installed(*words).status == 2
    assert installed(*words, "--email", "nobody").status == 1
    assert installed(*words, "--first-name", "").status == 1
    assert "No problems found." in installed.done("check").err
