"""A list of rows with a heading: `S` sorts it in the next way, `/` looks for rows with a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from engine.safe_text import folded
from tui.full_screen.widgets.containers import Column
from tui.full_screen.widgets.fields import Field, LineInput
from tui.full_screen.widgets.text import TranslatedText, plain
from tui.wording.translation import N_, _

Item = TypeVar("Item")
MARGIN = 4
"""Cells of the window that a row does not get: the margins and the scroll bar."""


class Sort(NamedTuple, Generic[Item]):
    """A way to sort."""

    label: str
    """What it is sorted by; an N_() text."""
    key: Callable[[Item], Any]
    last_first: bool = False


class SortedList(Column, Generic[Item]):
    """Rows of items, in the order in which they were given until somebody sorts them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "sort", show=False),
        Binding("slash", "filter", show=False),
    ]

    class Chosen(Message):
        """Enter on a row."""

        def __init__(self, item: Any) -> None:
            super().__init__()
            self.item = item

    class Told(Message):
        """Something is to be said about the list."""

        def __init__(self, said: Callable[[], str]) -> None:
            super().__init__()
            self.said = said

    def __init__(
        self,
        rows: Callable[[Sequence[Item], int], list[str]],
        sorts: Sequence[Sort[Item]],
        *,
        id: str,  # noqa: A002
    ) -> None:
        """`rows` makes a heading and a line for each item, of at most so many cells."""
        super().__init__(id=f"{id}-list", classes="sorted-list")
        self._list_id = id
        self._make = rows
        self._sorts = tuple(sorts)
        self._sorted_by: int | None = None
        self._all: list[Item] = []
        self._items: list[Item] = []
        """Those that are shown, in the order in which they are."""
        self._rows: list[str] = [""]
        self._filter = Field(
            lambda: _("Only with"), LineInput(id=f"{id}-filter", max_length=60, overtype=True)
        )

    def compose(self) -> ComposeResult:
        """The line to look in, the heading, the rows."""
        yield self._filter
        yield TranslatedText(lambda: self._rows[0], classes="heading")
        yield OptionList(id=self._list_id, markup=False)

    def on_mount(self) -> None:
        """The line comes when it is asked for."""
        self._filter.display = False

    def show(self, items: Sequence[Item]) -> None:
        """Show these; the cursor stays in its row."""
        self._all = list(items)
        self._fill()

    def take_focus(self) -> None:
        """To the rows."""
        self.screen.set_focus(self._options)

    def to_first(self) -> None:
        """The cursor to the first row."""
        self._options.highlighted = 0 if self._items else None

    @property
    def highlighted(self) -> Item | None:
        """The item under the cursor."""
        at = self._options.highlighted
        return None if at is None or at >= len(self._items) else self._items[at]

    @property
    def is_filtered(self) -> bool:
        """Whether the line to look in is there."""
        return self._filter.display

    def show_all(self) -> None:
        """Without that line."""
        self._filter.line.value = ""
        self._filter.display = False
        self.take_focus()

    def relabel(self) -> None:
        """Again, in the language and the width of now."""
        self._fill()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the line, `s` and `/` are signs like others."""
        if action in {"sort", "filter"}:
            return self._options.has_focus or None
        return super().check_action(action, parameters)

    def action_filter(self) -> None:
        """/: only rows with a text."""
        self._filter.display = True
        self.screen.set_focus(self._filter.line)

    def action_sort(self) -> None:
        """S: by the next column, and after the last one as before."""
        ways = (*range(len(self._sorts)), None)
        at = ways.index(self._sorted_by) + 1
        self._sorted_by = ways[at % len(ways)]
        self._fill()
        label = N_("as at first") if self._sorted_by is None else self._sorts[self._sorted_by].label
        self.post_message(self.Told(lambda: _("Sorted: {by}.").format(by=_(label))))

    @on(LineInput.Changed)
    def _typed(self, event: LineInput.Changed) -> None:
        event.stop()
        self._fill()
        if event.value and not self._items:
            self.post_message(self.Told(lambda: _("No row has this text. Esc: all rows.")))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(self._items[event.option_index]))

    @property
    def _options(self) -> OptionList:
        return self.query_one(OptionList)

    def _fill(self) -> None:
        items = self._all
        if self._sorted_by is not None:
            by = self._sorts[self._sorted_by]
            items = sorted(items, key=by.key, reverse=by.last_first)
        heading, *rows = self._make(items, self.screen.size.width - MARGIN) if items else [""]
        wanted = folded(self._filter.line.value)
        kept = [(i, r) for i, r in zip(items, rows, strict=True) if wanted in folded(r)]
        self._items, self._rows = (
            [item for item, _row in kept],
            [heading, *(row for _item, row in kept)],
        )
        options, at = self._options, self._options.highlighted or 0
        options.clear_options()
        options.add_options([Option(plain(row)) for row in self._rows[1:]])
        options.highlighted = min(at, len(self._items) - 1) if self._items else None
        self.query_one(".heading", TranslatedText).relabel()
