"""Completion, in a real shell."""

from __future__ import annotations

import os
import pty
import select
import subprocess
from pathlib import Path
from shutil import which

import pytest

from tests.commands.conftest import Commands


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("us", {"user"}),
        ("user re", {"reset-password"}),
        ("order place --dr", {"--dry-run"}),
    ],
)
def test_bash_completes_commands_and_options(
    commands: Commands, tmp_path: Path, typed: str, offered: set[str]
) -> None:
    script = tmp_path / "completion.bash"
    script.write_text(commands.done("completion", "bash").out)
    words = f"keycode-portal {typed}"
    ran = subprocess.run(
        [
            "bash",
            "--norc",
            "-c",
            f"source {script}; COMP_WORDS=({words}); COMP_CWORD={len(words.split()) - 1};"
            " _shtab_keycode_portal keycode-portal; printf '%s\\n' \"${COMPREPLY[@]}\"",
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert set(ran.stdout.split()) == offered


@pytest.mark.parametrize(
    "typed",
    [
        "order place o",
        "order place x --result o",
        "system import o",
        "backup o",
        "restore o",
        "--store o",
    ],
)
def test_a_real_bash_completes_files_where_a_file_is_meant(
    commands: Commands, tmp_path: Path, typed: str
) -> None:
    (tmp_path / "orders.csv").mkdir() if "store" in typed else (tmp_path / "orders.csv").touch()
    script = tmp_path / "completion.bash"
    script.write_text(commands.done("completion", "bash").out)
    ours, its = pty.openpty()
    shell = subprocess.Popen(
        ["bash", "--norc", "--noprofile", "-i"],
        stdin=its,
        stdout=its,
        stderr=its,
        env={"PATH": os.environ["PATH"], "PS1": "$ ", "TERM": "dumb", "HOME": str(tmp_path)},
        cwd=tmp_path,
        start_new_session=True,
    )
    os.close(its)
    try:
        os.write(ours, b"source completion.bash; echo re''ady\n")
        _until(ours, b"ready")
        os.write(ours, f"keycode-portal {typed}\t".encode())
        _until(ours, f"keycode-portal {typed}rders.csv".encode())
    finally:
        shell.kill()
        shell.wait()
        os.close(ours)


def _until(terminal: int, wanted: bytes) -> None:
    """Read until it is there; a shell that never says it fails the test."""
    seen = b""
    while wanted not in seen:
        ready, _, _ = select.select([terminal], [], [], 60)
        assert ready, seen
        seen += os.read(terminal, 4096)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("order pl", "place"),
        ("order place --dr", "--dry-run"),
        ("order place o", "orders.csv"),
        ("order place x --result o", "orders.csv"),
    ],
)
@pytest.mark.skipif(
    not (which("fish") or "CI" in os.environ), reason="fish is not installed (CI installs it)"
)
def test_fish_completes_commands_options_and_files(
    commands: Commands, tmp_path: Path, typed: str, offered: str
) -> None:
    (tmp_path / "orders.csv").touch()
    (tmp_path / "completion.fish").write_text(commands.done("completion", "fish").out)
    line = f"source completion.fish; complete --do-complete 'keycode-portal {typed}'"
    found = subprocess.run(
        ["fish", "--no-config", "--command", line],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert [each.split("\t")[0] for each in found.stdout.splitlines()] == [offered]
