"""The app as far as its screens go: the way between them, from everywhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import ClassVar, TypeVar

from engine.accounts.people import Right
from tui.full_screen.input.typed_ahead import Replay
from tui.full_screen.keyboard import KeyedApp
from tui.full_screen.keymap import EVERYWHERE, LEAVE, Command
from tui.full_screen.screens.asking import PortalScreen
from tui.wording.translation import _

Kind = TypeVar("Kind", bound=PortalScreen)
HOME_DEPTH = 3
"""Textual's own empty screen, the login, and home over it."""


class WaysApp(KeyedApp, inherit_bindings=True):
    """Home, orders, search, password, guide, legal, menu. Screens are imported when they are
    first asked for: the login is on the terminal sooner."""

    OUT: ClassVar[Command] = LEAVE
    """What F10 does before login."""

    async def action_home(self) -> None:
        """Home, or the login for whoever has not signed in."""
        if self.visit.change_due:
            self._say_change_due()
        else:
            await self._back_to(HOME_DEPTH if self.visit.session else HOME_DEPTH - 1)

    def in_turn(self, way: Callable[[], Awaitable[None]]) -> None:
        """Go a way in the app's own turn: ways that two messages lead to are gone one after the
        other, not both half. Keys wait until it is gone."""

        async def go() -> None:
            try:
                await way()
            finally:
                self.ways_to_go -= 1
                self.post_message(Replay())

        self.ways_to_go += 1
        self.call_later(go)

    async def go_to(self, screen: PortalScreen) -> None:
        """Show a screen over home, in place of the one that is there."""
        await self._back_to(HOME_DEPTH)
        await self.push_screen(screen)

    async def _return_to(self, kind: type[Kind]) -> Kind | None:
        """The open screen of that kind, with what lay over it closed; None when there is none."""
        for depth, screen in enumerate(self.screen_stack, start=1):
            if isinstance(screen, kind):
                await self._back_to(depth)
                return screen
        return None

    async def _back_to(self, depth: int) -> None:
        while len(self.screen_stack) > depth:
            screen = self.screen
            if isinstance(screen, PortalScreen):
                screen.leave()
            # Not awaited: a click comes from the screen itself, which would wait for its own end.
            self.pop_screen()

    async def action_new_order(self) -> None:
        """F2: the order under way, or a new one."""
        if self._signed_in(Right.ORDER):
            from tui.full_screen.screens.order.screen import OrderScreen

            screen = await self._return_to(OrderScreen)
            if screen is None or screen.finished:
                await self.go_to(OrderScreen(self.visit))

    async def action_search(self) -> None:
        """F4."""
        if self._signed_in(Right.SEARCH):
            from tui.full_screen.screens.search import SearchScreen

            if screen := await self._return_to(SearchScreen):
                screen.again()
            else:
                await self.go_to(SearchScreen(self.visit))

    async def action_check(self) -> None:
        """Check a keycode."""
        if self._signed_in(Right.SEARCH):
            from tui.full_screen.screens.check import CheckScreen

            if screen := await self._return_to(CheckScreen):
                screen.again()
            else:
                await self.go_to(CheckScreen(self.visit))

    async def action_password(self) -> None:
        """F6."""
        if self._signed_in(None):
            from tui.full_screen.screens.password import PasswordScreen

            if not await self._return_to(PasswordScreen):
                await self.go_to(PasswordScreen(self.visit))

    async def action_guide(self) -> None:
        """F1: the user guide at the page of this screen."""
        await self._read("guide", self._portal_screen().guide_page)

    async def action_legal(self) -> None:
        """The legal page."""
        await self._read("legal", "legal")

    async def action_about(self) -> None:
        """What this program is."""
        await self._read("legal", "about")

    async def action_contact(self) -> None:
        """Whom to ask."""
        await self._read("contact", "")

    async def _read(self, document: str, page: str) -> None:
        from tui.full_screen.screens.document import ReadingScreen

        if isinstance(self.screen, ReadingScreen):
            self.screen.open(document, page)
        else:
            await self.push_screen(ReadingScreen(self.visit, document, page))

    def action_menu(self) -> None:
        """Ctrl+P: everything that can be done, for terminals that lose function keys."""
        from tui.full_screen.screens.menu import MenuScreen

        self.push_screen(MenuScreen(self.menu()), self._run_command)

    def menu(self) -> list[Command]:
        """What the menu offers now."""
        from tui.full_screen import keymap

        everything = [keymap.HOME, *EVERYWHERE[:-1], keymap.LEGAL, keymap.CONTACT, keymap.ABOUT]
        return self.offered(everything)

    def offered(self, commands: Iterable[Command]) -> list[Command]:
        """Of some commands, those that lead somewhere now; before login F10 has another name."""
        from tui.full_screen import keymap

        closed: tuple[Command, ...] = ()
        if self.visit.session is None:
            closed = (keymap.NEW_ORDER, keymap.SEARCH, keymap.CHECK, keymap.PASSWORD)
            commands = [self.OUT if c is keymap.LOG_OUT else c for c in commands]
        elif self.visit.change_due:
            closed = (keymap.HOME, keymap.NEW_ORDER, keymap.SEARCH, keymap.CHECK)
        elif not self.visit.may(Right.ORDER):
            closed = (keymap.NEW_ORDER,)
        return [command for command in commands if command not in closed]

    async def _run_command(self, command: Command | None) -> None:
        if command is not None:
            await self.run_action(command.action, default_namespace=self.screen)

    def _signed_in(self, right: Right | None) -> bool:
        if self.visit.session is None:
            self._portal_screen().say(lambda: _("Log in first."), error=True)
            return False
        if right is not None and self.visit.change_due:
            self._say_change_due()
            return False
        if right is not None and not self.visit.may(right):
            self._portal_screen().say(
                lambda: _("Your role does not allow this; ask the licence desk."), error=True
            )
            return False
        return True

    def _say_change_due(self) -> None:
        self._portal_screen().say(
            lambda: _("First choose a password of your own, or log out with F10."), error=True
        )
