"""The portal as a kiosk: it cannot be left, and the next visitor finds it as the last one did."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ClassVar

from textual.driver import Driver

from engine.assembly import Portal
from engine.settings import Language
from tui.full_screen.app import PortalApp
from tui.full_screen.input.driver import PortalDriver
from tui.full_screen.keymap import START_PAGE
from tui.full_screen.language import speak
from tui.full_screen.running import run_app
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.screens.kiosk_start import KioskLoginScreen, StartScreen
from tui.full_screen.widgets.text import Say
from tui.terminal.crash_report import places
from tui.terminal.idle_watch import IdleWatch
from tui.visit.export_ways import ExportWay
from tui.wording.translation import _, set_language

IDLE_SECONDS = 120.0
"""Without a key for so long, and the start page is back."""


class KioskApp(PortalApp):
    """Start page, login and portal, on fresh data for every visitor."""

    ALLOW_SELECT: ClassVar[bool] = False
    WAY_OUT = START_PAGE

    def __init__(
        self,
        open_portal: Callable[[], Portal],
        driver: type[Driver] = PortalDriver,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        super().__init__(open_portal(), driver)
        self._open_portal = open_portal
        self._idle = IdleWatch(idle_seconds, self._idle_too_long)

    def first_screen(self, why: Say | None = None) -> PortalScreen:
        """The start page; after logging out, which has its reason, the login."""
        return KioskLoginScreen(self, why) if why else StartScreen(self, self.enter)

    async def enter(self, chosen: Language) -> None:
        """From the start page to the login."""
        speak(self, chosen)
        self._idle.start()
        await self.navigation.begin_with(KioskLoginScreen(self))

    async def begin_again(self) -> None:
        """Forget all that the visitor did, and show the start page."""
        visit = self.visit
        visit.portal.close()
        visit.portal = self._open_portal()
        set_language(visit.portal.settings.language)
        await self._to_login(None)

    async def _to_login(self, why: Say | None) -> None:
        await super()._to_login(why)
        if why is not None:  # on the start page there is nobody to wait for
            self._idle.start()

    async def _end_idle(self) -> None:
        await self.begin_again()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """On the start page no key has a meaning of its own."""
        if isinstance(self.screen, StartScreen):
            return None
        return super().check_action(action, parameters)

    def action_log_out(self) -> None:
        """F10: log out, and from the login back to the start page; there is no way further."""
        if self.visit.session is None:
            self.call_later(self.begin_again)
        else:
            super().action_log_out()

    def how_to_leave(self) -> str:
        """Only back to the start page."""
        if self.visit.session is None:
            return _("F10 (or Esc, then 0) returns to the start page.")
        return super().how_to_leave()

    # What Textual offers beyond the portal. No key leads to any of it; nothing else may, either.

    async def action_quit(self) -> None:
        """Nobody ends a kiosk from within."""

    def action_suspend_process(self) -> None:
        """There is no shell to go back to."""

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """There is no shell to go back to."""
        yield

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """No browser."""

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """No files."""

    def export_ways(self) -> list[ExportWay]:
        """One, which says that no files are written; a visitor reads the screen."""
        return [ExportWay.FOLDER]

    def copy(self, text: str) -> bool:
        """The clipboard is the machine's, not the visitor's."""
        return False

    def copy_to_clipboard(self, text: str) -> None:
        """Nor from a field."""


def run_kiosk(
    open_portal: Callable[[], Portal],
    driver: type[Driver] = PortalDriver,
    idle_seconds: float = IDLE_SECONDS,
) -> int:
    """One session of a kiosk, until a signal or a mistake of the program ends it (70)."""
    app = KioskApp(open_portal, driver, idle_seconds)
    return run_app(app, mouse=False, report=_say_where)


def _say_where(error: BaseException) -> None:
    """Writing no files, a kiosk has only this for who keeps it."""
    print(*places(error), sep="\n", file=sys.stderr, flush=True)  # noqa: T201  # the last words
