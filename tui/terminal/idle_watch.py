"""Idle too long: a thread on a monotonic clock, since a timer of the app does not run while its
event loop waits for a stalled terminal. It sleeps until the time could be over, and no shorter."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class IdleWatch:
    """Calls `over`, in a thread, when nobody has touched anything for `seconds`."""

    def __init__(self, seconds: float, over: Callable[[], None]) -> None:
        self._seconds = seconds
        self._over = over
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
        while not stop.wait(max(0.0, self._touched + self._seconds - time.monotonic())):
            if time.monotonic() - self._touched >= self._seconds:
                self._over()
                return
