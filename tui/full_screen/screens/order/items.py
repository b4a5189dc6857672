"""Step 2: items to order (guide, Order Process (2/4)). All sixteen at one look."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget

from engine.catalogue.item import Item
from engine.catalogue.product import Catalogue, Product
from engine.errors import BadValue, Problem
from engine.licences.draft_rules import read_quantity
from engine.licences.quick_entry import QuickEntry, digits_of, read_quick_entry
from engine.licences.quote import ItemChoice
from tui.full_screen.screens.order.step import OrderStep
from tui.full_screen.widgets.buttons import TickBox
from tui.full_screen.widgets.containers import Column
from tui.full_screen.widgets.drawn_cells import ERROR, NOTE, Cell, DrawnCells
from tui.full_screen.widgets.fields import LineInput
from tui.full_screen.widgets.text import Say, TranslatedText, lines
from tui.visit.order_steps import ITEMS, Identified
from tui.wording.brief_errors import brief
from tui.wording.errors import sentence
from tui.wording.formats import money
from tui.wording.order import inventory_pane, what_it_has, what_it_unlocks
from tui.wording.translation import _, language

CELLS = (5, 28, 10, 1, 12)
"""The digits of the part number, the name, the price, a gap, and the control with a gap."""
NOTE_CELLS = 22
"""Beside a control, on the smallest terminal."""
LONGEST_QUANTITY = 12
"""Longer than any right quantity, so that a wrong one can be seen and put right."""


class ItemRow:
    """An item: name, unit price, control, note. A value, not a widget."""

    def __init__(self, choice: ItemChoice, product: Product, text: str) -> None:
        self.choice = choice
        self.item: Item = choice.item
        self._product = product
        self.error: BadValue | None = None
        """What is wrong with what was typed."""
        self.control = self._make_control(text)

    def cells(self, room: int) -> list[Cell]:
        """What is drawn around the control, in a line of so many cells."""
        price = money(self.item.price, self._product.currency)
        note = Cell(self.note, room - sum(CELLS), ERROR if self.error else NOTE)
        digits, name, unit, gap, control = CELLS
        texts = (self.item.name.in_language(language()), price, "", "")
        return [
            Cell(digits_of(self.item.part), digits, NOTE),
            Cell(texts[0], name),
            Cell(texts[1], unit, right=True),
            Cell("", gap + control),
            note,
        ]

    def _make_control(self, text: str) -> TickBox | LineInput | TranslatedText:
        if self.choice.owned:
            return TranslatedText(lambda: _("owned"), classes="owned")
        if self.item.is_on_off:
            return TickBox(value=text == "1", id=f"item-{self.item.part}")
        return LineInput(
            text, id=f"item-{self.item.part}", max_length=LONGEST_QUANTITY, overtype=True
        )

    @property
    def text(self) -> str:
        """What the draft keeps of it."""
        if isinstance(self.control, TickBox):
            return "1" if self.control.value else ""
        return self.control.value if isinstance(self.control, LineInput) else ""

    def quantity(self) -> int:
        """Raises `QuantityMalformed`."""
        return read_quantity(self.item.part, self.text)

    @property
    def note(self) -> str:
        """What the system has, and the line's total; or what is wrong."""
        if self.error is not None:
            return brief(self.error)
        has = "" if self.choice.owned else what_it_has(self.choice)
        total = self._total()
        if len(has) + len(total) >= NOTE_CELLS:
            return total  # what the system has comes back when the field is empty
        return has + total.rjust(NOTE_CELLS - len(has)) if total else has

    def _total(self) -> str:
        total = self.quantity() * self.item.price
        return money(total, self._product.currency) if total else ""

    def put(self, quantity: int) -> bool:
        """So many of it; False for what is there already."""
        if isinstance(self.control, TickBox):
            self.control.value = quantity > 0
        elif isinstance(self.control, LineInput):
            self.control.value = str(quantity) if quantity else ""
        else:
            return False
        return True

    def hint(self) -> str:
        """What is wrong with it; or what the item unlocks, and what of it is there already."""
        if self.error is not None:
            return sentence(self.error, Catalogue({self._product.key: self._product}))
        return f"{self.item.part} · {what_it_unlocks(self.choice, self._product)}"


