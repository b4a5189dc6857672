"""What every test stands on: French as it is written in the checkout now, a place for stores that
is quick to fill and to empty, and keys that interrupt."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from hatch_build import compile_translations
from tests.support.copies import copy_installation
from tests.support.installation import Installation
from tui.wording import translation

MEMORY = Path("/dev/shm")  # noqa: S108  # each run makes a folder of its own in it
"""A file system in memory: a store's 4,096 folders take a tenth of the time that a disk takes."""
ROOM = 2 << 30
"""Bytes that have to be free there: some containers give it 64 MB."""

# How long an example takes says more about the machine than about the code.
settings.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("portal")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the translations, as an installation does, and see to the surroundings."""
    if not hasattr(config, "workerinput"):  # once, and not by each process of pytest-xdist
        compile_translations(Path(__file__).parents[1] / "locales")
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    # Who starts the tests in the background of a script makes every program under test ignore it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Every test begins in English: the language is the process's."""
    translation.set_language("en")
    yield
    translation.set_language("en")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A store with the demonstration data that nobody changes."""
    made = Installation(tmp_path_factory.mktemp("template"))
    made.done("init", "--demo")
    return made


@pytest.fixture
def installation(template: Installation, tmp_path: Path) -> Installation:
    """A copy of it for one test."""
    copy_installation(template.folder, tmp_path)
    return Installation(tmp_path)


@pytest.fixture
def demo(tmp_path: Path) -> Installation:
    """For `demo`, and for a test that makes its own store: there is none."""
    return Installation(tmp_path)
