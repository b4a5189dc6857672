"""The real kiosk in a program that tells what becomes of files, and may shorten the idle time or
put a mistake into a screen: `kiosk_told.py TOLD IDLE_SECONDS [broken]`."""

from __future__ import annotations

import os
import sys
from typing import Any

TOLD = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = (
    *("os.mkdir", "os.rename", "os.link", "os.symlink", "os.remove", "os.rmdir", "os.truncate"),
    *("os.chmod", "os.chown", "os.setxattr", "tempfile.", "shutil.", "sqlite3."),
    *("subprocess.", "os.exec", "os.posix_spawn", "os.system", "pty.", "webbrowser."),
    *("socket.connect", "socket.bind"),
)
"""Events of Python's audit hooks: files changed, programs started, connections made."""


def tell(event: str, details: tuple[Any, ...]) -> None:
    """Write down what changes anything outside this process."""
    if event == "open":
        path, _mode, flags = details
        if not (flags or 0) & WRITES or str(path) == os.devnull:
            return
    elif not event.startswith(CHANGES):
        return
    os.write(TOLD, f"{event} {details}\n".encode())


def main() -> int:
    """Be the command `keycode-portal demo --kiosk`."""
    sys.addaudithook(tell)
    from tui import __main__
    from tui.full_screen import kiosk
    from tui.terminal import idle_watch

    seconds = float(sys.argv[2])
    setattr(kiosk, "IdleWatch", lambda _seconds, over: idle_watch.IdleWatch(seconds, over))  # noqa: B010
    if sys.argv[3:] == ["broken"]:
        from tui.full_screen.screens import home

        def body(_screen: home.HomeScreen) -> list[Any]:
            raise RuntimeError("a canary")

        setattr(home.HomeScreen, "body", body)  # noqa: B010
    sys.argv[1:] = ["demo", "--kiosk"]
    return __main__.main()


if __name__ == "__main__":
    sys.exit(main())
