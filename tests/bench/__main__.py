"""The figures of the portal on this machine, each beside its floor and what is to be reached.

    python -m tests.bench [--full] [GROUP ...]

Ratios are taken in one run, in turns; still, a machine that does nothing else measures best.
Figures of scale are `python -m tests.bench.scale`.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.commands import commands
from tests.bench.figures import Figure
from tests.bench.keycodes import keycodes
from tests.bench.keys import idle, keys, while_hashing
from tests.bench.orders import orders
from tests.bench.starting import starting
from tests.bench.users import users
from tests.support.environment import COMMAND
from tests.support.installation import Installation
from tui.wording.tables import table

Group = Callable[[], Iterator[Figure]]


def main() -> None:
    """Measure, and print a row as soon as it is there; at the end all of them as a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="idle for 60 seconds, not for 10")
    with tempfile.TemporaryDirectory() as folder:
        installation = Installation(Path(folder))
        installation.done("init", "--demo", KEYCODE_PORTAL_BCRYPT_COST="12")
        known: dict[str, Group] = {
            "starting": lambda: starting(installation, str(COMMAND)),
            "keys": lambda: keys(installation),
            "idle": lambda: idle(installation, 60 if arguments.full else 10),
            "hashing": lambda: while_hashing(installation),
            "keycodes": keycodes,
            "orders": lambda: orders(installation.store, Path(folder) / "scratch"),
            "users": lambda: users(Path(folder) / "users"),
            "commands": lambda: commands(installation),
        }
        parser.add_argument("groups", nargs="*", default=list(known), metavar="GROUP")
        arguments = parser.parse_args()
        rows = [("", "floor", "measured", "to reach", "")]
        for name in arguments.groups:
            print(f"{name} ...", flush=True)  # noqa: T201
            rows += [(*row[:4], "" if row.reached else "MISSED") for row in known[name]()]
    print(*table(rows, right=(1, 2, 3)), sep="\n")  # noqa: T201


if __name__ == "__main__":
    main()
