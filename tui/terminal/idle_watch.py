"""Idle too long: a thread on a monotonic clock, since a timer of the app does not run while its
event loop waits for a stalled terminal. It sleeps until the time could be over, and no shorter."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

WARNING = 60.0
"""Seconds before the end at which it is said."""


class IdleWatch:
    """Calls `over`, in a thread, when nobody has touched anything for `seconds`; and `warn` a
    minute before, or in the middle of less than two minutes."""

    def __init__(
        self, seconds: float, over: Callable[[], None], warn: Callable[[], None] | None = None
    ) -> None:
        self._stages = [(seconds, over)]
        if warn is not None:
            self._stages.insert(0, (max(seconds - WARNING, seconds / 2), warn))
        self._touched = time.monotonic()
        self._stop: threading.Event | None = None

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = time.monotonic()

    def start(self) -> None:
        """Watch from now on, in place of whoever watched before."""
        self.stop()
        self.touch()
        self._stop = threading.Event()
        threading.Thread(target=self._watch, args=(self._stop,), name="idle", daemon=True).start()

    def stop(self) -> None:
        """Watch no longer."""
        if self._stop is not None:
            self._stop.set()

    def _watch(self, stop: threading.Event) -> None:
        left, touched = list(self._stages), self._touched
        while left:
            seconds, act = left[0]
            if stop.wait(max(0.0, touched + seconds - time.monotonic())):
                return
            if touched != self._touched:  # somebody is there again
                left, touched = list(self._stages), self._touched
            elif time.monotonic() - touched >= seconds:
                left.pop(0)
                act()
