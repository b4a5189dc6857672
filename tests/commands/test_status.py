"""`status`, for people and for monitoring."""

from __future__ import annotations

import re

from tests.commands.conftest import Commands


def test_it_names_what_is_missing_and_ends_with_it(installed: Commands) -> None:
    said = installed("status")
    assert said.status == 1
    assert "No backup was made in the last 7 days" in said.out
    assert max(map(len, said.out.splitlines())) <= 80
    installed.done("backup", str(installed.folder / "backup"))
    well = installed.done("status")
    assert "All is well." in well.out
    data = installed.done("status", "--json").json
    assert (data["well"], data["problems"], data["signing_key"]) == (True, [], 1)
    assert data["last_backup"]
    installed.done("key", "rotate")
    assert installed.done("status", "--json").json["signing_key"] == 2


def test_prometheus_reads_it(installed: Commands) -> None:
    lines = installed("status", "--prometheus").out.splitlines()
    values = dict(line.split() for line in lines if not line.startswith("#"))
    assert values["keycode_portal_up"] == "1"
    assert values["keycode_portal_well"] == "0"
    assert all(re.fullmatch(r"keycode_portal_\w+ -?\d+|# TYPE \w+ gauge", line) for line in lines)
    installed.store.joinpath("VERSION").unlink()
    gone = installed("status", "--prometheus")
    assert gone.status == 1
    assert "keycode_portal_up 0" in gone.out


def test_it_knows_who_is_there(installed: Commands) -> None:
    issued = installed.done("user", "reset-password", "Société d'Essai", "jdupont").out.strip()
    with installed.open() as terminal:
        terminal.wait_for("Company name")
        terminal.press("Société d'Essai", "enter", "jdupont", "enter", issued, "enter")
        terminal.wait_for("choose your own now")
        data = installed("status", "--json").json
        assert data["portals"] == 1
        assert [each["user"].rpartition("/")[2] for each in data["logged_in"]] == ["jdupont"]
        assert "Société d'Essai/jdupont" in installed("status").out
