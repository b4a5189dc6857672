"""What leaves the portal for the person's own terminal: to its clipboard, and bare onto it."""

from __future__ import annotations

import os
from collections.abc import Iterable

from tui.full_screen.input.driver import PortalDriver
from tui.full_screen.input.textual_private import driver_of
from tui.full_screen.ways import Ways
from tui.visit.export_ways import ExportWay, ways_in_a_terminal


class HandingOver(Ways, inherit_bindings=False):
    """That half of the `Host`."""

    def export_ways(self) -> list[ExportWay]:
        """Those of a terminal."""
        return ways_in_a_terminal(self.visit, os.environ)

    def show_bare(self, lines: Iterable[str]) -> None:
        """… where there is a terminal."""
        driver = driver_of(self)
        if isinstance(driver, PortalDriver):
            driver.show_bare(lines)

    def end_bare(self) -> None:
        """The portal's screens again."""
        driver = driver_of(self)
        if isinstance(driver, PortalDriver):
            driver.end_bare()
            self.call_later(self.action_repaint)

    def download(self, name: str, text: str) -> None:
        """There is no browser."""

    def copy(self, text: str) -> bool:
        """To the terminal's clipboard; `PortalDriver` writes it so that it passes tmux."""
        self.copy_to_clipboard(text)
        return True
