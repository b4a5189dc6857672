"""`people`: a company's administrator, his password on standard input, his company alone."""

from __future__ import annotations

import pytest

from tests.commands.conftest import Commands
from tests.commands.test_ssh_keys import KEY

PASSWORD = "a good long password"  # invented
ADMIN = ("--as", "Société d'Essai/chef")


@pytest.fixture
def with_admin(installed: Commands) -> Commands:
    installed.done(
        *("user", "add", "Société d'Essai", "chef", "--last-name", "Chef", "--first-name", "C"),
        *("--email", "chef@example.com", "--role", "company-admin", "--password-stdin"),
        given=f"{PASSWORD}\n",
    )
    return installed


def add() -> tuple[str, ...]:
    return (
        *("people", "add", "anna", "--last-name", "Essai", "--first-name", "Anna"),
        *("--email", "anna@example.com", *ADMIN, "--json"),
    )


def test_somebody_is_added_changed_closed_and_opened(with_admin: Commands) -> None:
    added = with_admin.done(*add(), given=f"{PASSWORD}\n").json
    assert (added["login"], added["role"], added["temporary_password"]) == ("anna", "order", True)
    assert added["password"].count("-") > 3
    with_admin.done("people", "edit", "ANNA", "--email", "new@example.com", *ADMIN)
    with_admin.done("people", "role", "anna", "read", *ADMIN, given=f"{PASSWORD}\n")
    with_admin.done("people", "close", "anna", *ADMIN)
    anna = next(
        each
        for each in with_admin.done("people", "list", *ADMIN, "--json").json
        if each["login"] == "anna"
    )
    assert (anna["email"], anna["last_name"], anna["role"], anna["closed"]) == (
        *("new@example.com", "Essai", "read", True),
    )
    with_admin.done("people", "open", "anna", *ADMIN)
    issued = with_admin.done("people", "issue", "anna", *ADMIN, given=f"{PASSWORD}\n")
    assert "shown only this once" in issued.out
    with_admin.done("people", "end-sessions", "anna", *ADMIN)
    listed = with_admin.done("people", "list", *ADMIN).out
    assert max(map(len, listed.splitlines())) <= 80


def test_a_key_is_added_with_the_password_before_it(with_admin: Commands) -> None:
    with_admin.done("people", "key-add", "jdupont", *ADMIN, "--json", given=f"{PASSWORD}\n{KEY}")
    (key,) = with_admin.done("people", "key-list", "jdupont", *ADMIN, "--json").json
    assert key["comment"] == "a laptop"
    assert key["fingerprint"] in with_admin.done("people", "key-list", "jdupont", *ADMIN).out
    with_admin.done("people", "key-remove", "jdupont", key["fingerprint"], *ADMIN)
    assert with_admin.done("people", "key-list", "jdupont", *ADMIN, "--json").json == []
    gone = with_admin("people", "key-remove", "jdupont", key["fingerprint"], *ADMIN, "--json")
    assert (gone.status, gone.json["error"]) == (1, "SshKeyUnknown")


def test_what_is_not_allowed_changes_nothing(with_admin: Commands) -> None:
    before = with_admin.done("user", "list", "--json").json
    for words, given, error in (
        (add(), "wrong\n", "PasswordWrong"),
        (add(), "", "PasswordWrong"),
        (("people", "close", "chef", *ADMIN, "--json"), "", "NotOneself"),
        (("people", "close", "nobody", *ADMIN, "--json"), "", "UserUnknown"),
        (
            ("people", "role", "jdupont", "licence-desk", *ADMIN, "--json"),
            f"{PASSWORD}\n",
            "DeskAccount",
        ),
        (
            ("people", "list", "--as", "Société d'Essai/jdupont", "--json"),
            "",
            "NotAllowed",
        ),
    ):
        refused = with_admin(*words, given=given)
        assert (refused.status, refused.json["error"]) == (1, error), words
    assert with_admin.done("user", "list", "--json").json == before
    assert "--as needs a company" in with_admin("people", "list").err
    events = [each["event"] for each in with_admin.done("audit", "--json").json]
    assert events.count("confirm-refused") == 2
