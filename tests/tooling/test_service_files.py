"""The units of systemd are accepted by it, and name commands that there are; so does the
Containerfile."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.environment import COMMAND, ROOT

UNITS = sorted((ROOT / "data" / "systemd").iterdir())
CONTAINERFILE = ROOT / "data" / "container" / "Containerfile"
PROGRAM = "/opt/keycode-portal/bin/keycode-portal"


def test_every_timer_has_its_service() -> None:
    names = {unit.name for unit in UNITS}
    assert {unit.stem for unit in UNITS if unit.suffix == ".timer"} == {
        "keycode-portal-backup",
        "keycode-portal-check",
    }
    assert all(f"{unit.stem}.service" in names for unit in UNITS if unit.suffix == ".timer")


def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None and not os.environ.get("CI"):
        pytest.skip("needs systemd-analyze (apt-get install systemd)")
    assert program is not None
    for unit in UNITS:
        text = unit.read_text().replace(PROGRAM, str(COMMAND))
        (tmp_path / unit.name).write_text(text)
    said = subprocess.run(
        [program, "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    ours = [line for line in said.stderr.splitlines() if "keycode-portal" in line]
    assert (said.returncode, ours) == (0, []), said.stderr


@pytest.mark.parametrize("unit", [each for each in UNITS if each.suffix == ".service"], ids=str)
def test_a_service_runs_a_command_that_there_is(unit: Path) -> None:
    (line,) = re.findall(r"^ExecStart=(.*)$", unit.read_text(), re.MULTILINE)
    words = shlex.split(line.split(PROGRAM)[1].strip().strip("'"))
    command = next(word for word in words if not word.startswith(("-", "/")) and word != "--store")
    helped = subprocess.run(
        [str(COMMAND), command, "--help"], capture_output=True, text=True, check=False, timeout=60
    )
    assert helped.returncode == 0, line


def test_the_containerfile_has_what_a_builder_needs() -> None:
    """No builder is needed for this, and none is tried: each instruction is one that there is."""
    text = CONTAINERFILE.read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    instructions = {line.split()[0] for line in lines}
    assert instructions <= {"FROM", "COPY", "RUN", "USER", "ENV", "EXPOSE", "CMD"}
    assert lines[0].startswith("FROM ")
    assert "USER keycodes" in lines
    assert "serve --kiosk" in lines[-1]
