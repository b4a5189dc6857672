"""A disk on which nothing can be written: people log in, look things up, and are not locked in."""

from __future__ import annotations

import subprocess

import pytest

from engine.settings import Language
from tests.support.environment import COMMAND
from tests.support.guide import COMPANY, LOGIN, PASSWORD, SYSTEM
from tests.support.installation import Installation
from tests.support.operator import Operator
from tests.support.terminal import Terminal

FULL = ("sh", "-c", 'ulimit -f 0; exec "$0" "$@"', str(COMMAND))
"""Every write to a file is refused: as on a full disk, for one program."""
ONLY_READS = "Nothing can be saved at the moment: you can look things up, but not order."
REFUSED: dict[Language, str] = {"en": "Nothing was changed", "fr": "Rien n’a été modifié"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_on_the_screens(installation: Installation, language: Language) -> None:
    before = {path: path.read_bytes() for path in installation.store.rglob("*.json*")}
    words = (f"--language={language}",)
    with Terminal(*words, environment=installation.environment(), program=FULL) as terminal:
        operator = Operator(terminal, language)
        operator.logs_in()
        operator.sees(ONLY_READS)
        terminal.press("f4", SYSTEM, "enter")
        terminal.wait_for("442Z P5M1 V5")
        operator.goes_to_validation()
        operator.goes_to_confirm()
        terminal.press("enter")
        terminal.wait_for(REFUSED[language])
        terminal.press("f10")
        terminal.wait_for_mark(operator.says("Stay"))
        terminal.press("tab", "tab")
        terminal.wait_for_mark(operator.says("Discard it and log out"))
        terminal.watch(0.6)
        terminal.press("enter")
        operator.sees("You are logged out.")
        assert operator.leaves() == 0
    now = {path: path.read_bytes() for path in installation.store.rglob("*.json*")}
    assert now == before


def test_in_lines(installation: Installation) -> None:
    answers = (COMPANY, LOGIN, PASSWORD, "3", SYSTEM, "0", "", "4", "0")
    ran = subprocess.run(
        [*FULL, "--plain"],
        input="".join(f"{line}\n" for line in answers),
        env=installation.environment(),
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    assert "442Z P5M1 V5" in ran.stdout
    assert "2008-0814" in ran.stdout
    assert ONLY_READS in ran.stdout
    assert "You are logged out." in ran.stdout
