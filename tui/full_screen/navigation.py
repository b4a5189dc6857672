"""The way between screens, and where each leads for the person who is here now."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from textual.app import App
from textual.screen import Screen

from engine.accounts.people import Right
from tui.full_screen import keymap
from tui.full_screen.host import Host
from tui.full_screen.input.typed_ahead import THROUGH, Replay
from tui.full_screen.keymap import EVERYWHERE, LANGUAGE, Command
from tui.full_screen.screens.asking import PortalScreen
from tui.wording.translation import _

Kind = TypeVar("Kind", bound=PortalScreen)
LOGIN_DEPTH, HOME_DEPTH = 1, 2
"""Screens in the stack at the login and at home."""

_WORK = (
    keymap.NEW_ORDER,
    keymap.SEARCH,
    keymap.CHECK,
    keymap.CHANGE,
    keymap.QUOTES,
    keymap.REQUESTS,
    keymap.REPORTS,
    keymap.PEOPLE,
    keymap.DESK,
)
"""What needs somebody who has logged in, with a password of his own."""


class Navigation:
    """Home, orders, search, password, guide, legal, menu. Screens are imported when they are
    first asked for: the login is on the terminal sooner."""

    def __init__(self, app: App[None], host: Host, way_out: Command) -> None:
        """`app` shows screens, `host` is given to them: the same object. `way_out` is what F10
        does before login."""
        self._app = app
        self._host = host
        self._visit = host.visit
        self._way_out = way_out
        self.departing = False
        """Somebody is being logged out: what is still typed goes nowhere."""
        self.under_way = 0
        """Ways between screens that are begun, or wait for their turn."""

    # Where one is

    @property
    def screens(self) -> list[PortalScreen]:
        """The portal's screens that are open, the one in front last."""
        return [each for each in self._app.screen_stack if isinstance(each, PortalScreen)]

    @property
    def top(self) -> PortalScreen:
        """The one in front, or behind a dialog. The login, at least, is always there."""
        return self.screens[-1]

    @property
    def is_held(self) -> bool:
        """An answer is on its way that has to find the person: nothing leads away from it."""
        return any(screen.held for screen in self.screens)

    def keys_let_through(self) -> frozenset[str] | None:
        """The keys that do not wait for their turn now; None: nothing has to wait."""
        if self.is_held:
            return frozenset({LANGUAGE.keys})
        if self.under_way or any(screen.delivering for screen in self.screens):
            return THROUGH
        stack = self._app.screen_stack
        if not stack:  # the app is on its way out
            return frozenset()
        front = stack[-1]
        if not isinstance(front, PortalScreen):
            return None
        if not front.opened:
            return frozenset()
        return THROUGH if front.asking else None

    # Going elsewhere

    def in_turn(self, way: Callable[[], Awaitable[None]]) -> None:
        """Go a way in the app's own turn: ways that two messages lead to are gone one after the
        other, not both half. Keys wait until it is gone."""

        async def go() -> None:
            try:
                await way()
            finally:
                self.under_way -= 1
                self._app.post_message(Replay())

        self.under_way += 1
        self._app.call_later(go)

    async def back_to(self, depth: int) -> None:
        """Close screens until so many are left."""
        while len(self._app.screen_stack) > depth:
            screen = self._app.screen
            if isinstance(screen, PortalScreen):
                screen.leave()
            # Not awaited: a click comes from the screen itself, which would wait for its own end.
            self._app.pop_screen()

    async def begin_with(self, screen: Screen[None]) -> None:
        """Close every screen, and show another one in place of the lowest."""
        await self.back_to(LOGIN_DEPTH)
        self.top.leave()
        self._app.switch_screen(screen)  # not awaited: the same

    async def home(self) -> None:
        """Home, or the login for a person who has not signed in."""
        if self._visit.change_due:
            self._say_change_due()
        else:
            await self.back_to(HOME_DEPTH if self._visit.session else LOGIN_DEPTH)

    async def go_to(self, screen: Screen[None]) -> None:
        """Show a screen over home, in place of the one that is there."""
        await self.back_to(HOME_DEPTH)
        await self._app.push_screen(screen)

    async def _return_to(self, kind: type[Kind]) -> Kind | None:
        """The open screen of that kind, with what lay over it closed; None when there is none."""
        for depth, screen in enumerate(self._app.screen_stack, start=1):
            if isinstance(screen, kind):
                await self.back_to(depth)
                return screen
        return None

    async def new_order(self) -> None:
        """The order under way, or a new one."""
        if self._allowed(Right.ORDER):
            from tui.full_screen.screens.order.screen import OrderScreen

            at_hand = self.top.system_at_hand
            screen = await self._return_to(OrderScreen)
            if screen is None or screen.finished:
                await self.go_to(OrderScreen(self._host, equipment_id=at_hand))

    async def search(self) -> None:
        """To find a keycode."""
        if self._allowed(Right.SEARCH):
            from tui.full_screen.screens.search import SearchScreen

            at_hand = self.top.system_at_hand
            screen = await self._return_to(SearchScreen)
            if screen is None:
                await self.go_to(SearchScreen(self._host, at_hand))
            else:
                screen.show_form(at_hand)

    async def check(self) -> None:
        """To check a keycode; a caller is not the one whose order is under the cursor of Home."""
        if self._allowed(Right.SEARCH):
            from tui.full_screen.screens.check_keycode import CheckScreen

            at_hand = self.top.system_at_hand if len(self.screens) > HOME_DEPTH else ""
            if screen := await self._return_to(CheckScreen):
                screen.show_form(at_hand)
            else:
                await self.go_to(CheckScreen(self._host, at_hand))

    async def change(self) -> None:
        """To change a system, which has to be found first."""
        if self._allowed(Right.ORDER):
            await self.search()
            self.top.say(lambda: _("Find the system, then choose “Change …” on its page."))

    async def quotes(self) -> None:
        """To the quotes of the company."""
        if self._allowed(Right.SEARCH):
            from tui.full_screen.screens.quotes import QuotesScreen

            if not await self._return_to(QuotesScreen):
                await self.go_to(QuotesScreen(self._host))

    async def reports(self) -> None:
        """To count what was ordered."""
        if self._allowed(Right.REPORT):
            from tui.full_screen.screens.reports import ReportsScreen

            if not await self._return_to(ReportsScreen):
                await self.go_to(ReportsScreen(self._host))

    async def requests(self) -> None:
        """To what is asked of the licence desk."""
        if self._allowed(Right.SEARCH):
            from tui.full_screen.screens.requests import RequestsScreen

            if not await self._return_to(RequestsScreen):
                await self.go_to(RequestsScreen(self._host))

    async def people(self) -> None:
        """To look after the people of the company."""
        if self._allowed(Right.PEOPLE):
            from tui.full_screen.screens.people import PeopleScreen

            if not await self._return_to(PeopleScreen):
                await self.go_to(PeopleScreen(self._host))

    async def desk(self) -> None:
        """To what is the licence desk's, and the auditor's."""
        if self._allowed(Right.JOURNAL):
            from tui.full_screen.screens.desk import DeskScreen

            if not await self._return_to(DeskScreen):
                await self.go_to(DeskScreen(self._host))

    async def show_order(self, number: str) -> None:
        """An order that was just placed, over home."""
        from tui.full_screen.screens.placed_order import PlacedOrderScreen

        await self.go_to(PlacedOrderScreen(self._host, number))

    async def show_quote(self, number: str, *, saved: bool = False) -> None:
        """A quote, over home; `saved`: it was made just now."""
        from tui.full_screen.screens.quote import QuoteScreen

        await self.go_to(QuoteScreen(self._host, number, saved=saved))

    async def change_password(self) -> None:
        """To the screen where one changes one's password."""
        if self._allowed(None):
            from tui.full_screen.screens.password import PasswordScreen

            if not await self._return_to(PasswordScreen):
                await self.go_to(PasswordScreen(self._host))

    async def read(self, document: str, page: str) -> None:
        """Show a page of a document over the screen that is there."""
        from tui.full_screen.screens.document import ReadingScreen

        if isinstance(self._app.screen, ReadingScreen):
            self._app.screen.open(document, page)
        else:
            await self._app.push_screen(ReadingScreen(self._host, document, page))

    # The menu

    def show_menu(self) -> None:
        """Everything that can be done, for terminals that lose function keys."""
        from tui.full_screen.screens.menu import MenuScreen

        menu = MenuScreen(self.menu(), self.top)

        async def chosen(key: str | None) -> None:
            if key is None:
                return
            entry = menu.entry(key)
            await (self.run(entry) if isinstance(entry, Command) else entry.action_press())

        self._app.push_screen(menu, chosen)

    def menu(self) -> list[Command]:
        """What the menu offers now; last, what only the screen in front has."""
        anywhere = [keymap.HOME, *EVERYWHERE[:-1], keymap.LEGAL, keymap.CONTACT, keymap.ABOUT]
        return self.offered([*anywhere, *self.top.keys])

    async def run(self, command: Command) -> None:
        """Do what a key of the registry does, without the key."""
        await self._app.run_action(command.action, default_namespace=self._app.screen)

    # What one may

    def offered(self, commands: Iterable[Command]) -> list[Command]:
        """Of some commands, those that lead somewhere now; before login F10 has another name."""
        closed: tuple[Command, ...] = ()
        if self._visit.session is None:
            closed = (*_WORK, keymap.PASSWORD)
            commands = [self._way_out if c is keymap.LOG_OUT else c for c in commands]
        elif self._visit.change_due:
            closed = (keymap.HOME, *_WORK)
        else:
            needs = {keymap.NEW_ORDER: Right.ORDER, keymap.CHANGE: Right.ORDER}
            needs |= {keymap.REPORTS: Right.REPORT, keymap.PEOPLE: Right.PEOPLE}
            needs |= {keymap.DESK: Right.JOURNAL}
            closed = tuple(each for each, right in needs.items() if not self._visit.may(right))
        return [command for command in commands if command not in closed]

    def _allowed(self, right: Right | None) -> bool:
        """Whether that may be done now (None: by anybody who has signed in); says why not."""
        if self._visit.session is None:
            self.top.say(lambda: _("Log in first."), error=True)
            return False
        if right is not None and self._visit.change_due:
            self._say_change_due()
            return False
        if right is not None and not self._visit.may(right):
            self.top.say(
                lambda: _("Your role does not allow this; ask the licence desk."), error=True
            )
            return False
        return True

    def _say_change_due(self) -> None:
        self.top.say(
            lambda: _("First choose a password of your own, or log out with F10."), error=True
        )
