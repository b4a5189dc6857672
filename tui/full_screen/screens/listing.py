"""A screen with a list that is read each time that one comes back to it."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual import events, on

from tui.full_screen.host import Host
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.widgets.sorted_list import SortedList
from tui.full_screen.widgets.text import Say
from tui.wording.translation import _

Item = TypeVar("Item")


class ListScreen(PortalScreen, Generic[Item]):
    """What is read, what a row opens, and the list itself are a subclass's."""

    def __init__(self, host: Host, table: SortedList[Item]) -> None:
        super().__init__(host)
        self.table = table
        self.news: Say | None = None
        """What was done, to be said once the list shows it."""

    def read(self) -> None:
        """Ask for what is to be shown, and hand it to `show`."""
        raise NotImplementedError

    def open(self, item: Item) -> None:
        """Enter on a row."""
        raise NotImplementedError

    def begin(self) -> None:
        """In the list."""
        self.table.take_focus()

    def on_screen_resume(self) -> None:
        """Others may have changed something."""
        super().on_screen_resume()
        self.read()

    def show(self, items: list[Item]) -> None:
        """Show what was read."""
        self.table.show(items)
        if self.news is not None:
            self.say(self.news)
            self.news = None
        elif items:
            self.hint(lambda: _("Enter: open · S: sort · /: look for rows"))

    def relabel(self) -> None:
        """Rows in the reader's language."""
        super().relabel()
        self.table.relabel()

    def on_resize(self, event: events.Resize) -> None:
        """The columns take the room that there is now."""
        super().on_resize(event)
        self.table.relabel()

    def main_action(self) -> None:
        """Enter in the line to look in: to the rows."""
        self.table.take_focus()

    async def action_back(self) -> None:
        """First all rows again, then to where one came from."""
        if self.table.is_filtered:
            self.table.show_all()
        else:
            await self.leave_list()

    async def leave_list(self) -> None:
        """Where one came from: home."""
        await super().action_back()

    @on(SortedList.Chosen)
    def _chosen(self, event: SortedList.Chosen) -> None:
        self.open(event.item)

    @on(SortedList.Told)
    def _told(self, event: SortedList.Told) -> None:
        self.say(event.said)
