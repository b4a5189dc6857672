"""The kiosk: it invites in both languages, cannot be left, looks after itself, writes nothing."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.settings import LANGUAGES, Language
from tests.support.guide import REFERENCE, SYSTEM
from tests.support.installation import Installation
from tests.support.operator import Operator
from tests.support.terminal import Terminal
from tui.terminal.supervisor import CRASHES, GAVE_UP
from tui.wording.translation import _, in_language

PROGRAM = Path(__file__).with_name("kiosk_told.py")
GONE = 2.0
START = ("Press any key to begin", "Appuyez sur une touche")
HOME = "Latest orders of your company"
CONTROLS = "".join(chr(code) for code in range(0x20) if chr(code) not in "\t\n\r\x10\x1b")
"""Every key with Ctrl but Tab, Enter, Esc and Ctrl+P, which are used: with them C, Q, Z, \\, D."""
OTHERS = (
    "\x1b[21;2~",
    "\x1b[21;5~",
    "\x1b[3;5~",
    "\x1bq",
    "\x1bx",
    "\x1b[1;3S",
    "\x1b[200~:q\x1b[201~",
)
"""F10 with Shift and Ctrl, Ctrl+Del, Alt+Q, Alt+X, Alt+F4, a paste."""
BEGUN = b"\x1b[?1049h"
"""A session takes the terminal's other screen."""


@contextmanager
def opened(demo: Installation) -> Iterator[Terminal]:
    """A kiosk at its start page."""
    with demo.open("demo", "--kiosk") as terminal:
        terminal.wait_for(*START)
        yield terminal


@contextmanager
def told(demo: Installation, *more: str, idle: float = 600.0) -> Iterator[Terminal]:
    """A kiosk that tells what it does to files, idles shorter than two minutes or is broken."""
    (demo.folder / "tmp").mkdir()
    before = everything(demo.folder)
    environment = demo.environment(
        TMPDIR=str(demo.folder / "tmp"),
        XDG_CONFIG_HOME=str(demo.folder / "config"),
        XDG_DATA_HOME=str(demo.folder / "data"),
        XDG_CACHE_HOME=str(demo.folder / "cache"),
        PYTHONDONTWRITEBYTECODE="1",
    )
    log = demo.folder / "told"
    program = (sys.executable, str(PROGRAM), str(log), str(idle), *more)
    with Terminal(environment=environment, program=program) as terminal:
        terminal.wait_for(*START)
        yield terminal
    assert log.read_text() == ""
    log.unlink()
    assert everything(demo.folder) == before


