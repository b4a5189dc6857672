"""What is written for the clipboard, through what stands between the portal and the terminal."""

from __future__ import annotations

import pytest

from tui.terminal.clipboard import Around, around, passed_on

COPY = "\x1b]52;c;NDQy\x07"


@pytest.mark.parametrize(
    ("environment", "between"),
    [
        ({"TERM": "xterm-256color"}, Around.NOTHING),
        ({}, Around.NOTHING),
        ({"TERM": "screen-256color", "TMUX": "default,1,0"}, Around.TMUX),
        ({"TERM": "tmux-256color"}, Around.TMUX),
        ({"TERM": "screen", "STY": "1.pts-0.host"}, Around.SCREEN),
        ({"TERM": "xterm", "STY": "1.pts-0.host"}, Around.SCREEN),
        ({"TERM": "screen.xterm-256color"}, Around.SCREEN),
    ],
)
def test_what_stands_around(environment: dict[str, str], between: Around) -> None:
    assert around(environment) is between


def test_nothing_around_takes_it_as_it_is() -> None:
    assert passed_on(COPY, {"TERM": "xterm"}) == COPY


def test_tmux_is_offered_it_and_asked_to_pass_it_on_with_every_escape_doubled() -> None:
    wrapped = "\x1bPtmux;\x1b\x1b]52;c;NDQy\x07\x1b\\"
    assert passed_on(COPY, {"TMUX": "x"}) == COPY + wrapped


def test_screen_is_asked_to_pass_it_on() -> None:
    assert passed_on(COPY, {"STY": "x"}) == f"{COPY}\x1bP{COPY}\x1b\\"
