"""The real command, in a process of its own, on a real store."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.copies import copy_installation
from tests.support.environment import ROOT
from tests.support.installation import Installation

THE_ORDER: dict[str, Any] = json.loads((ROOT / "data" / "demo" / "order.json").read_text())
"""The guide's order."""
SYSTEM: str = THE_ORDER["equipment_id"]
USER = "Société d'Essai/jdupont"
SYSTEMS = """equipment_id,product,release,company,model
03FFFF0302B17,aastra5000,R5.2,Société d'Essai,
01A0B40000C17,nexspan,R4.2,Société d'Essai,Nexspan 50
"""


class Commands(Installation):
    """Runs commands on one store, in one language; in none (""), as the environment says."""

    def __init__(self, folder: Path, language: str = "en") -> None:
        super().__init__(folder)
        self.language = language

    def environment(self, **more: str) -> dict[str, str]:
        """In this language."""
        own = {"KEYCODE_PORTAL_LANGUAGE": self.language} if self.language else {}
        return super().environment(**(own | more))

    def file(self, name: str, content: str | bytes) -> str:
        """A file beside the store; answers its path."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    def document(self, **changes: Any) -> str:
        """An order document: the guide's order with some members changed, or left out (None)."""
        document = {k: v for k, v in (THE_ORDER | changes).items() if v is not None}
        return self.file("order.json", json.dumps(document))


@pytest.fixture
def commands(tmp_path: Path) -> Commands:
    """For a test that makes its own store."""
    return Commands(tmp_path)


@pytest.fixture(scope="session")
def reseller(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with a company, a user and three systems, made command by command."""
    commands = Commands(tmp_path_factory.mktemp("reseller"))
    commands.done("init")
    commands.done("company", "add", "Société d'Essai")
    commands.done(
        *("user", "add", "société d'essai", "jdupont", "--last-name", "Dupont"),
        *("--first-name", "Jeanne", "--email", "jdupont@essai.example"),
    )
    commands.done(
        *("system", "add", "03ff-ff03-02ad-4", "--product", "aastra5000"),
        *("--release", "R5.1", "--company", "Société d'Essai"),
    )
    commands.done("system", "import", commands.file("systems.csv", SYSTEMS))
    return commands.folder


@pytest.fixture
def installed(reseller: Path, tmp_path: Path) -> Commands:
    """A copy of that installation for a test to change."""
    copy_installation(reseller, tmp_path)
    return Commands(tmp_path)


@pytest.fixture(scope="session")
def demo_store(template: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the demonstration data. For tests that change nothing: all share it."""
    folder = tmp_path_factory.mktemp("demo")
    copy_installation(template.folder, folder)
    return folder


@pytest.fixture
def shared(demo_store: Path, tmp_path: Path) -> Commands:
    """Commands on the store that nobody changes; files go into the test's own folder."""
    commands = Commands(tmp_path)
    commands.store = demo_store / "store"
    return commands


@pytest.fixture
def refused(shared: Commands) -> Callable[..., str]:
    """Run a command that has to be refused; answers its message."""

    def run(*words: str, status: int = 1, given: str | bytes = "", **environment: str) -> str:
        answer = shared(*words, given=given, **environment)
        assert answer.status == status, answer
        assert answer.out == ""
        assert answer.err.strip()
        assert "Traceback" not in answer.err
        assert all(part.isprintable() for part in answer.err.splitlines())
        return answer.err

    return run
