"""What the portal in full screen has loaded when the login is there: what it takes from there on
is loaded when it is asked for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.support.installation import Installation
from tests.support.operator import TO_ITEMS, Operator
from tests.support.terminal import Terminal

LATER = {"argparse", "gettext", "ssl", "babel"}
"""For words, for French, for `serve`, for prices and dates."""
TELLING = """
import atexit, pathlib, sys
told = pathlib.Path(sys.argv.pop(1))
atexit.register(lambda: told.write_text(" ".join(sys.modules)))
from tui.__main__ import main
sys.exit(main())
"""


@pytest.mark.parametrize(
    ("words", "ordering", "not_loaded"),
    [((), False, LATER), (("demo",), False, LATER), (("demo",), True, {"argparse", "ssl"})],
)
def test_what_is_not_needed_is_not_loaded(
    installation: Installation, words: tuple[str, ...], ordering: bool, not_loaded: set[str]
) -> None:
    told = installation.folder / "modules"
    program = (sys.executable, "-c", TELLING, str(told))
    with Terminal(*words, environment=installation.environment(), program=program) as terminal:
        operator = Operator(terminal)
        if ordering:
            operator.logs_in()
            terminal.press(*TO_ITEMS)
            operator.at_step(2)
            terminal.press("f3", "f3")
            operator.logs_out()
        operator.sees("Company name")
        assert operator.leaves() == 0
    loaded = set(told.read_text().split())
    assert not loaded & not_loaded
    assert "textual" in loaded
    assert ("babel" in loaded) == ordering


def test_a_library_that_needs_tls_later_gets_it(tmp_path: Path) -> None:
    code = (
        "from tui.terminal.entrance import import_asyncio_without_tls as begin; begin(); begin();"
        "import asyncio, sys; assert 'ssl' not in sys.modules;"
        "import ssl; assert ssl.create_default_context()"
    )
    with Terminal(environment={}, program=(sys.executable, "-c", code)) as terminal:
        assert terminal.wait_for_end() == 0
