"""The portal in a page: a page that is forgotten gives its place back."""

from __future__ import annotations

from tui.full_screen.app import PortalApp
from tui.full_screen.widgets.text import Say


class PageApp(PortalApp):
    """Idle too long at the login, too, ends it: the page says so, and how to begin again."""

    def on_mount(self) -> None:
        """Textual calls the one of `PortalApp` too."""
        self._idle.start()

    async def _to_login(self, why: Say | None) -> None:
        await super()._to_login(why)
        self._idle.start()

    async def _end_idle(self) -> None:
        if self.visit.session is None:
            self.exit()
        else:
            await super()._end_idle()
