"""Every way in which the program ends, so that it always does.

A lost terminal, SIGHUP or SIGTERM must end it within two seconds, also while the event loop is
stuck in a write to a stalled client: Python's own handlers would wait for the loop. The signals
are therefore blocked, and a thread waits for them; it keeps the order under way and lets the app
leave the terminal as it was, and after a grace time ends the process whatever happens.
"""

from __future__ import annotations

import os
import signal
import sys
import termios
import threading
from collections.abc import Callable
from typing import Any

GRACE_SECONDS = 1.0
SIGNALS = frozenset({signal.SIGHUP, signal.SIGTERM})
_ended = threading.Event()
_lost = threading.Event()


def terminal_gone() -> None:
    """The reader of keys found the end of its input."""
    os.kill(os.getpid(), signal.SIGHUP)


def watch(leave: Callable[[int], None], keep: Callable[[], object]) -> None:
    """Wait for SIGHUP and SIGTERM in a thread of its own, from now on.

    `keep` writes the order under way down; `leave` asks the app to end with a status,
    from another thread.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    attributes = _terminal_attributes()
    thread = threading.Thread(
        target=_wait, args=(leave, keep, attributes), name="shutdown", daemon=True
    )
    thread.start()


def finished() -> None:
    """The app has ended by itself: nothing is left to be forced."""
    _ended.set()
    if _lost.is_set():
        _give_up_terminal()


def _give_up_terminal() -> None:
    """There is nothing to read from and nothing to write to any more, not even what is left in
    buffers at exit: that would be an error, and another exit status."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)


def _wait(
    leave: Callable[[int], None], keep: Callable[[], object], attributes: list[Any] | None
) -> None:
    number = signal.sigwait(SIGNALS)
    if number == signal.SIGHUP:
        _lost.set()
    threading.Thread(target=_force, args=(number, attributes), daemon=True).start()
    keep()
    leave(128 + number)


def _force(number: int, attributes: list[Any] | None) -> None:
    """End the process when the app has not done so within the grace time."""
    if _ended.wait(GRACE_SECONDS):
        return
    if attributes is not None:
        _restore(attributes)
    os._exit(128 + number)


def _restore(attributes: list[Any]) -> None:
    try:
        termios.tcsetattr(sys.__stdin__.fileno(), termios.TCSANOW, attributes)  # type: ignore[union-attr]
    except (termios.error, OSError, ValueError):
        return


def _terminal_attributes() -> list[Any] | None:
    try:
        return termios.tcgetattr(sys.__stdin__.fileno())  # type: ignore[union-attr]
    except (termios.error, OSError, ValueError):
        return None