class ItemGrid(Column, DrawnCells):
    """All items, a line each."""

    def __init__(self) -> None:
        super().__init__(id="items")
        self.rows: dict[str, ItemRow] = {}
        """By part number."""
        self._shown: list[tuple[str, BadValue | None]] = []

    async def show(self, rows: dict[str, ItemRow]) -> None:
        """Other items from now on."""
        self.rows = rows
        await self.remove_children()
        await self.mount_all([row.control for row in rows.values()])
        self.refresh()

    def say(self, errors: Mapping[str, BadValue]) -> None:
        """Put errors at their rows, and take away all others; only the lines that change are
        drawn."""
        for part, row in self.rows.items():
            row.error = errors.get(part)
        before, self._shown = self._shown, [(row.note, row.error) for row in self.rows.values()]
        for line, (old, new) in enumerate(zip_longest(before, self._shown)):
            if old != new:
                self.refresh(Region(0, line, self.size.width, 1))

    def lines(self) -> list[list[Cell]]:
        """Names, prices, notes."""
        return [row.cells(self.size.width) for row in self.rows.values()]


class ItemsStep(OrderStep):
    """The items, each with what the system has, and a running total."""

    NUMBER = ITEMS
    GUIDE_PAGE = "order-items"

    def __init__(self) -> None:
        super().__init__()
        self._found: Identified | None = None
        self._grid = ItemGrid()
        self._pane = VerticalScroll(classes="pane", can_focus=False)
        self._pane.compose_add_child(TranslatedText(self._inventory, id="inventory"))

    def compose(self) -> ComposeResult:
        """The grid is filled by `show`."""
        yield self._grid
        yield self._pane

    def _inventory(self) -> Content:
        """What the system has, and would have: for a window with room for it."""
        if self._found is None or not self._pane.size.width:
            return lines([])
        found = self._found.changes(self.quantities())
        return lines(inventory_pane(found, self._found.product, self._pane.size.width - 2))

    def on_resize(self) -> None:
        """The pane comes, goes, or has another width."""
        self.query_one("#inventory", TranslatedText).relabel()

    async def show(self, found: Identified, quantities: dict[str, str]) -> None:
        """Fill the grid for a system, with the quantities of the draft."""
        self._found = found
        await self._grid.show(
            {
                choice.item.part: ItemRow(
                    choice, found.product, quantities.get(choice.item.part, "")
                )
                for choice in found.choices
            }
        )
        self.check()

    @property
    def _rows(self) -> dict[str, ItemRow]:
        return self._grid.rows

    def quantities(self) -> dict[str, str]:
        """What is in the fields, right or wrong, by part number."""
        return {part: row.text for part, row in self._rows.items() if row.text.strip()}

    def take(self, text: str) -> tuple[QuickEntry, list[str]]:
        """Put what a line says into the fields: what was understood of it, and the items among
        them that are owned."""
        entry = read_quick_entry(text, [row.item for row in self._rows.values()])
        with self.prevent(LineInput.Changed, TickBox.Changed):  # told in one go, by who asks
            owned = [p for p, count in entry.quantities.items() if not self._rows[p].put(count)]
        self.check()
        return entry, owned

    def has(self, field: str) -> bool:
        """Whether a problem's field is one of this step."""
        return field in self._rows or field == "items"

    def total(self) -> str:
        """The running total of what is right so far."""
        if self._found is None:
            return ""
        return money(self._found.total(self.quantities()), self._found.product.currency)

    def check(self) -> None:
        """Put at each row what there is to say; one item may cover another."""
        self._grid.say(self._problems())
        self.query_one("#inventory", TranslatedText).relabel()

    def _problems(self) -> dict[str, BadValue]:
        return self._found.problems(self.quantities()) if self._found else {}

    def say_problems(self, problems: tuple[Problem, ...]) -> None:
        """Put problems at their rows and go to the first."""
        told = {problem.field: problem.error for problem in problems}
        self._grid.say(self._problems() | told)
        for problem in problems:
            if row := self._rows.get(problem.field):
                self.screen.set_focus(row.control)
                return

    def focus_first(self) -> None:
        """Go to the first item that can be chosen."""
        for row in self._rows.values():
            if row.control.focusable:
                self.screen.set_focus(row.control)
                return

    def _row_of(self, control: Widget) -> ItemRow | None:
        return self._rows.get((control.id or "").removeprefix("item-"))

    @on(LineInput.Changed)
    @on(TickBox.Changed)
    def _changed(self, event: LineInput.Changed | TickBox.Changed) -> None:
        event.stop()
        if self._row_of(event.control):
            self.check()
            self.post_message(self.Changed())

    def hint(self, control: Widget) -> Say | None:
        """What the item of a control unlocks."""
        row = self._row_of(control)
        return row.hint if row else None
