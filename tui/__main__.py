"""The program. What takes long to import waits: first a sign of life on the terminal."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

ESCAPE_MILLISECONDS = "25"
"""How long an Esc waits for the rest of a key's sequence, where Textual waits 100: the pieces of
a sequence come in one go, also through SSH."""


def main() -> int:
    """Open the portal or run a command; answers the exit status.

    0 done, 1 refused, 2 wrong use, 70 a mistake of the program, 130 interrupted.
    """
    gc.disable()  # nothing that is imported is garbage: a tenth faster to the first answer
    _drop_textual_settings()
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


def _drop_textual_settings() -> None:
    """Textual takes keys to press, drivers and file names from the environment: whoever reaches
    the portal over SSH may have set them."""
    for name in [name for name in os.environ if name.startswith("TEXTUAL_")]:
        del os.environ[name]
    os.environ["ESCDELAY"] = ESCAPE_MILLISECONDS


if __name__ == "__main__":
    sys.exit(main())
