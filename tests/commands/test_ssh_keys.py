"""`user key`, and what `ssh` says where there is no sshd."""

from __future__ import annotations

import pytest

from tests.commands.conftest import Commands

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDXr2vYfJzkA8h2zq1cE9mB4r2yQmJk8v2mXoWZ1bS4c a laptop\n"
USER = ("Société d'Essai", "jdupont")


def test_a_key_is_added_listed_and_removed(installed: Commands) -> None:
    added = installed.done("user", "key", "add", *USER, installed.file("a.pub", KEY), "--json")
    key = added.json
    assert (key["company"], key["login"], key["comment"]) == (*USER, "a laptop")
    assert key["fingerprint"] in added.err
    listed = installed.done("user", "key", "list")
    assert key["fingerprint"] in listed.out
    assert max(map(len, listed.out.splitlines())) <= 80
    assert installed.done("user", "key", "list", *USER, "--json").json == [key]
    line = installed.done("ssh", "keys", key["fingerprint"]).out
    assert line == f"restrict,pty {' '.join(KEY.split()[:2])}\n"
    again = installed("user", "key", "add", *USER, "-", given=KEY)
    assert (again.status, again.out) == (1, "")
    assert "known here already" in again.err
    installed.done("user", "disable", *USER)
    assert installed.done("ssh", "keys", key["fingerprint"]).out == ""
    installed.done("user", "key", "remove", key["fingerprint"])
    assert installed.done("user", "key", "list", "--json").json == []
    gone = installed("user", "key", "remove", key["fingerprint"])
    assert gone.status == 1
    assert key["fingerprint"] in gone.err
    events = [each["event"] for each in installed.done("audit", "--json").json]
    assert events[-3:] == ["ssh-key-add", "user-disable", "ssh-key-remove"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f'command="sh" {KEY}', "Options before an SSH key are not accepted"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\n", "Keep it secret"),
        ("", "There is no SSH key here"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_what_is_no_key_changes_nothing(installed: Commands, text: str, said: str) -> None:
    answer = installed("user", "key", "add", *USER, given=text)
    assert (answer.status, answer.out) == (1, "")
    assert said in answer.err
    assert installed.done("user", "key", "list", "--json").json == []


def test_keys_go_with_a_backup_and_come_back(installed: Commands) -> None:
    installed.done("user", "key", "add", *USER, given=KEY)
    kept = installed.done("user", "key", "list", "--json").json
    backup = str(installed.folder / "backup")
    installed.done("backup", backup, "--with-keys")
    assert installed.done("check").status == 0
    fresh = Commands(installed.folder / "fresh")
    fresh.folder.mkdir()
    fresh.done("restore", backup)
    assert fresh.done("user", "key", "list", "--json").json == kept
    assert fresh.done("check").status == 0


def test_a_removed_key_does_not_come_back_with_what_is_damaged(installed: Commands) -> None:
    installed.done("user", "key", "add", *USER, given=KEY)
    (document,) = (installed.store / "ssh-keys").iterdir()
    whole = document.read_bytes()
    backup = str(installed.folder / "backup")
    installed.done("backup", backup)
    document.write_bytes(whole[:-9])
    damaged = installed("check")
    assert (damaged.status, document.name in damaged.out + damaged.err) == (1, True)
    installed.done("restore", backup, "--damaged")
    assert document.read_bytes() == whole
    fingerprint = installed.done("user", "key", "list", "--json").json[0]["fingerprint"]
    installed.done("user", "key", "remove", fingerprint)
    installed.done("restore", backup, "--damaged")
    assert installed.done("user", "key", "list", "--json").json == []


def test_without_sshd_a_command_is_refused_and_nothing_shown(installed: Commands) -> None:
    answer = installed("ssh", SSH_ORIGINAL_COMMAND="order list")
    assert (answer.status, answer.out) == (2, "")
    assert "The server does not say which SSH key this is" in answer.err
    helped = installed.done("ssh", SSH_ORIGINAL_COMMAND="help")
    assert "export 03FFFF0302AD4-0001" in helped.out
