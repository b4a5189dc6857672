"""Completion, in a real shell."""

from __future__ import annotations

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
