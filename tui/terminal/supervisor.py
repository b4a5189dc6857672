"""Keeps a session going: it runs in a child process, and after a crash in another one.

A child process (made by `fork`: no other program is ever started) outlives nothing that a visitor
left in memory, and may end in ways that no handler within it sees.
"""

from __future__ import annotations

import os
import signal
import sys
import termios
import time
from collections import deque
from collections.abc import Callable
from typing import NoReturn

from tui.terminal.crash_report import places

CRASHES, WITHIN_SECONDS = 5, 60.0
"""So many crashes within so short a time, and there is no point in going on."""
GAVE_UP = 70
HUNG_UP = 128 + signal.SIGHUP
ENDING = frozenset({signal.SIGHUP, signal.SIGTERM})
TYPED = frozenset({signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP})
"""What a terminal makes of Ctrl+C, Ctrl+\\ and Ctrl+Z while nobody has asked for keys."""


def keep_going(session: Callable[[], int]) -> int:
    """Run sessions in this terminal until SIGTERM or SIGHUP; the exit status.

    128 and the number of the signal, or 70 after too many crashes in a row. Signals that keys
    make are blocked from now on, here and in the sessions.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING | TYPED | {signal.SIGCHLD})
    attributes = termios.tcgetattr(sys.stdin)
    crashes: deque[float] = deque(maxlen=CRASHES)
    while True:
        number, status = _run(session)
        if number is not None:
            return 128 + number
        if status == HUNG_UP:  # the terminal was lost, and the session was the first to see it
            return status
        termios.tcsetattr(sys.stdin, termios.TCSANOW, attributes)
        crashes.append(time.monotonic())
        if len(crashes) == CRASHES and crashes[-1] - crashes[0] < WITHIN_SECONDS:
            return GAVE_UP


def _run(session: Callable[[], int]) -> tuple[int | None, int]:
    """One session: the signal that was passed on to it, if any, and its exit status."""
    child = os.fork()
    if child == 0:
        _run_child(session)
    passed_on: int | None = None
    while True:
        number = signal.sigwait(ENDING | {signal.SIGCHLD})
        if number != signal.SIGCHLD:
            os.kill(child, number)
            passed_on = number
        elif (ended := os.waitpid(child, os.WNOHANG)) != (0, 0):
            return passed_on, os.waitstatus_to_exitcode(ended[1])


def _run_child(session: Callable[[], int]) -> NoReturn:
    """The child: nothing of its parent's is tidied up at its end."""
    status = GAVE_UP
    try:
        status = session()
    except BaseException as error:  # noqa: BLE001  # whatever it was, the parent goes on
        print(*places(error), sep="\n", file=sys.stderr, flush=True)  # noqa: T201  # last words
    finally:
        os._exit(status)
