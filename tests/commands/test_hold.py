"""A company on hold reads, and orders nothing: by command, in plain mode, on the screens."""

from __future__ import annotations

import pytest

from tests.commands.conftest import SYSTEM, USER, Commands

COMPANY = "Société d'Essai"


def test_on_hold_nothing_is_ordered_until_it_is_released(installed: Commands) -> None:
    held = installed.done("company", "hold", COMPANY, "--json")
    assert held.json["on_hold"] is True
    assert f"{COMPANY} (on hold)" in installed.done("company", "list").out
    for words in (
        ("order", "place", installed.document(), "--as", USER, "--json"),
        ("upgrade", SYSTEM, "R5.2", "--as", USER, "--json"),
    ):
        refused = installed(*words)
        assert refused.status == 1
        assert refused.json["error"] == "CompanyOnHold"
    assert installed.done("show", SYSTEM, "--json").json["orders"] == []
    released = installed.done("company", "release", COMPANY, "--json")
    assert "on_hold" not in released.json
    installed.done("order", "place", installed.document(), "--as", USER)
    events = [each["event"] for each in installed.done("audit", "--json").json]
    assert [each for each in events if each.startswith("company-")][-2:] == [
        "company-hold",
        "company-release",
    ]
    assert installed.done("check").status == 0


@pytest.mark.parametrize("word", ["hold", "release"])
def test_an_unknown_company_is_refused(installed: Commands, word: str) -> None:
    refused = installed("company", word, "Societe d'Essay")
    assert (refused.status, refused.out) == (1, "")
    assert f"Did you mean “{COMPANY}”?" in refused.err
