"""Where a program under test runs: nothing of this machine's is around it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).with_name("keycode-portal")
"""The installed command."""


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Homes in this folder, and cheap passwords."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder / "home"),
        "XDG_STATE_HOME": str(folder / "state"),
        "KEYCODE_PORTAL_STORE": str(folder / "store"),
        "KEYCODE_PORTAL_BCRYPT_COST": "4",
        "TERM": "xterm-256color",
        "LC_ALL": "C.UTF-8",
        **more,
    }
