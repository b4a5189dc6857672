"""The one entrance: what the program is started with is looked at here, before anything uses it.

Libraries read the environment and the standard streams when they are imported, and take what
they find for granted. Here it is checked first, and what makes no sense is left out.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

ESCAPE_MILLISECONDS = "10"
"""How long an Esc waits for the rest of a key's sequence, where Textual waits 100: the pieces of
a sequence come in one go, also through SSH; on a line of 9,600 baud five of them take 5 ms."""


def enter() -> None:
    """Put streams and environment in order."""
    open_closed_streams()
    drop_textual_settings()
    drop_believed_size()
    drop_zone_that_is_none()


def open_closed_streams() -> None:
    """A standard stream that was closed (`>&-`) leads to /dev/null: the next file that is opened
    would get its number, and what was meant for the reader would be written into it."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            nothing = os.open(os.devnull, os.O_RDWR)
            if nothing != number:
                os.dup2(nothing, number)
                os.close(nothing)
            os.set_inheritable(number, True)
            stream = open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)


def drop_textual_settings() -> None:
    """Textual takes keys to press, drivers and file names from the environment: whoever reaches
    the portal over SSH may have set them."""
    for name in [name for name in os.environ if name.startswith("TEXTUAL_")]:
        del os.environ[name]
    os.environ["ESCDELAY"] = ESCAPE_MILLISECONDS


def drop_believed_size() -> None:
    """The terminal knows its size; `COLUMNS` and `LINES` are what it was when somebody looked."""
    if any(map(_has_size, (0, 1, 2))):
        for name in ("COLUMNS", "LINES"):
            os.environ.pop(name, None)


def drop_zone_that_is_none() -> None:
    """`TZ` may name a file, and several images name one that is no time zone: Babel, which reads
    it when it is imported, cannot be imported then. What is no file means UTC to everybody."""
    path = os.environ.get("TZ", "").removeprefix(":")
    if os.path.lexists(path) and not _is_zone(path):
        del os.environ["TZ"]


def import_asyncio_without_tls() -> None:
    """The portal in a terminal speaks to nobody over a network: asyncio, which does without `ssl`
    where a Python has none, is imported as if this were one. Half a hundredth of a second, and
    1.3 MB. Whoever imports `ssl` later gets it."""
    if "asyncio" in sys.modules or "ssl" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]  # what the import system takes for missing
    try:
        import_module("asyncio")
    finally:
        del sys.modules["ssl"]


def _is_zone(path: str) -> bool:
    from io import BytesIO
    from zoneinfo import ZoneInfo

    from engine.files.regular_files import read_regular

    try:
        ZoneInfo.from_file(BytesIO(read_regular(path, most=1 << 20)))
    except Exception:  # noqa: BLE001  # whatever it holds: it is no time zone
        return False
    return True


def _has_size(number: int) -> bool:
    try:
        return min(os.get_terminal_size(number)) > 0
    except OSError:
        return False
