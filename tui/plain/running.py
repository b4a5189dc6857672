"""Plain mode from its first line to its last, and every way in which it ends."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from io import BufferedReader
from select import select
from types import FrameType
from typing import Never, TextIO

from engine.assembly import Portal
from tui.plain.dialogue import Dialogue, InputEnded, NotText
from tui.plain.login import TooManyRefusals
from tui.plain.portal import PlainPortal
from tui.terminal.encoding import encoding_of
from tui.terminal.shutdown import GRACE_SECONDS
from tui.visit.arrival import Arrival
from tui.visit.visit import Visit


class NothingRead(Exception):  # what happened, not a mistake
    """The input was at its end before a single line had come."""


class _Gone(BaseException):
    """SIGHUP or SIGTERM: nothing on the way may take it for an error of its own."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def run_plain(portal: Portal, arrival: Arrival | None = None) -> int:
    """The portal in plain mode over standard input and output; the exit status.

    0 when the reader left or the input ended: an order under way is kept; 1 when a pipe was
    refused the login three times, or sent bytes that are not UTF-8. On SIGHUP and SIGTERM
    too, and then the process ends here, since what reads the output may never read again.
    Raises `NothingRead`, and `KeyboardInterrupt` at the second Ctrl+C.
    """
    dialogue = _standard_dialogue()
    visit = Visit(portal, arrival)
    plain = PlainPortal(visit, dialogue)
    _on_signals(dialogue)
    gc.enable()  # all that is needed is imported: see `tui.__main__`
    try:
        plain.run()
    except NotText:
        plain.input_ended()
        return 1
    except InputEnded:
        if not dialogue.lines_read:
            raise NothingRead from None
        plain.input_ended()
    except TooManyRefusals:
        return 1
    except _Gone as gone:
        # The draft may have to wait for a lock: not for longer than whoever ends us will wait.
        status = 128 + gone.number
        threading.Timer(GRACE_SECONDS, os._exit, (status,)).start()
        visit.keep_draft()
        portal.close()
        os._exit(status)
    finally:
        visit.keep_draft()
    return 0


def input_is_over(lines_in: TextIO | None) -> bool:
    """Whether it is known already that nobody will answer. Waits for nobody: who is at the other
    end of a pipe may be waiting for the first question."""
    if lines_in is None or lines_in.closed:
        return True
    buffer = getattr(lines_in, "buffer", None)
    if lines_in.isatty() or not isinstance(buffer, BufferedReader):
        return False
    try:
        return bool(select([lines_in], [], [], 0)[0]) and not buffer.peek(1)
    except OSError:
        return True


def _standard_dialogue() -> Dialogue:
    if hasattr(sys.stdin, "reconfigure"):
        # A byte that is no character is told from all characters, and asked about.
        sys.stdin.reconfigure(errors="surrogateescape")
    return Dialogue(sys.stdin, sys.stdout, encoding_of(os.environ, sys.stdout.encoding))


def _on_signals(dialogue: Dialogue) -> None:
    def interrupt(_number: int, _frame: FrameType | None) -> None:
        if dialogue.waiting:
            raise KeyboardInterrupt

    def gone(number: int, _frame: FrameType | None) -> Never:
        for other in (signal.SIGHUP, signal.SIGTERM):
            signal.signal(other, signal.SIG_IGN)
        raise _Gone(number)

    signal.signal(signal.SIGINT, interrupt)
    signal.signal(signal.SIGHUP, gone)
    signal.signal(signal.SIGTERM, gone)
