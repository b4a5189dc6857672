"""What happens when the program has a mistake: a file for who mends it, a sentence for who met it.

The file names the places in the code and nothing else: no values, and not even the text of the
error, for a password that was just typed may stand in any of them.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from engine.settings import user_folder
from tui.wording.translation import _


def report(error: BaseException) -> None:
    """Write the file and say on standard error where it is and what to do."""
    path = write_log(error)
    said = _("The portal has stopped after an internal error. Nothing confirmed is lost.")
    what = _("Please send this file to your administrator: {path}").format(path=path)
    if path is None:
        what = _("The error report could not be saved: {kind}").format(kind=type(error).__name__)
    print(said, what, sep="\n", file=sys.stderr)  # noqa: T201  # the last words


def write_log(error: BaseException) -> Path | None:
    """The file that was written, readable by its owner alone; None when that failed."""
    now = datetime.now(UTC)
    folder = state_folder()
    if folder is None:
        return None
    path = folder / f"mistake-{now:%Y%m%dT%H%M%S}-{os.getpid()}.log"
    text = f"{now:%Y-%m-%d %H:%M:%S} UTC\n" + "\n".join(places(error)) + "\n"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
    except OSError:
        return None
    return path


def state_folder() -> Path | None:
    """Where such files go: `XDG_STATE_HOME`, else `~/.local/state`; None without a home."""
    folder = user_folder(os.environ, "XDG_STATE_HOME", ".local/state")
    return folder and folder / "keycode-portal"


def places(error: BaseException) -> Iterator[str]:
    """Where in the code it happened, and what kind of error it is, with those before it."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield f"{type(current).__module__}.{type(current).__qualname__}"
        for frame in traceback.extract_tb(current.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
        current = current.__cause__ or current.__context__
