"""Wrong answers: a sentence at the question, which is asked again, and nothing typed is lost."""

from __future__ import annotations

import pytest

from tests.plain.conftest import ITEMS, LEAVE, LOGIN, Plain, guide_order
from tests.plain.test_order import TITLES, rows_after
from tests.support.guide import BODY, FRESH, ROWS, SYSTEM

HOSTILE = (
    "\x1b[2J\x1b]52;c;aGF4\x07",
    "\x9b31m",
    "\u202eevil\u2066",
    "[/b][link=x]",
    "x\x00\x08\x7fy",
    "%s {0} {x}",
    "'; DROP TABLE orders; --",
    "😀é漢字",
)


def test_a_wrong_answer_at_every_question(demo: Plain) -> None:
    said = demo.tell(
        # … and back to the names, to the menu
        *("", "Nobody", "", "jsmith", "wrong", "<", "<", "<", "1"),
        *("Demo Telecom", "", "wrong", "demonstration only"),
        *("17", "x", "2", "1"),
        *("03FFFF0302ADX", "03FFFF0302", "", "03FFFF0400E55", SYSTEM),
        *("", "99", "7 -1", "7 1_0", "7 999", "2 2", "x", "11 99999999", *ITEMS),
        *("", "R" * 41, "2125469-65891", "", "John Smith", "N" * 61, "John Smith"),
        *("1 rue des Essais", "", "", "Guyancourt", "7" * 13, "78280"),
        *("Atlantis", "guin", "France"),
        *("", "no", "yes please", "YES"),
        *("7", *LEAVE),
    )
    for sentence in (
        "Company name is required.",
        "Username is required.",
        "Company name, username and password do not match",
        "Username [jsmith]:",
        "Type one of these numbers: 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 0.",
        "character 13",
        "3 digits of 13 are missing",
        "Enter the Equipment ID",
        "No system with the Equipment ID 03FFFF0400E55 is known here.",
        "Choose at least one item.",
        "There is no item “99”: the numbers go from 1 to 16.",
        "SIP trunk: “-1” is not a quantity",
        "SIP trunk: “1_0” is not a quantity",
        "SIP trunk: 999 is too many. The system has 0 × SIP trunk; at most 255 more fit.",
        "Break-in has no quantity",
        "i2052 CTI: 99999999 is too many",
        "Order reference is required.",
        "Order reference is too long: 41 characters, at most 40.",
        "Licensee name is required.",
        "Name (address) is too long: 61 characters, at most 60.",
        "Postcode is too long: 13 characters, at most 12.",
        "“Atlantis” is not a country",
        "“guin” is not the name of a country. Did you mean: Guinea (GN), Equatorial Guinea (GQ)",
        "\nFrance (FR)\n",
        "Nothing is ordered yet.\n",
        "Type one of these numbers: 1, 2, 0.",
    ):
        assert sentence in said.replace("\n", " ") + said, sentence
    assert rows_after(said, TITLES["en"]) == ROWS


def test_an_item_that_is_owned(demo: Plain) -> None:
    said = demo.tell(*guide_order(), "0", "1", SYSTEM, "1", "", "<", "<", "0", "1", "<", "0")
    assert "1. Extended ACD (BHW1063A), €1,530.00, owned" in said
    assert "Extended ACD cannot be ordered again" in said


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_only_text(demo: Plain, hostile: str) -> None:
    said = demo.tell(
        *(hostile, hostile, hostile, "<", "<", "<", "1", *LOGIN),
        *(hostile, "1", hostile, SYSTEM, hostile, f"7 {hostile}", "7 8", ""),
        *(f"A{hostile}"[:30], *[f"B{hostile}"[:30]] * 6, "1", hostile, "FR", hostile, "YES", "1"),
        *("0", "3", hostile, SYSTEM, hostile, "0", "", "4", "1", hostile, "0", "0", "<", "0"),
    )
    assert "The order is placed: 03FFFF0302AD4-0002" in said
    for control in "\x00\x07\x08\x1b\x7f\x9b\u202e\u2066":
        assert control not in said


def test_bytes_that_are_no_text_and_lines_without_end(demo: Plain) -> None:
    status, said = demo.run(*demo.words, given="\n".join((*LOGIN, "1", SYSTEM, "7" * 3_000_000)))
    assert status == 0
    assert "is kept for later" in said
    begun = "\n".join((*LOGIN, "1", SYSTEM, *ITEMS, "ref", "")).encode()
    for bad in ("Müller".encode("latin-1"), "Müller".encode("utf-16"), b"\xc3("):
        status, said = demo.run(*demo.words, given=begun + bad + b"\nnever read\n" * 3)
        assert status == 1
        assert "These bytes are not UTF-8 text" in said
        assert "is kept for later" in said
        assert "Name:" not in said  # no other answer was taken for this one


def test_a_byte_order_mark_is_no_part_of_the_first_answer(demo: Plain) -> None:
    given = "\ufeff" + "\n".join((*LOGIN, "<", "0", ""))
    status, said = demo.run(*demo.words, given=given)
    assert status == 0
    assert "You are logged out." in said


def test_lines_of_another_system(demo: Plain) -> None:
    given = "\r\n".join((*guide_order(), *LEAVE, ""))
    status, said = demo.run(*demo.words, given=given)
    assert status == 0
    assert BODY in said


def test_what_a_role_may_not_do_is_not_offered(demo: Plain) -> None:
    said = demo.tell("Demo Telecom", "helpdesk", LOGIN[2], "1", "3", SYSTEM, "0", "", "0", "<", "0")
    assert "1. New order" not in said
    assert "Type one of these numbers: 3, 4" in said
    assert "442Z P5M1 V51" in said


def test_a_search_finds_and_finds_not(demo: Plain) -> None:
    answers = ("3", "03FF", "03FFFF0400E55", FRESH, "03ff-ff03-02ad-4", "0", "", "0", "<", "0")
    said = demo.tell(*LOGIN, *answers)
    assert "9 digits of 13 are missing" in said
    assert "No system with the Equipment ID 03FFFF0400E55" in said
    assert "Nothing was ordered for this system yet." in said
    assert f"Search result: {SYSTEM}" in said
    assert "14 Aug 2008" in said
    assert "442Z P5M1 V51" in said


def test_a_password_is_changed_step_by_step(plain: Plain) -> None:
    new, other = "un lac sans aucune ride", "un lac avec une ride"
    said = plain.tell(*LOGIN, "5", "", "wrong", "short", "short", new, other, new, LOGIN[2], "0")
    assert "Current password is required." in said
    assert "The password is too short: at least 15 characters." in said
    assert "The two new passwords do not match." in said
    assert "The current password is wrong." in said
    assert "Your password is changed" in said
    assert "do not match" in plain.tell(*LOGIN)
    assert "New order" in plain.tell(*LOGIN[:2], new)


def test_a_script_with_a_wrong_password_closes_no_account(plain: Plain) -> None:
    """Each line of the order that follows would be taken for one more password."""
    given = "".join(f"{line}\n" for line in (*LOGIN[:2], "wrong", *guide_order()))
    status, said = plain.run("--plain", given=given)
    assert status == 1
    assert said.count("do not match") == 3
    assert "New order" in plain.tell(*LOGIN)
