"""Plain mode as a process of its own: answers go in, what it says comes out."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.settings import Language
from tests.support import guide
from tests.support.copies import copy_installation
from tests.support.guide import COMPANY, LICENSEE, PASSWORD, SYSTEM
from tests.support.guide import LOGIN as USERNAME
from tests.support.installation import Installation

LOGIN = (COMPANY, USERNAME, PASSWORD)
ITEMS = ("1", "7 8", "8 57", "")
REFERENCE = (
    *(guide.REFERENCE, LICENSEE, LICENSEE, "1 rue des Essais", "", ""),
    *("Guyancourt", "78280", "France"),
)
YES: dict[Language, str] = {"en": "YES", "fr": "OUI"}
LEAVE = ("0", "0", "<", "0")
"""From the deliverables: home, log out, and leave from the menu of the login."""
PATIENCE = 30.0
"""Seconds after which a test fails; far more than anything should take."""


def guide_order(language: Language = "en") -> tuple[str, ...]:
    """The answers that place the guide's order, from the login on."""
    return (*LOGIN, "1", SYSTEM, *ITEMS, *REFERENCE, YES[language])


STARTER = """
import fcntl, os, runpy, termios
if os.isatty(0):
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
runpy.run_module("tui", run_name="__main__")
"""
"""A terminal given to the process becomes its own, so that Ctrl+C and a hang-up reach it."""


class Conversation:
    """The portal at the other end of two descriptors, which may be pipes or one terminal."""

    def __init__(self, process: subprocess.Popen[bytes], to_it: int, from_it: int) -> None:
        self.process = process
        self._to_it = to_it
        self._from_it = from_it
        self.said = b""
        """Everything that it has said so far."""
        self._read = 0

    def answer(self, *lines: str) -> None:
        """Send lines, without waiting for the questions."""
        os.write(self._to_it, "".join(f"{line}\n" for line in lines).encode())

    def until(self, text: str) -> str:
        """Wait until it has said this; answers what was said on the way."""
        begin, wanted = self._read, text.encode()
        while (found := self.said.find(wanted, begin)) < 0:
            assert self._receive(), f"{text!r} was never said: {self.said.decode()}"
        self._read = found + len(wanted)
        return self.said[begin : self._read].decode(errors="replace")

    def ask(self, question: str, answer: str) -> str:
        """Wait for a question and answer it; answers what was said on the way."""
        said = self.until(question)
        self.answer(answer)
        return said

    def ends(self) -> int:
        """Wait for the end; the exit status."""
        while self._receive():
            pass
        return self.process.wait(PATIENCE)

    def hang_up(self) -> None:
        """End its input (a pipe), or take its terminal away."""
        os.close(self._to_it)

    def press(self, key: bytes) -> None:
        """Send a key that is no line."""
        os.write(self._to_it, key)

    def _receive(self) -> bool:
        assert select.select([self._from_it], [], [], PATIENCE)[0], self.said.decode()
        try:
            piece = os.read(self._from_it, 65536)
        except OSError:  # a terminal whose other end is closed
            return False
        self.said += piece
        return bool(piece)


class Plain(Installation):
    """Starts the portal: on a store in a folder, or with other words."""

    def __init__(self, folder: Path, *words: str) -> None:
        super().__init__(folder)
        self.words = words
        self._running: list[subprocess.Popen[bytes]] = []

    def run(self, *words: str, given: str | bytes = "", **environment: str) -> tuple[int, str]:
        """All answers at once; the status and what was said. Nothing may go wrong unseen."""
        answer = self(*words, given=given, **environment)
        assert "Traceback" not in answer.err, answer.err
        return answer.status, answer.out + answer.err

    def tell(self, *lines: str, language: Language = "en", **environment: str) -> str:
        """A conversation of lines that has to end well; what was said."""
        given = "".join(f"{line}\n" for line in lines)
        words = (*self.words, f"--language={language}")
        status, said = self.run(*words, given=given, **environment)
        assert status == 0, said
        return said

    def talk(self, *words: str, **environment: str) -> Conversation:
        """A conversation over pipes, answer by answer."""
        process = self._start(words, subprocess.PIPE, subprocess.PIPE, environment)
        assert process.stdin is not None
        assert process.stdout is not None
        to_it, from_it = os.dup(process.stdin.fileno()), os.dup(process.stdout.fileno())
        process.stdin.close()
        process.stdout.close()
        return Conversation(process, to_it, from_it)

    def terminal(self, *words: str, **environment: str) -> Conversation:
        """A conversation in a terminal that can do nothing."""
        ours, its = pty.openpty()
        process = self._start(words, its, its, {"TERM": "dumb", **environment})
        os.close(its)
        return Conversation(process, ours, ours)

    def keyboard_only(self, *words: str) -> tuple[Conversation, int]:
        """Answers come from a terminal, what is said goes into a pipe; also the terminal's own
        descriptor, to see what it echoes."""
        ours, its = pty.openpty()
        from_it, said = os.pipe()
        process = self._start(words, its, said, {})
        os.close(its)
        os.close(said)
        return Conversation(process, ours, from_it), ours

    def _start(
        self, words: tuple[str, ...], lines_in: int, lines_out: int, environment: dict[str, str]
    ) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-c", STARTER, *words],
            stdin=lines_in,
            stdout=lines_out,
            stderr=subprocess.STDOUT,
            env=self.environment(**environment),
            start_new_session=True,
        )
        self._running.append(process)
        return process

    def end(self) -> None:
        """Leave nothing running."""
        for process in self._running:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.wait(PATIENCE)

    def orders(self, equipment_id: str = SYSTEM) -> list[str]:
        """The numbers of a system's orders, the latest first."""
        _status, said = self.run("show", equipment_id)
        return [word for word in said.split() if word.startswith(f"{equipment_id}-")]


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Plain]:
    """The demonstration, each time anew: for what has not to outlive a conversation."""
    started = Plain(tmp_path, "demo", "--plain")
    yield started
    started.end()


@pytest.fixture
def plain(template: Installation, tmp_path: Path) -> Iterator[Plain]:
    """A copy of it for one test."""
    copy_installation(template.folder, tmp_path)
    started = Plain(tmp_path)
    yield started
    started.end()
