"""The portal in a program that tells what its screens draw and what of it is sent:
`changes_told.py TOLD WORDS…`."""

from __future__ import annotations

import json
import os
import sys

TOLD = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def main() -> int:
    """Be the command `keycode-portal`."""
    from tui import __main__
    from tui.terminal.changed_cells import ChangedCells

    shortened = ChangedCells.shortened

    def told(cells: ChangedCells, drawn: str) -> str:
        sent = shortened(cells, drawn)
        line = json.dumps([cells.columns, cells.rows, drawn, sent])
        os.write(TOLD, line.encode() + b"\n")
        return sent

    setattr(ChangedCells, "shortened", told)  # noqa: B010
    sys.argv[1:] = sys.argv[2:]
    return __main__.main()


if __name__ == "__main__":
    sys.exit(main())
