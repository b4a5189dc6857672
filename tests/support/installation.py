"""A store with the demonstration data, and terminals on it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.support.terminal import COMMAND, Terminal


class Installation:
    """A store in a folder of its own, with nothing of this machine around it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / "store"

    def environment(self, **more: str) -> dict[str, str]:
        """What the portal finds in its environment."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder / "home"),
            "XDG_STATE_HOME": str(self.folder / "state"),
            "KEYCODE_PORTAL_STORE": str(self.store),
            "KEYCODE_PORTAL_BCRYPT_COST": "4",
            "TERM": "xterm-256color",
            "LC_ALL": "C.UTF-8",
            **more,
        }

    def run(self, *words: str, given: str = "", **environment: str) -> str:
        """Run one command that has to succeed, without a terminal; what it says."""
        return subprocess.run(
            [str(COMMAND), *words],
            input=given,
            env=self.environment(**environment),
            capture_output=True,
            check=True,
            text=True,
            timeout=60,
        ).stdout

    def open(self, *words: str, **environment: str) -> Terminal:
        """The portal in a terminal: on the store, or with the word `demo` in memory."""
        return Terminal(*words, environment=self.environment(**environment))

    def drafts(self) -> list[Path]:
        """The unfinished orders."""
        return sorted((self.store / "drafts").glob("*.json"))
