"""`try-database`: a server and an installation on invented data, until Ctrl+C."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import SYSTEM, Commands
from tests.support.postgresql import USER
from tui.commands import try_database
from tui.commands.running import run


def test_root_is_told_to_use_another_account(commands: Commands) -> None:
    if os.geteuid() == 0:
        answer = commands("try-database")
        assert (answer.status, "does not run as root" in answer.err) == (2, True)


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that another account can get to, too."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_a_newcomer_tries_it_and_nothing_is_left(
    place: Path,
    commands: Commands,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In this process; where it is root's, PostgreSQL's programs run as another."""
    real = subprocess.run
    folder = place / "pg"

    def started(words: list[str], **options: Any) -> Any:
        if USER and "/postgresql/" in words[0]:
            shutil.chown(folder, USER)
            options["user"] = USER
        return real(words, **options)

    asked: list[str] = []

    def pause() -> None:
        commands.store = folder / "store"
        asked.append(commands.done("order", "list").out)
        commands.done("check")
        asked.append(commands.done("show", SYSTEM).out)
        raise KeyboardInterrupt

    monkeypatch.setattr(try_database, "is_root", lambda: False)
    monkeypatch.setattr(subprocess, "run", started)
    monkeypatch.setattr(signal, "pause", pause)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    assert run(["try-database", str(folder)]) == 0
    said = capsys.readouterr()
    assert "Never for real orders" in said.err
    assert f"--store {folder}/store" in said.out
    assert SYSTEM in asked[0]
    assert not (folder / "data" / "postmaster.pid").exists()
    assert run(["try-database", str(folder)]) == 2


def test_without_postgresql_it_is_said(
    commands: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(try_database, "is_root", lambda: False)
    monkeypatch.setattr(try_database, "_programs", lambda: None)
    assert run(["try-database"]) == 2
    assert "There is no PostgreSQL here" in capsys.readouterr().err
    assert not list(Path(commands.folder).glob("keycode-portal-*"))
