"""A server for the tests that change nothing; those that do start their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ssh.server import GONE, Server, serving
from tests.support.copies import copy_installation
from tests.support.installation import Installation


@pytest.fixture(scope="session")
def template(template: Installation, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A store with the demonstration data that nobody changes."""
    made = Installation(tmp_path_factory.mktemp("for-ssh"))
    copy_installation(template.folder, made.folder)
    # The cost of the tests' environment does not come through SSH.
    (made.store / "settings.toml").write_text("bcrypt_cost = 4\n")
    return made


@pytest.fixture(scope="session")
def running(template: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The documented set-up, on a store that nobody changes."""
    with serving(tmp_path_factory.mktemp("ssh"), template) as server:
        yield server


@pytest.fixture
def server(running: Server) -> Iterator[Server]:
    """The same, empty before a test and after it."""
    yield running
    running.waits_until_empty(GONE)
