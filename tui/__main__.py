"""The program. What takes long to import waits: first a sign of life on the terminal."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from tui.terminal.entrance import enter


def main() -> int:
    """Open the portal or run a command; answers the exit status.

    0 done, 1 refused, 2 wrong use, 70 a mistake of the program, 130 interrupted.
    """
    gc.disable()  # nothing that is imported is garbage: a tenth faster to the first answer
    enter()
    words = sys.argv[1:]
    if opens_the_portal(words) and all(s and s.isatty() for s in (sys.stdin, sys.stdout)):
        print("Keycode Portal...", flush=True)  # noqa: T201  # the sign of life
    try:
        from tui.commands.running import run

        return run(words)
    except KeyboardInterrupt:
        return 130


def opens_the_portal(words: Sequence[str]) -> bool:
    """Whether these arguments ask for the full screen: none, or `demo`, maybe as a kiosk."""
    rest = iter(words)
    left = []
    for word in rest:
        if word in {"--store", "--language"}:
            next(rest, None)
        elif not word.startswith(("--store=", "--language=")):
            left.append(word)
    return left in ([], ["demo"], ["demo", "--kiosk"])


if __name__ == "__main__":
    sys.exit(main())
