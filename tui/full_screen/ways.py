"""The actions of the keys that lead elsewhere: each a way of the navigation."""

from __future__ import annotations

from tui.full_screen.input.textual_private import TextualApp, driver_of
from tui.full_screen.input.writer import ChangesWriter
from tui.full_screen.language import remember_language, speak
from tui.full_screen.navigation import Navigation
from tui.full_screen.theme import other_theme, remember_theme
from tui.visit.visit import Visit
from tui.wording.translation import other_language


class Ways(TextualApp, inherit_bindings=False):
    """What `keymap` names and `navigation` does."""

    navigation: Navigation
    visit: Visit

    async def action_home(self) -> None:
        """Home."""
        await self.navigation.home()

    async def action_new_order(self) -> None:
        """F2."""
        await self.navigation.new_order()

    async def action_search(self) -> None:
        """F4."""
        await self.navigation.search()

    async def action_check(self) -> None:
        """Check a keycode."""
        await self.navigation.check()

    async def action_change(self) -> None:
        """Change a system."""
        await self.navigation.change()

    async def action_quotes(self) -> None:
        """The quotes of the company."""
        await self.navigation.quotes()

    async def action_reports(self) -> None:
        """Reports."""
        await self.navigation.reports()

    async def action_requests(self) -> None:
        """Requests to the licence desk."""
        await self.navigation.requests()

    async def action_people(self) -> None:
        """The people of the company."""
        await self.navigation.people()

    async def action_desk(self) -> None:
        """The licence desk."""
        await self.navigation.desk()

    async def action_password(self) -> None:
        """F6."""
        await self.navigation.change_password()

    async def action_guide(self) -> None:
        """F1: the user guide at the page of this screen."""
        await self.navigation.read("guide", self.navigation.top.guide_page)

    async def action_legal(self) -> None:
        """The legal page."""
        await self.navigation.read("legal", "legal")

    async def action_about(self) -> None:
        """What this program is."""
        await self.navigation.read("legal", "about")

    async def action_contact(self) -> None:
        """Whom to ask."""
        await self.navigation.read("contact", "")

    def action_menu(self) -> None:
        """Ctrl+P."""
        self.navigation.show_menu()

    def action_repaint(self) -> None:
        """Ctrl+L: all of the screen again; another program may have written over it."""
        driver = driver_of(self)
        if isinstance(driver, ChangesWriter):
            driver.forget()
        self.refresh()

    def action_language(self) -> None:
        """F5: the other language, at once, with nothing typed lost."""
        speak(self, other_language())
        remember_language(self, self.visit)

    def action_colours(self) -> None:
        """The other colours, light or dark."""
        self.theme = other_theme(self.theme)
        remember_theme(self, self.visit)