def everything(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


def enters(terminal: Terminal) -> None:
    """From the start page to the login, which is filled in."""
    terminal.press("x")
    sees_login(terminal, "Log in")


def sees_login(terminal: Terminal, button: str) -> None:
    """The login, with nothing left of the start page."""
    terminal.wait_for_mark(button)
    terminal.wait_for(lambda: START[0] not in terminal.text)


def logs_in(terminal: Terminal) -> None:
    """From the start page to home."""
    enters(terminal)
    terminal.press("enter")
    terminal.wait_for(HOME, "2008-0814")


def places_the_order(terminal: Terminal) -> Operator:
    """The guide's order, from the start page."""
    operator = Operator(terminal)
    logs_in(terminal)
    operator.goes_to_validation()
    operator.confirms()
    return operator


def is_answered(terminal: Terminal) -> None:
    """Every key so far has been worked off: F5 twice is the last of them."""
    terminal.press("f5")
    terminal.wait_for("F5 English")
    terminal.press("f5")
    terminal.wait_for("F5 Français")


def tries_all_ways_out(terminal: Terminal) -> None:
    for way_out in (CONTROLS, *OTHERS):
        terminal.press(way_out)
        is_answered(terminal)


def session(terminal: Terminal) -> int:
    """The process of the session that the keeper looks after."""
    pid = terminal.process.pid
    (child,) = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(child)


def crash(terminal: Terminal, number: signal.Signals = signal.SIGKILL) -> None:
    """Let the session end in a way that it cannot handle, and wait for the next one."""
    before, begun = session(terminal), terminal.output.count(BEGUN)
    os.kill(before, number)
    terminal.wait_for(lambda: terminal.output.count(BEGUN) > begun, *START)
    assert session(terminal) != before


def test_the_start_page_invites_in_both_languages(demo: Installation) -> None:
    with opened(demo) as terminal:
        terminal.wait_for("demonstration", "démonstration", "Company name", "Nom de la société")
        lines = terminal.text.splitlines()
        for text in ("Demo Telecom", "jsmith", "demonstration only", SYSTEM):
            assert any(line.count(text) == 2 for line in lines), text


@pytest.mark.parametrize(
    ("key", "login"), [("x", "Log in"), ("enter", "Log in"), ("f5", "Connexion")]
)
def test_a_key_leads_to_the_login_that_is_filled_in(
    demo: Installation, key: str, login: str
) -> None:
    with opened(demo) as terminal:
        terminal.press(key)
        terminal.wait_for_mark(login)
        terminal.wait_for("Demo Telecom\n", "jsmith\n", "•••••\n")
        terminal.press("enter")
        terminal.wait_for("2008-0814")


def test_f10_leads_to_the_start_page_and_no_further(demo: Installation) -> None:
    with opened(demo) as terminal:
        child = session(terminal)
        logs_in(terminal)
        Operator(terminal).logs_out()
        for keys in (("f10",), ("escape", "0")):
            terminal.press(*keys)
            terminal.wait_for(*START)
            terminal.press(*keys)
            sees_login(terminal, "Log in")
        assert session(terminal) == child


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        (("f1",), "Next page >>"),
        (("f2", SYSTEM), "[1 ID]"),
        (("f4",), "For example 24/11/2026"),
        (("f6",), "User details"),
    ],
)
def test_no_other_key_leads_out(demo: Installation, keys: tuple[str, ...], place: str) -> None:
    with opened(demo) as terminal:
        child = session(terminal)
        enters(terminal)
        tries_all_ways_out(terminal)
        terminal.press("enter")
        terminal.wait_for(HOME, "2008-0814")
        tries_all_ways_out(terminal)
        terminal.press(*keys)
        terminal.wait_for(place)
        tries_all_ways_out(terminal)
        assert session(terminal) == child


def test_no_key_leads_out_of_the_start_page(demo: Installation) -> None:
    with opened(demo) as terminal:
        child = session(terminal)
        for key in (*CONTROLS, *OTHERS, "f1", "f10"):
            terminal.press(key, "f2")  # which begins, if the key has no meaning at all
            terminal.wait_for("Ctrl+P")
            terminal.press("f10")
            terminal.wait_for(*START)
        assert session(terminal) == child


def test_the_menu_offers_no_way_out(demo: Installation) -> None:
    with opened(demo) as terminal:
        enters(terminal)
        terminal.press("ctrl+p")
        terminal.wait_for("Enter: choose")
        for word in ("Quit", "Screenshot", "Theme", "Maximize"):
            assert word not in terminal.text


def test_ctrl_c_says_where_to_go(demo: Installation) -> None:
    with opened(demo) as terminal:
        enters(terminal)
        terminal.press("ctrl+c")
        terminal.wait_for("F10 (or Esc, then 0) returns to the start page.")
        terminal.press("f1")
        terminal.wait_for("F10 Start page")
        terminal.press("ctrl+p")
        terminal.wait_for("F10    Start page")
        terminal.press("escape", "escape")


def test_whoever_comes_next_finds_it_as_it_was(demo: Installation) -> None:
    with opened(demo) as terminal:
        operator = places_the_order(terminal)
        terminal.press("f2", SYSTEM, "enter")
        operator.at_step(2)
        terminal.press("f10")
        terminal.wait_for_mark("Stay")
        terminal.press("tab", "enter")
        terminal.wait_for("You are logged out.")
        terminal.press("enter")
        terminal.wait_for(REFERENCE, f"Resume the order for {SYSTEM}")
        operator.logs_out()
        terminal.press("f10")
        terminal.wait_for(*START)
        logs_in(terminal)
        assert REFERENCE not in terminal.text
        assert "Resume" not in terminal.text


