"""Stores for the terminals of these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.copies import copy_installation
from tests.support.installation import Installation


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A store with the demonstration data that nobody changes."""
    made = Installation(tmp_path_factory.mktemp("template"))
    made.run("init", "--demo")
    return made


@pytest.fixture
def installation(template: Installation, tmp_path: Path) -> Installation:
    """A store of the test's own."""
    copy_installation(template.folder, tmp_path)
    return Installation(tmp_path)


@pytest.fixture
def demo(tmp_path: Path) -> Installation:
    """For `open("demo")`: no store at all."""
    return Installation(tmp_path)
