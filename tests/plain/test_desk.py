"""The licence desk in plain mode."""

from __future__ import annotations

from tests.plain.conftest import LOGIN, Plain
from tests.support.guide import COMPANY

DESK, FRESH = "18", "9123456789ABC"


def test_companies_systems_and_the_journal(plain: Plain) -> None:
    plain.done("user", "role", COMPANY, "jsmith", "licence-desk")
    said = plain.tell(
        *LOGIN,
        *(DESK, "5", "Third Telecom"),
        *("3", FRESH, "third telecm", "1", FRESH, "third telecom", "1"),
        *("1", "2", "2", "0"),
        *("2", "", "on hold"),
        *("0", "0"),
    )
    assert "“Third Telecom” is added." in said
    assert "Did you mean “Third Telecom”?" in said
    assert f"The system {FRESH} is added." in said
    assert "“Other Telecom” is on hold: it orders nothing." in said
    journal = said.rpartition("With the text")[2]
    assert "company put on hold" in journal
    assert "company added" not in journal


def test_the_auditor_is_offered_what_he_may_read(plain: Plain) -> None:
    plain.done("user", "role", COMPANY, "jsmith", "auditor")
    said = plain.tell(*LOGIN, DESK, "3", "1", "1", "0", "2", "", "", "0", "0")
    assert "Systems: add one" not in said
    assert "Type one of these numbers: 1, 2, 0." in said
