"""Whatever arrives gets an answer that says what is wrong, where, and what would be right."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.commands.conftest import SYSTEM, THE_ORDER, Commands
from tests.support.language import in_french

Refused = Callable[..., str]
AS = ("--as", "Demo Telecom/jsmith")
HOSTILE = "\x1b]0;x\x07\x1b[2J\u202e[/b] [@click=app.quit]x\x9b31m"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("03FFFF0302AD", "1 digit of 13 is missing"),
        ("03FFFF0302AD4FF", "2 digits too many"),
        ("03FFFG0302AD4", "character 6, “G”, is not a hexadecimal digit"),
        ("", "13 hexadecimal digits"),
        ("F" * 10_000, "9987 digits too many"),
        ("03FFFF0302AD\x1b[2J", "character 13, U+001B"),
        ("[@click=app.quit]x", "character 1, “[”"),
        ("03FFFF0302AD\u0664", "character 13, “\u0664”"),
        ("03FFFF0302AD5", "03FFFF0302AD5 is known here"),
    ],
)
def test_an_equipment_id_that_is_none(refused: Refused, text: str, said: str) -> None:
    assert said in refused("show", text)
    assert said in refused("verify", text, "442ZP5M1V51329C73D")


def test_an_unknown_id_and_one_of_another_company_get_the_same_answer(
    shared: Commands, refused: Refused
) -> None:
    unknown = refused("order", shared.document(equipment_id="03FFFF0302AD5"), *AS)
    foreign = refused("order", shared.document(equipment_id="03FFFF0400E55"), *AS)
    assert unknown.replace("03FFFF0302AD5", "ID") == foreign.replace("03FFFF0400E55", "ID")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"items": {"BHW1095A": "eight"}}, "$.items.BHW1095A: a quantity is a whole number"),
        ({"items": {"BHW1095A": "8"}}, "$.items.BHW1095A: a quantity is a whole number"),
        ({"items": {"BHW1095A": -8}}, "$.items.BHW1095A: a quantity is a whole number"),
        ({"items": {"BHW1095A": 8.0}}, "$.items.BHW1095A: a quantity is a whole number"),
        ({"items": {"BHW1095A": True}}, "$.items.BHW1095A: a quantity is a whole number"),
        ({"items": {"BHW1095A": None}}, "$.items.BHW1095A: a quantity is a whole number"),
        ({"items": {"BHW1095A": 256}}, "SIP trunk: 256 is too many. The system has 0 × SIP trunk"),
        ({"items": {"BHW1095A": 256}}, "at most 255 more fit"),
        ({"items": {"BHW1095A": 10**30}}, "SIP trunk: "),
        ({"items": {"BHW1063A": 2}}, "Extended ACD has no quantity"),
        ({"items": {"BHW9999A": 1}}, "“BHW9999A” is not offered"),
        ({"items": {HOSTILE: 1}}, "is not offered"),
        ({"items": {}}, "Choose at least one item"),
        ({"items": {"BHW1095A": 0}}, "Choose at least one item"),
        ({"items": []}, "$.items: this is of the wrong type"),
        ({"order_reference": ""}, "Order reference is required"),
        ({"licensee": " \u200b "}, "Licensee name is required"),
        ({"licensee": None}, "$.licensee: this is missing"),
        ({"licensee": 7}, "$.licensee: this is of the wrong type"),
        ({"licensee": "x" * 10_000}, "Licensee name is too long: 10000 characters, at most 60"),
        ({"address": {"country": "Atlantis"}}, "“Atlantis” is not a country"),
        ({"address": {"lines": ["", "", "", ""]}}, "$.address.lines: this is of the wrong type"),
        ({"address": {"town": "x"}}, "$.address.town: unknown field"),
        ({"licencee": "x"}, "$.licencee: unknown field"),
        ({"draft_id": "../../x"}, "$.draft_id: 1 to 64 letters"),
    ],
)
def test_an_order_document_that_is_wrong(
    shared: Commands, refused: Refused, changes: dict[str, Any], said: str
) -> None:
    path = shared.file("order.json", json.dumps(THE_ORDER | changes))
    if changes.get("licensee", "") is None:
        path = shared.document(licensee=None)
    assert said in refused("order", path, *AS)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Line 1, column 1 of"),
        (b'{"equipment_id": "03FFFF0302AD4",\n "items": {', "Line 2, column 12 of"),
        (b'{"items": {"BHW1095A": NaN}}', "NaN: this is not JSON"),
        (b'{"items": {"BHW1095A": 1, "BHW1095A": 2}}', "BHW1095A: this name appears twice"),
        (b"\xff\xfe{", "it is not UTF-8 text"),
        (b"[" * 100_000, "it is nested too deeply"),
        (b" " * 10_000_000, "it is too big for an order"),
        (b'"just a text"', "$: this is of the wrong type"),
        (b'{"items": {"BHW1095A": ' + b"9" * 5000 + b"}}", "$.equipment_id: this is missing"),
    ],
)
def test_a_document_that_is_no_order_at_all(
    shared: Commands, refused: Refused, content: bytes, said: str
) -> None:
    assert said in refused("order", shared.file("order.json", content), *AS)
    answer = refused("order", "-", *AS, given=content)
    assert "standard input" in answer
    assert said in answer


def test_an_owned_item(shared: Commands, refused: Refused) -> None:
    nexspan = shared.document(equipment_id="01A0B40000C17", items={"BHW0903A": 1})
    assert "Hospitality cannot be ordered again" in refused("order", nexspan, *AS)


def test_every_problem_of_an_order_is_named_at_once(shared: Commands, refused: Refused) -> None:
    document = shared.document(items={"BHW1095A": 999, "X": 1}, licensee="", order_reference="")
    said = refused("order", document, *AS).splitlines()
    assert said[0] == "Nothing was ordered: there are 4 problems."
    assert len(said) == 5


def test_hostile_text_is_stored_and_shown_without_what_a_terminal_obeys(
    installed: Commands,
) -> None:
    hostile = {"name": HOSTILE, "lines": [HOSTILE] * 3, "city": HOSTILE}
    document = installed.document(licensee=HOSTILE, order_reference="a\nb", address=hostile)
    shown = "]0;x[2J[/b] [@click=app.quit]x31m"
    for said in (
        installed.done("order", document, "--as", "Société d'Essai/jdupont").out,
        installed.done("search", "--licensee", "click").out,
    ):
        assert shown in said
        assert all(line.isprintable() for line in said.splitlines())
        assert "a b" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("decode", ""), "The keycode is missing"),
        (("decode", "44!"), "character 3, “!”, is wrong"),
        (("decode", "999ZP5M1V51329C73D"), "no product has keycodes that begin like this"),
        (("decode", "442000"), "character 6"),
        (("decode", "442Z"), "too short: it ends after character 4"),
        (("decode", "4" * 10_000), "too long: it should end before character 145"),
        (("company", "add", "demo TELECOM"), "There is a company"),
        (("company", "add", " "), "Company name is required"),
        (("company", "add", "x" * 10_000), "Company name is too long: 10000 characters"),
        (("user", "disable", "Demo Telecom", "nobody"), "There is no user “nobody”"),
        (("user", "disable", "No Telecom", "jsmith"), "There is no company “No Telecom”"),
        (("user", "role", "Demo Telecom", "jsmith", "boss"), "“boss” is not a role. Roles: read,"),
        (("search", "--since", "yesterday"), "“yesterday” is not a date"),
        (("export", "03FFFF0302AD4-0099"), "No order “03FFFF0302AD4-0099”"),
        (("export", "../../etc/passwd"), "No order"),
        (("order", "nowhere.json", *AS), "there is no such file"),
        (("order", "/", *AS), "it is a folder"),
        (("catalogue", "check", "nowhere.toml"), "there is no such file"),
        (("verify", SYSTEM, "442!"), "character 4, “!”, is wrong"),
    ],
)
def test_arguments_that_are_refused(shared: Commands, words: tuple[str, ...], said: str) -> None:
    answer = shared(*words)
    assert answer.status == 1
    assert said in answer.out + answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "at least 15 characters"),
        ("x" * 129, "at most 128 characters"),
        ("aaaaaaaaaaaaaaaa", "too simple"),
        ("", "at least 15 characters"),
    ],
)
def test_a_password_that_is_too_weak(refused: Refused, password: str, said: str) -> None:
    reset = ("user", "reset-password", "Demo Telecom", "jsmith", "--password-stdin")
    assert said in refused(*reset, given=f"{password}\n")


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-16-le"])
def test_a_password_that_is_not_utf8_is_refused(refused: Refused, encoding: str) -> None:
    given = "héron cendré du soir\n".encode(encoding)
    reset = ("user", "reset-password", "Demo Telecom", "jsmith", "--password-stdin")
    assert "not UTF-8" in refused(*reset, given=given)


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("show",),
        ("show", SYSTEM, "extra"),
        ("order", "x.json"),
        ("order", "x.json", "--as", "Demo Telecom"),
        ("search",),
        ("user",),
        ("--language", "de", "key", "list"),
        ("--store",),
        ("show", SYSTEM, "--\x1b]0;x\x07"),
        ("\u202e\x9b31m",),
        (),
        ("demo",),
    ],
)
def test_wrong_use_ends_with_2_and_says_how(refused: Refused, words: tuple[str, ...]) -> None:
    assert "keycode-portal" in refused(*words, status=2) or words[:1] in {("search",), ("order",)}


def test_globals_stand_before_or_after_the_command(shared: Commands) -> None:
    plain = shared.done("show", SYSTEM).out
    elsewhere = {"KEYCODE_PORTAL_STORE": "/nowhere"}
    store = str(shared.store)
    assert shared("--store", store, "show", SYSTEM, **elsewhere).out == plain
    assert shared("show", SYSTEM, f"--store={store}", **elsewhere).out == plain
    french = shared("show", SYSTEM, "--language", "fr").out
    assert french == shared("--language=fr", "show", SYSTEM).out != plain


@pytest.mark.parametrize(
    ("words", "message", "fields"),
    [
        (
            ("show", "03FFFF0302AD5"),
            "No system with the Equipment ID {equipment_id} is known here.",
            {"equipment_id": "03FFFF0302AD5"},
        ),
        (("decode", ""), "The keycode is missing.", {}),
        (
            ("company", "add", "Demo Telecom"),
            "There is a company “{name}” already.",
            {"name": "Demo Telecom"},
        ),
        (
            ("order", "x", "--as", "x"),
            "--as needs a company and a username: --as COMPANY/LOGIN",
            {},
        ),
        (("show",), "the following arguments are required: %s", {}),
        (("show",), "usage: ", {}),
    ],
)
def test_the_answers_in_french(
    shared: Commands, words: tuple[str, ...], message: str, fields: dict[str, str]
) -> None:
    shared.language = "fr"
    answer = shared(*words)
    expected = in_french(message).format(**fields).partition("%s")[0]
    assert answer.status in {1, 2}
    assert expected in answer.err
    assert expected != message
