"""The people of a company in plain mode."""

from __future__ import annotations

from tests.plain.conftest import LOGIN, Plain
from tests.support.guide import COMPANY, PASSWORD

PEOPLE = "15"


def test_an_administrator_adds_somebody_and_closes_the_account(plain: Plain) -> None:
    plain.done("user", "role", COMPANY, "jsmith", "company-admin")
    said = plain.tell(
        *LOGIN,
        *(PEOPLE, "3", "anna", "Anna", "Essai", "nowhere", "2", PASSWORD),
        *("anna", "Anna", "Essai", "anna@example.com", "2", PASSWORD),
        *("1", "4", "0", "0"),
    )
    assert "“nowhere” is not an e-mail address" in said
    assert "“anna” is added." in said
    assert "shown only this once" in said
    assert "The account of “anna” is closed." in said
