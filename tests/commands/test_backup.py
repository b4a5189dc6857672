"""Backup and restore as the licence desk does them, on one machine and on a fresh one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.errors import WriteFailed
from engine.store.folder.store import FolderStore
from tests.commands.conftest import SYSTEM, USER, Commands
from tui.commands.running import run


@pytest.fixture
def fresh(tmp_path: Path) -> Commands:
    """Another machine: no store, no keys."""
    (tmp_path / "fresh").mkdir()
    return Commands(tmp_path / "fresh")


def test_a_backup_goes_to_a_fresh_machine_and_orders_go_on(
    installed: Commands, fresh: Commands
) -> None:
    first = installed.done("order", installed.document(), "--as", USER, "--json").json
    target = installed.folder / "backup.tar.gz"
    made = installed.done("backup", str(target))
    assert made.out == f"{target}\n"
    assert "Backup of 3 systems." in made.err
    assert "It does not contain the signing keys" in made.err
    assert target.stat().st_mode & 0o777 == 0o600

    refused = fresh("restore", str(target))
    assert refused.status == 1
    assert f"“{fresh.store}-keys” is missing: put back your copy" in refused.err
    shutil.copytree(f"{installed.store}-keys", f"{fresh.store}-keys")
    restored = fresh.done("restore", str(target))
    assert restored.out == "3 systems restored.\n"
    assert "keycode-portal check" in restored.err
    fresh.done("check")
    assert fresh.done("show", SYSTEM, "--json").json["orders"] == [first]
    order = fresh.document(items={"BHW1095A": 1}, draft_id="after")
    second = fresh.done("order", order, "--as", USER, "--json").json
    assert second["order"] == f"{SYSTEM}-0002"
    fresh.done("verify", SYSTEM, first["keycode"])
    fresh.done("check")
    events = [line["event"] for line in fresh.done("audit", "--json").json]
    assert events[-3:] == ["backup", "restore", "order"]


def test_a_backup_with_keys_is_all_that_is_needed(installed: Commands, fresh: Commands) -> None:
    target = installed.folder / "backup.tar.gz"
    made = installed.done("backup", str(target), "--with-keys")
    assert "anyone who can read it can make keycodes" in made.err
    fresh.done("restore", str(target))
    fresh.done("check")
    fresh.done("order", fresh.document(), "--as", USER)
    again = fresh("restore", str(target))
    assert (again.status, "is not empty" in again.err) == (1, True)


def test_what_is_damaged_is_put_back_and_what_is_lost_is_said(installed: Commands) -> None:
    target = installed.folder / "backup.tar.gz"
    installed.done("backup", str(target))
    nothing = installed.done("restore", str(target), "--damaged")
    assert "nothing was changed" in nothing.err
    installed.done("order", installed.document(draft_id="d1"), "--as", USER)
    path = next(installed.store.glob(f"systems/*/{SYSTEM}.json"))
    path.write_bytes(b"")
    assert installed("check").status == 1
    restored = installed("restore", str(target), "--damaged")
    assert restored.status == 1
    assert restored.out == f"{path}\n"
    assert "order again" in restored.err
    assert f"{SYSTEM}-0001" in restored.err
    assert "Société d'Essai/jdupont" in restored.err
    again = installed("restore", str(target), "--damaged")  # the first answer was not seen
    assert again.status == 1
    assert f"{SYSTEM}-0001" in again.err
    found = installed("check")
    assert found.status == 1
    assert f"Order it again, then `check --settle {SYSTEM}-0001`" in found.out
    second = installed.done("order", installed.document(draft_id="d2"), "--as", USER, "--json")
    assert second.json["order"] == f"{SYSTEM}-0002"  # the number is not given again
    assert installed("check").status == 1
    installed.done("check", "--settle", f"{SYSTEM}-0001")
    assert installed("check", "--settle", f"{SYSTEM}-0001").status == 1
    installed.done("check")
    installed.done("restore", str(target), "--damaged")
    said = installed.done("audit").out
    assert "order lost" in said
    assert "lost order settled" in said


def test_files_that_are_no_backup_change_nothing(installed: Commands, fresh: Commands) -> None:
    target = installed.folder / "backup.tar.gz"
    installed.done("backup", str(target))
    assert installed("backup", str(target)).status == 1
    shutil.copytree(f"{installed.store}-keys", f"{fresh.store}-keys")
    for content in (b"", b"no backup at all", target.read_bytes()[:-1000]):
        answer = fresh("restore", fresh.file("wrong", content))
        assert answer.status == 1
        assert answer.err.startswith("Nothing was restored: “")
        assert not fresh.store.exists()
    answer = fresh("restore", str(fresh.folder / "nowhere"))
    assert (answer.status, "no such file" in answer.err) == (1, True)


def test_a_restore_that_the_log_cannot_be_told_of_is_still_one(
    installed: Commands,
    fresh: Commands,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    target = installed.folder / "backup.tar.gz"
    installed.done("backup", str(target), "--with-keys")

    def refuse(*_: object, **__: object) -> None:
        raise WriteFailed(path=str(fresh.store), reason="ENOSPC")

    monkeypatch.setattr(FolderStore, "record", refuse)
    assert run(["--store", str(fresh.store), "restore", str(target)]) == 1
    said = capsys.readouterr()
    assert said.out == "3 systems restored.\n"
    assert "The store is restored, but the audit log has no line for it:" in said.err
    assert "the disk is full" in said.err
    fresh.done("check")