def test_after_a_while_without_a_key_the_start_page_is_back(demo: Installation) -> None:
    with told(demo, idle=3) as terminal:
        terminal.press("f5")
        sees_login(terminal, "Connexion")
        terminal.wait_for(*START, "Demonstration")
        terminal.press("x")
        sees_login(terminal, "Log in")  # in English again
        terminal.press("enter", "f2", SYSTEM)
        terminal.wait_for("[1 ID]", SYSTEM)
        terminal.wait_for(*START)


def test_after_a_mistake_it_begins_anew(demo: Installation) -> None:
    with told(demo, "broken") as terminal:
        child, begun = session(terminal), terminal.output.count(BEGUN)
        enters(terminal)
        terminal.press("enter")
        terminal.wait_for(lambda: terminal.output.count(BEGUN) > begun, *START)
        assert session(terminal) != child
        assert b"RuntimeError" in terminal.output
        assert b"a canary" not in terminal.output
        assert b"Traceback" not in terminal.output


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM])
def test_whatever_ends_the_session_there_is_another_one(
    demo: Installation, number: signal.Signals
) -> None:
    with opened(demo) as terminal:
        logs_in(terminal)
        crash(terminal, number)
        logs_in(terminal)


def test_between_two_sessions_no_key_leads_out(demo: Installation) -> None:
    with opened(demo) as terminal:
        before = session(terminal)
        os.kill(before, signal.SIGKILL)
        begun = terminal.output.count(BEGUN)

        def back_while_keys_are_pressed() -> bool:
            terminal.press("\x03\x1a\x1c")
            return terminal.output.count(BEGUN) > begun and "F5" in terminal.text

        terminal.wait_for(back_while_keys_are_pressed)
        assert session(terminal) != before
        terminal.press("f2")
        terminal.wait_for("Ctrl+P")
        is_answered(terminal)


def test_crash_after_crash_it_gives_up(demo: Installation) -> None:
    with opened(demo) as terminal:
        for _ in range(CRASHES - 1):
            crash(terminal)
        os.kill(session(terminal), signal.SIGKILL)
        assert terminal.wait_for_end() == GAVE_UP
        assert terminal.terminal_attributes() == terminal.attributes
        terminal.wait_for("stopped after repeated errors")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_its_keeper_can_end_it(demo: Installation, number: signal.Signals) -> None:
    with opened(demo) as terminal:
        logs_in(terminal)
        child = session(terminal)
        terminal.signal(number)
        assert terminal.wait_for_end(GONE) == 128 + number
        assert terminal.terminal_attributes() == terminal.attributes
        assert not Path(f"/proc/{child}").exists()


def test_a_lost_terminal_ends_it(demo: Installation) -> None:
    with opened(demo) as terminal:
        child = session(terminal)
        terminal.hang_up()
        assert terminal.wait_for_end(GONE) == 128 + signal.SIGHUP
        assert not Path(f"/proc/{child}").exists()


def test_nothing_is_written_and_nothing_leaves(demo: Installation) -> None:
    with told(demo) as terminal:
        places_the_order(terminal)
        terminal.press("tab", "enter")
        terminal.wait_for("A kiosk writes no files: read the keycode on the screen.")
        terminal.press("f9")
        terminal.wait_for("Copying is off on a kiosk: read the keycode on the screen.")
        assert b"\x1b]52" not in terminal.output
        terminal.press("escape", "f6", "demonstration only", "enter", "a phrase of my own", "enter")
        terminal.press("a phrase of my own", "enter")
        is_answered(terminal)
        crash(terminal)
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_for_end(GONE) == 128 + signal.SIGTERM


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_full_screen_there_is_no_kiosk(demo: Installation, language: Language) -> None:
    said = in_language(language, lambda: _("A kiosk needs a terminal that shows a full screen."))
    with demo.open("--plain", "--language", language, "demo", "--kiosk") as terminal:
        assert terminal.wait_for_end() == 2
        assert said in terminal.text.replace("\n", "")
