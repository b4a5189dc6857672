"""What is around the portal (terminal, environment, other programs) has no hold on it."""

from __future__ import annotations

import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.support.environment import COMMAND
from tests.support.installation import Installation
from tests.support.operator import KEYCODE, TO_ITEMS, Operator
from tests.support.screen import SIZE
from tests.support.terminal import Terminal
from tui.terminal.window import LARGEST

TEXTUAL = {
    "TEXTUAL_PRESS": "f10,tab,enter",
    "TEXTUAL_DRIVER": "textual.drivers.headless_driver:HeadlessDriver",
    "TEXTUAL_LOG": "LOG",
    "TEXTUAL_SCREENSHOT": "0",
    "TEXTUAL_SCREENSHOT_LOCATION": "SHOTS",
    "TEXTUAL_SCREENSHOT_FILENAME": "shot.svg",
    "TEXTUAL_DEBUG": "1",
    "TEXTUAL": "devtools,debug",
    "TEXTUAL_ALLOW_SIGNALS": "1",
    "TEXTUAL_COLOR_SYSTEM": "nonsense",
    "TEXTUAL_FPS": "nonsense",
    "TEXTUAL_ANIMATIONS": "nonsense",
    "TEXTUAL_THEME": "nonsense",
    "TEXTUAL_DIM_FACTOR": "nonsense",
}
AUDIT = """
import os, sys
STARTED = ("subprocess.Popen", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.system",
           "os.spawn", "pty.spawn")
def note(event, arguments):
    if event in STARTED:
        with open(os.environ["STARTED"], "a") as file:
            file.write(event + "\\n")
sys.addaudithook(note)
"""


@pytest.mark.parametrize("kind", ["dumb", "unknown", ""])
def test_a_terminal_that_can_show_no_screens_gets_plain_lines(
    demo: Installation, kind: str
) -> None:
    with demo.open("demo", TERM=kind) as terminal:
        terminal.wait_for("Company name")
        assert b"\x1b" not in terminal.output


def test_nobody_there_ends_at_once_and_says_so(demo: Installation) -> None:
    ran = subprocess.run(
        [COMMAND, "demo"],
        env=demo.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert ran.returncode == 2
    assert "keycode-portal --help" in ran.stderr
    assert "\x1b" not in ran.stdout + ran.stderr


def test_textuals_own_variables_have_no_effect(demo: Installation) -> None:
    folder = demo.folder / "hostile"
    folder.mkdir()
    set_to = {name: value for name, value in TEXTUAL.items() if not value.isupper()}
    paths = {name: str(folder / value) for name, value in TEXTUAL.items() if value.isupper()}
    with demo.open("demo", **set_to, **paths) as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        terminal.press("ctrl+c")
        operator.sees("To log out, press F10 (or Esc, then 0).")
        operator.logs_out()
        assert operator.leaves() == 0
    assert list(folder.iterdir()) == []


def test_no_program_is_ever_started(demo: Installation) -> None:
    """An operator whose only command is the portal stays inside it."""
    (demo.folder / "sitecustomize.py").write_text(AUDIT)
    started = demo.folder / "started"
    watched = {"PYTHONPATH": str(demo.folder), "STARTED": str(started)}
    with demo.open("demo", **watched) as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        terminal.press("f1", "escape", "f4", "escape", "f6", "escape")
        operator.goes_to_validation()
        operator.confirms()
        terminal.press("tab", "enter")
        terminal.wait_for("Write a .txt file")
        terminal.press("enter")
        terminal.wait_for("Exported")
        terminal.press("f9")
        terminal.wait_for("clipboard")
        terminal.press("escape", "ctrl+p", "escape")
        operator.logs_out()
        assert operator.leaves() == 0
    assert not started.exists()


def test_the_watch_of_started_programs_watches(demo: Installation, tmp_path: Path) -> None:
    """… or the test above would prove nothing."""
    (tmp_path / "sitecustomize.py").write_text(AUDIT)
    started = tmp_path / "started"
    subprocess.run(
        ["python3", "-c", "import os; os.system('true')"],
        env=demo.environment(PYTHONPATH=str(tmp_path), STARTED=str(started)),
        check=True,
    )
    assert started.read_text() == "os.system\n"


def test_colours_are_left_out_on_request(demo: Installation) -> None:
    with demo.open("demo", NO_COLOR="1") as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        terminal.press(*TO_ITEMS)
        operator.at_step(2)
        colours = {
            char.fg if char.fg != "default" else char.bg for row in terminal.cells() for char in row
        }
    assert all(is_grey(colour) for colour in colours), colours


def is_grey(colour: str) -> bool:
    return colour == "default" or len({colour[:2], colour[2:4], colour[4:]}) == 1


@pytest.mark.parametrize(
    "kind",
    ["xterm-256color", "xterm", "screen-256color", "tmux-256color", "linux", "vt100", "rxvt"],
)
def test_the_guides_order_on_terminals_of_every_kind(demo: Installation, kind: str) -> None:
    with demo.open("demo", TERM=kind) as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        operator.goes_to_validation()
        operator.confirms()
        terminal.wait_for(KEYCODE)


@pytest.mark.parametrize(
    ("columns", "lines"), [("40", "10"), ("100000", "100000"), ("0", "-1"), ("x", "")]
)
def test_the_terminal_knows_its_size_better(demo: Installation, columns: str, lines: str) -> None:
    with demo.open("demo", COLUMNS=columns, LINES=lines) as terminal:
        Operator(terminal).logs_in()


def test_a_terminal_without_a_size_gets_the_usual_one(demo: Installation) -> None:
    """As a serial line: nobody has told it."""
    with Terminal("demo", environment=demo.environment(), size=(0, 0), window=SIZE) as terminal:
        Operator(terminal).logs_in()


def test_a_giant_terminal_is_not_filled(demo: Installation) -> None:
    giant = (65_535, 65_535)
    with Terminal("demo", environment=demo.environment(), size=giant, window=LARGEST) as terminal:
        terminal.wait_for("Company name")
        peak = Path(f"/proc/{terminal.process.pid}/status").read_text().split("VmHWM:")[1]
        assert int(peak.split()[0]) < 400_000  # kB


RESIZED_MEANWHILE = """
import fcntl, runpy, struct, termios
from tui.full_screen.input.driver import PortalDriver

read = PortalDriver.terminal_size

def terminal_size(driver):
    size = read(driver)
    if size == (60, 24):
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    return size

PortalDriver.terminal_size = terminal_size
runpy.run_module("tui", run_name="__main__")
"""
"""The window gets its next size while the portal has read the one before, and has not told it."""


def test_the_last_of_two_sizes_is_the_one_that_counts(demo: Installation) -> None:
    program = (sys.executable, "-c", RESIZED_MEANWHILE)
    with Terminal("demo", environment=demo.environment(), program=program) as terminal:
        terminal.wait_for("Company name")
        terminal._tell_size(60, 24)
        terminal.wait_for(lambda: termios.tcgetwinsize(terminal.master) == (24, 80))
        Operator(terminal).is_answered()


def test_all_of_an_order_is_legible_in_the_c_locale(demo: Installation) -> None:
    """Every page in ASCII, with no sign for what has no letter there."""
    with demo.open("demo", LC_ALL="C", TERM="linux") as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        pages = [terminal.text]
        operator.goes_to_validation()
        pages.append(terminal.text)
        operator.confirms()
        pages.append(terminal.text)
    for page in pages:
        assert page.isascii()
        assert "?" not in page
