"""The command line, beside a Python that does nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator

from tests.bench.figures import Figure, at_most, in_turns, shown
from tests.support.environment import COMMAND
from tests.support.installation import Installation

ROUNDS = 15


def commands(installation: Installation) -> Iterator[Figure]:
    """`decode` and `show`."""

    def ran(*words: str) -> Callable[[], object]:
        return lambda: subprocess.run(
            words, env=installation.environment(), check=True, capture_output=True
        )

    python, decode, show = in_turns(
        ROUNDS,
        ran(sys.executable, "-c", "pass"),
        ran(str(COMMAND), "decode", "442ZP5M1V51329C73D"),
        ran(str(COMMAND), "show", "03FFFF0302AD4"),
    )
    yield at_most("keycode-portal decode", decode * 1e3, 90, "ms", shown(python))
    yield at_most("keycode-portal show", show * 1e3, 110, "ms", shown(python))
