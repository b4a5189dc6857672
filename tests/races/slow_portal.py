"""The portal on a store whose every call takes a random time: the program under test.

    python -m tests.races.slow_portal SEED LONGEST TOLD

`LONGEST` is in seconds. What happens inside is told to the file TOLD, a JSON object a line:
buttons that cannot be undone, orders, drafts, and twice a second whether anything still waits.
SIGUSR1 lets a quarter of an hour pass for whoever asks what time it is.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from engine.assembly import assemble
from engine.files.exports import ExportFolder
from engine.installation import open_parts
from engine.settings import load_settings

AWAY = timedelta(minutes=16)
INTERRUPTED = 130
BEAT_SECONDS = 0.1
"""How often it says whether anything waits."""


class Told:
    """The file that the player reads."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="utf-8")
        self._turn = threading.Lock()

    def __call__(self, what: str, **details: object) -> None:
        with self._turn:
            self._file.write(f"{json.dumps({'what': what, **details})}\n")
            self._file.flush()


class SlowStore:
    """Another store, each call of which takes a random time before it is made and before its
    answer is given."""

    def __init__(self, store: Any, seed: int, longest: float, tell: Told) -> None:
        self._store = store
        self._chance = random.Random(seed)  # noqa: S311  # no secret
        self._longest = longest
        self._tell = tell

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._store, name)

        def slow(*values: Any, **named: Any) -> Any:
            self._wait()
            answer = call(*values, **named)
            self._say(name, values, answer)
            self._wait()
            return answer

        return slow if callable(call) and name != "close" else call

    def _wait(self) -> None:
        time.sleep(self._chance.random() * self._longest / 2)

    def _say(self, name: str, values: tuple[Any, ...], answer: Any) -> None:
        if name == "place":
            order = answer.order
            lines = [[line.part, line.quantity] for line in order.lines]
            details = {"number": order.number, "keycode": order.keycode, "lines": lines}
            self._tell("place", already=answer.already, draft=order.draft_id, **details)
        elif name == "keep_draft":
            self._tell("keep", draft=values[2].draft_id, items=len(values[2].quantities))
        elif name == "drop_draft":
            self._tell("drop", draft=values[2])


class Clock:
    """The machine's, and a quarter of an hour more for each SIGUSR1."""

    def __init__(self) -> None:
        self._more = timedelta()
        signal.signal(signal.SIGUSR1, self._pass)

    def _pass(self, *_: object) -> None:
        self._more += AWAY

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._more


def tell_buttons(tell: Told) -> None:
    """Say which of the buttons that cannot be undone has been pressed, and what stood there."""
    from textual.widgets import Static

    from tui.full_screen.widgets.buttons import PushButton
    from tui.full_screen.widgets.deliberate_button import DeliberateButton

    press = PushButton.action_press

    async def told(button: PushButton) -> None:
        if isinstance(button, DeliberateButton):
            pages = button.screen.query("#validation-text").results(Static)
            page = "\n".join(str(each.visual) for each in pages)
            tell("pressed", button=button.id, page=page)
        await press(button)

    setattr(PushButton, "action_press", told)  # noqa: B010


def tell_rest(app: Any, tell: Told) -> Callable[[], None]:
    """Say whether anything waits: a key, an answer, a way between screens."""

    def rest() -> None:
        screens = app.screen_stack
        waits = (
            any(getattr(s, "asking", False) or getattr(s, "delivering", False) for s in screens),
            app.navigation.departing or app.navigation.under_way > 0,
            app.keyboard._typed._waiting or app.keyboard._typed._settling is not None,
        )
        left = len(app.keyboard._typed._waiting)
        tell("rest", waits=any(waits), left=left, screen=type(app.screen).__name__)

    return rest


def main(seed: int, longest: float, told: Path) -> int:
    """Be the command `keycode-portal`."""
    from tui.full_screen.app import PortalApp
    from tui.full_screen.running import run_app

    tell = Told(told)
    settings = load_settings(None, os.environ)
    clock = Clock()
    parts = open_parts(settings, clock)
    store: Any = SlowStore(parts.store, seed, longest, tell)
    exports = ExportFolder(settings.export_folder)
    keys, pepper = parts.signing_keys, parts.keys.pepper()
    portal = assemble(settings, parts.catalogue, store, exports, keys, pepper, clock)
    tell_buttons(tell)

    class ToldApp(PortalApp):
        def on_mount(self) -> None:
            """Textual calls the one of `PortalApp` too."""
            self.set_interval(BEAT_SECONDS, tell_rest(self, tell))

    def report(error: Exception) -> None:
        import traceback

        tell("mistake", error="".join(traceback.format_exception(error)))

    try:
        status = run_app(ToldApp(portal), report=report)
    except KeyboardInterrupt:  # Ctrl+C before the terminal was the portal's, or after
        status = INTERRUPTED
    portal.close()
    tell("end", status=status)
    return status


if __name__ == "__main__":
    try:
        sys.exit(main(int(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3])))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
