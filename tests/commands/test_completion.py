"""Completion, in a real shell."""

from __future__ import annotations

import os
import pty
import select
import subprocess
from pathlib import Path

import pytest

from tests.commands.conftest import Commands


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("us", {"user"}),
        ("user re", {"reset-password"}),
        ("order --dr", {"--dry-run"}),
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
    ["order o", "order x --result o", "system import o", "backup o", "restore o", "--store o"],
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
