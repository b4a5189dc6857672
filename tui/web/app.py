"""The portal in a page: a page that is forgotten gives its place back."""

from __future__ import annotations

from tui.full_screen.app import PortalApp
from tui.full_screen.input.textual_private import driver_of
from tui.full_screen.widgets.text import Say
from tui.visit.export_ways import ExportWay
from tui.web.driver import WebPortalDriver
from tui.web.visitor import DOWNLOAD


class PageApp(PortalApp):
    """Idle too long at the login, too, ends it: the page says so, and how to begin again."""

    def on_mount(self) -> None:
        """Textual calls the one of `PortalApp` too."""
        self._idle.start()

    def export_ways(self) -> list[ExportWay]:
        """The folder is the server's, and the browser need not take what is for a clipboard."""
        return [ExportWay.DOWNLOAD]

    def download(self, name: str, text: str) -> None:
        """The page saves it."""
        driver = driver_of(self)
        if isinstance(driver, WebPortalDriver):
            driver.write_meta({"type": DOWNLOAD, "name": name, "text": text})

    async def _to_login(self, why: Say | None) -> None:
        await super()._to_login(why)
        self._idle.start()

    async def _end_idle(self) -> None:
        if self.visit.session is None:
            self.exit()
        else:
            await super()._end_idle()
