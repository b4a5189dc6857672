"""Leaving the portal: the question, what becomes of the order under way, and on to the login."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from textual.app import App

from engine.errors import PortalError
from tui.full_screen.host import Host
from tui.full_screen.navigation import Navigation
from tui.full_screen.widgets.text import Say
from tui.visit.visit import log_out
from tui.wording.translation import _
from tui.wording.unfinished_orders import logged_out


class Logout:
    """Logs out the person who is here, once."""

    def __init__(
        self,
        app: App[None],
        host: Host,
        navigation: Navigation,
        to_login: Callable[[Say], Awaitable[None]],
    ) -> None:
        """`app` runs what has to be done, `host` is given to the dialog: the same object."""
        self._app = app
        self._host = host
        self._navigation = navigation
        self._to_login = to_login

    def ask(self) -> None:
        """Whether to log out, or to leave the portal from the login."""
        from tui.full_screen.screens.leave_dialog import LeaveDialog

        if not isinstance(self._app.screen, LeaveDialog):
            self._app.push_screen(LeaveDialog(self._host), self._answered)

    async def _answered(self, answer: object) -> None:
        from tui.full_screen.screens.leave_dialog import Leaving

        visit = self._host.visit
        if answer is Leaving.QUIT:
            self._app.exit(return_code=0)
        elif answer in (Leaving.KEEP, Leaving.DROP) and (order := visit.order) is not None:
            keep = answer is Leaving.KEEP
            leave = partial(log_out, visit.portal, visit.signed_in, order, keep=keep)
            self.depart(leave, logged_out)

    def depart(self, settled: Callable[[], bool], why: Callable[[bool], str]) -> None:
        """Settle what is left with the store, in a thread, and go to the login, which says why
        and what came of it. Meanwhile keys go nowhere."""
        if self._navigation.departing:
            return
        self._navigation.departing = True
        self._navigation.top.say(lambda: _("Working…"))

        def work() -> None:
            try:
                done = settled()
                then: Callable[[], object] = partial(self._departed, partial(why, done))
            except PortalError as error:
                then = partial(self._cannot_leave, error)
            if self._app.is_running:
                self._app.call_from_thread(self._app.call_later, then)

        self._app.run_worker(work, thread=True, group="departing")

    async def _departed(self, why: Say) -> None:
        if self._navigation.departing:  # a kiosk may have begun again meanwhile
            await self._to_login(why)

    def _cannot_leave(self, error: PortalError) -> None:
        """The order under way could not be kept: say why, and leave the choice."""
        self._navigation.departing = False
        self._navigation.top.say_error(error)
