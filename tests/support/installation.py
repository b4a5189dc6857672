"""A store in a folder of its own: commands on it, and terminals."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

from tests.support.environment import COMMAND, environment
from tests.support.terminal import Terminal


class Answer(NamedTuple):
    """What a command said, and how it ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


class Installation:
    """A store, with nothing of this machine around it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / "store"

    def environment(self, **more: str) -> dict[str, str]:
        """What the portal finds in its environment."""
        return environment(self.folder, **({"KEYCODE_PORTAL_STORE": str(self.store)} | more))

    def __call__(self, *words: str, given: str | bytes = "", **environment: str) -> Answer:
        """Run one command, without a terminal."""
        ran = subprocess.run(
            [str(COMMAND), *words],
            input=given.encode() if isinstance(given, str) else given,
            env=self.environment(**environment),
            capture_output=True,
            check=False,
            timeout=60,
        )
        return Answer(ran.returncode, ran.stdout.decode(), ran.stderr.decode())

    def done(self, *words: str, given: str | bytes = "", **environment: str) -> Answer:
        """Run one command that has to succeed."""
        answer = self(*words, given=given, **environment)
        assert answer.status == 0, answer
        return answer

    def unheard(self, *words: str) -> str:
        """Run a command whose output goes onto a full disk; answers what it notes."""
        with Path("/dev/full").open("wb") as full:
            ran = subprocess.run(
                [str(COMMAND), *words],
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
                timeout=60,
            )
        said = ran.stderr.decode()
        assert (ran.returncode, "Traceback" in said) == (1, False), said
        assert "The output could not be written: the disk is full." in said
        return said

    def open(self, *words: str, **environment: str) -> Terminal:
        """The portal in a terminal: on the store, or with the word `demo` in memory."""
        return Terminal(*words, environment=self.environment(**environment))

    def drafts(self) -> list[Path]:
        """The unfinished orders."""
        return sorted((self.store / "drafts").glob("*.json"))
