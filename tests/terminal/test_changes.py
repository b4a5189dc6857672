"""What is sent to the terminal, which is only what changes, shows what the screens draw."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from random import Random

import pyte
import pytest

from tests.support.installation import Installation
from tests.support.operator import TO_VALIDATION, Operator
from tests.support.terminal import Terminal

TOLD_BY = str(Path(__file__).with_name("changes_told.py"))
WANDERING = ("tab", "down", "up", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "escape", "9")
SIZES = ((80, 24), (100, 30), (80, 24), (60, 15))
DEPTHS = {
    "16 colours": {"TERM": "xterm", "COLORTERM": ""},
    "256 colours": {"TERM": "xterm-256color", "COLORTERM": ""},
    "all colours": {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
}


class Shown(pyte.Screen):
    """A terminal's screen and what feeds it."""

    def __init__(self, columns: int, rows: int) -> None:
        super().__init__(columns, rows)
        self.stream = pyte.Stream(self)


@pytest.mark.parametrize("depth", DEPTHS)
def test_after_every_write_the_terminal_shows_what_was_drawn(
    installation: Installation, tmp_path: Path, depth: str
) -> None:
    told = tmp_path / "told"
    program = (sys.executable, TOLD_BY, str(told))
    environment = {**installation.environment(), **DEPTHS[depth]}
    random = Random(depth)  # noqa: S311  # the same keys every time
    with Terminal("demo", environment=environment, program=program) as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        terminal.press(*TO_VALIDATION)
        operator.at_step(4)
        for size in SIZES:
            terminal.resize(*size)
            terminal.press(*random.choices(WANDERING, k=40))
            terminal.watch(0.3)
    before, after = the_same_screens(told)
    assert after < before / 2


def the_same_screens(told: Path) -> tuple[int, int]:
    """Bytes drawn and sent, when both show the same after every write."""
    full, short = Shown(1, 1), Shown(1, 1)
    before = after = 0
    for line in told.read_text(encoding="utf-8").splitlines():
        columns, rows, drawn, sent = json.loads(line)
        if (full.columns, full.lines) != (columns, rows):
            full, short = Shown(columns, rows), Shown(columns, rows)
        full.stream.feed(drawn)
        short.stream.feed(sent)
        assert short.buffer == full.buffer
        assert (short.cursor.x, short.cursor.y) == (full.cursor.x, full.cursor.y)
        before, after = before + len(drawn), after + len(sent)
    return before, after
