"""The portal as a full-screen app, from login to logout; its keys are in `keyboard`, the
way between its screens in `navigation`."""

from __future__ import annotations

import gc
import io
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.console import Console, RenderableType
from textual.driver import Driver
from textual.worker import WorkerFailed

from engine.accounts.people import User
from engine.assembly import Portal
from engine.errors import PortalError, SessionEnded
from engine.services.access import Session
from tui.full_screen.input.driver import PortalDriver
from tui.full_screen.navigation import HOME_DEPTH, WaysApp
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.screens.login import LoginScreen
from tui.full_screen.widgets.text import Say
from tui.terminal import shutdown
from tui.terminal.crash_report import report
from tui.visit.visit import settle
from tui.wording.errors import sentence
from tui.wording.order import logged_out
from tui.wording.translation import _, language

MISTAKE = 70
"""Exit status after a mistake of the program (EX_SOFTWARE)."""


class PortalApp(WaysApp):
    """One operator's portal."""

    CSS_PATH: ClassVar[Path] = Path(__file__).parent / "styles" / "portal.tcss"

    def __init__(self, portal: Portal, driver: type[Driver] = PortalDriver) -> None:
        super().__init__(portal, driver)
        self._leaving = False
        self.mistake: Exception | None = None
        """What ended the app, when it was not the operator."""

    def on_mount(self) -> None:
        """Begin at the door."""
        self.push_screen(self.door())
        self.call_after_refresh(gc.enable)

    def door(self, why: Say | None = None) -> PortalScreen:
        """What whoever has not signed in sees, and why when it is not for the first time."""
        return LoginScreen(self.visit, why)

    def _handle_exception(self, error: Exception) -> None:
        # Textual publishes no hook for this. It would print every local variable of the frames,
        # a password among them, to a console that is silenced in `run_app`. While the app is
        # on its way out, screens may miss widgets that are gone: that is no mistake.
        if self._leaving:
            return
        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
            error = error.error
        self.mistake = self.mistake or error
        super()._handle_exception(error)

    def exit(
        self, result: None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        """End, for whatever reason."""
        self._leaving = True
        super().exit(result, return_code, message)

    async def begin(self, door: PortalScreen, session: Session, user: User) -> None:
        """Somebody has signed in at that door, unless it was left meanwhile."""
        from tui.full_screen.screens.home import HomeScreen

        if not door.is_open:
            return
        self.visit.begin(session, user)
        if self.visit.language not in (None, language()):
            self.use_language(self.visit.language)
        self._idle.start()
        await self._back_to(HOME_DEPTH - 1)  # the guide may have been opened meanwhile
        await self.push_screen(HomeScreen(self.visit))
        if self.visit.change_due:
            await self.action_password()

    def action_log_out(self) -> None:
        """F10: log out, or leave the portal from the login; asks first."""
        from tui.full_screen.screens.leave_dialog import LeaveDialog

        if isinstance(self.screen, LeaveDialog):
            return
        self.push_screen(LeaveDialog(self.visit), self._leave)

    async def _leave(self, answer: object) -> None:
        from tui.full_screen.screens.leave_dialog import Leaving

        if answer is Leaving.QUIT:
            self.exit(return_code=0)
        elif answer in (Leaving.KEEP, Leaving.DROP) and (order := self.visit.order) is not None:
            portal, session, keep = self.visit.portal, self.visit.signed_in, answer is Leaving.KEEP
            leave = partial(settle, portal, session, order, keep=keep)
            self._depart(leave, logged_out)

    async def end_session(self, ended: SessionEnded) -> None:
        """The session is over: keep the order under way, and back to the login, which says why."""
        if (order := self.visit.order) is not None:
            self._read_fields()
            self._depart(order.keep, lambda _kept: sentence(ended))

    def _depart(self, settled: Callable[[], bool], why: Callable[[bool], str]) -> None:
        """Settle what is left with the store, in a thread, and go to the login, which says why
        and what came of it."""
        if self.departing:
            return
        self.departing = True
        self._portal_screen().say(lambda: _("Working…"))

        def work() -> None:
            try:
                done = settled()
                then: Callable[[], object] = partial(self._departed, partial(why, done))
            except PortalError as error:
                then = partial(self._cannot_leave, error)
            if self.is_running:
                self.call_from_thread(self.call_later, then)

        self.run_worker(work, thread=True, group="departing")

    async def _departed(self, why: Say) -> None:
        if self.departing:  # a kiosk may have begun again meanwhile
            await self._to_login(why)

    def _cannot_leave(self, error: PortalError) -> None:
        """The order under way could not be kept: say why, and leave the choice."""
        self.departing = False
        self._portal_screen().say_error(error)

    async def _to_login(self, why: Say | None) -> None:
        self.departing = False
        self._idle.stop()
        self.visit.end()
        self._typed.drop()
        await self._back_to(HOME_DEPTH - 2)
        await self.push_screen(self.door(why))

    def _idle_too_long(self) -> None:
        """From the idle watch's thread."""
        if self.is_running:
            self.call_from_thread(lambda: self.call_later(self._end_idle))

    def leave_from_thread(self, status: int) -> None:
        """The terminal is going away: end. The order under way is kept already, but what was
        typed last may still be on its way to it."""
        if self.is_running:
            self.call_from_thread(self.leave_at_once, status)

    def leave_at_once(self, status: int) -> None:
        """End, with what stands in the fields in the order under way."""
        self._read_fields()
        self.exit(return_code=status)

    def _read_fields(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, PortalScreen):
                screen.leave()

    async def _end_idle(self) -> None:
        """Nobody is there any more. An answer that has to find the person gets the same time."""
        if self.is_held:
            self._idle.start()
        elif self.visit.session is not None:
            await self.end_session(SessionEnded(reason="idle"))


def run_portal(portal: Portal) -> int:
    """Open the portal in this terminal; see `run_app`."""
    return run_app(PortalApp(portal))


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
