"""The manual page, made from the command line itself: `python .ci/manual.py [--check]`.

`--check` fails when the page in `data/man` is not the one that would be made.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

# Before argparse asks for the width of its help: the page is the same on every terminal.
os.environ["COLUMNS"] = "80"

from build_manpages.manpage import Manpage  # type: ignore[import-untyped]  # it has no stubs

from tui.commands.parser import whole_parser

PAGE = Path(__file__).parents[1] / "data" / "man" / "keycode-portal.1"


MORE = r"""
.SH EXIT STATUS
0 done, 1 refused (with the reason on standard error), 2 wrong use, 70 internal error.
.SH ENVIRONMENT
.TP
.B KEYCODE_PORTAL_STORE
The folder of the store, where \-\-store does not name one.
.TP
.B KEYCODE_PORTAL_LANGUAGE, KEYCODE_PORTAL_THEME, ...
Any setting of settings.toml, in capitals.
.SH FILES
.TP
.B STORE/settings.toml
The settings of an installation.
.TP
.B STORE\-keys
Signing keys and pepper, apart from the store, readable by their owner alone.
.SH NOTES
Keycodes made by this portal are its own: they unlock no real PBX.
"""


def made() -> str:
    """The text of the page."""
    parser = whole_parser()
    page = Manpage(parser)
    page.date, page.source, page.manual = "", "Keycode Portal", "Keycode Portal"
    name = ".SH NAME\nkeycode\\-portal"
    # What is below the help on a terminal belongs to the description here.
    text = str(page).replace(f".SH COMMENTS\n{parser.epilog}\n", "", 1)
    text = text.replace(f"{parser.description}\n", f"{parser.description}\n{parser.epilog}\n", 1)
    assert name in text, "argparse-manpage names the program there"
    return text.replace(name, f"{name} \\- licence keycodes, in a terminal", 1) + MORE


def main() -> int:
    """Write the page, or compare it."""
    text = made()
    if "--check" not in sys.argv:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    print("data/man/keycode-portal.1 is not in step: python .ci/manual.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
