"""Running the portal in full screen, to an exit status."""

from __future__ import annotations

import gc
import io
from collections.abc import Callable

from rich.console import Console

from engine.assembly import Portal
from tui.full_screen.app import PortalApp
from tui.terminal import shutdown
from tui.terminal.crash_report import report
from tui.visit.arrival import Arrival

MISTAKE = 70
"""Exit status after a mistake of the program (EX_SOFTWARE)."""


def run_portal(portal: Portal, arrival: Arrival) -> int:
    """Open the portal in this terminal, for whom it expects; see `run_app`."""
    return run_app(PortalApp(portal, arrival=arrival))


def run_app(
    app: PortalApp, *, mouse: bool = True, report: Callable[[Exception], None] = report
) -> int:
    """Run it to its end; the exit status.

    0 when the operator left, 70 after a mistake of the program, 128 and the number of a signal.
    """
    gc.disable()  # until the first frame: a tenth of the time to it
    app.error_console = Console(file=io.StringIO())
    shutdown.watch(app.leave_from_thread, app.visit.keep_draft)
    app.run(mouse=mouse)
    app.visit.keep_draft()
    shutdown.finished()
    if app.mistake is not None:
        report(app.mistake)
        return MISTAKE
    return app.return_code or 0
