"""Stores for the terminals of these tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.terminal.installation import Installation


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A store with the demonstration data that nobody changes."""
    made = Installation(tmp_path_factory.mktemp("template"))
    made.run("init", "--demo")
    return made


@pytest.fixture
def installation(template: Installation, tmp_path: Path) -> Installation:
    """A store of the test's own."""
    shutil.copytree(template.folder, tmp_path, dirs_exist_ok=True)
    return Installation(tmp_path)


@pytest.fixture
def demo(tmp_path: Path) -> Installation:
    """For `open("demo")`: no store at all."""
    return Installation(tmp_path)
