"""Step 2: items to order (guide, Order Process (2/4)). All sixteen at one look."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.app import ComposeResult
from textual.containers import Grid
from textual.widget import Widget

from engine.catalogue.item import Item
from engine.catalogue.product import Catalogue, Product
from engine.errors import BadValue, Problem
from engine.licences.draft_rules import read_quantity
from engine.licences.quote import ItemChoice
from tui.full_screen.screens.order.step import OrderStep
from tui.full_screen.widgets.buttons import TickBox
from tui.full_screen.widgets.containers import Unscrolled
from tui.full_screen.widgets.fields import LineInput
from tui.full_screen.widgets.text import Say, Words
from tui.visit.order_flow import ITEMS, Found
from tui.wording.brief_errors import brief
from tui.wording.errors import sentence
from tui.wording.formats import money
from tui.wording.order import what_it_has, what_it_unlocks
from tui.wording.translation import _, language

NOTE_CELLS = 22
"""Beside a control, on the smallest terminal."""
LONGEST_QUANTITY = 12
"""Longer than any right quantity, so that a wrong one can be seen and put right."""


class ItemRow:
    """The four cells of an item: name, unit price, control, note. A value, not a widget: one
    grid of cells is drawn faster than sixteen containers."""

    def __init__(self, choice: ItemChoice, product: Product, text: str) -> None:
        self.choice = choice
        self.item: Item = choice.item
        self._product = product
        self._error: BadValue | None = None
        self.control = self._make_control(text)
        self.note = Words(lambda: "", classes="note")

    def cells(self) -> Iterable[Widget]:
        """From left to right."""
        yield Words(lambda: self.item.name.in_language(language()), classes="name")
        yield Words(lambda: money(self.item.price, self._product.currency), classes="price")
        yield self.control
        yield self.note

    def _make_control(self, text: str) -> TickBox | LineInput | Words:
        if self.choice.owned:
            return Words(lambda: _("owned"), classes="owned")
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

    def say(self, error: BadValue | None) -> None:
        """Put what the system has, and the line's total or what is wrong, beside the control."""
        self._error = error
        self.note.set_class(error is not None, "-error")
        if error is not None:
            self.note.say(lambda: brief(error))
        else:
            self.note.say(self._note)

    def _note(self) -> str:
        has = "" if self.choice.owned else what_it_has(self.choice)
        total = self._total()
        if len(has) + len(total) >= NOTE_CELLS:
            return total  # what the system has comes back when the field is empty
        return has + total.rjust(NOTE_CELLS - len(has)) if total else has

    def _total(self) -> str:
        total = self.quantity() * self.item.price
        return money(total, self._product.currency) if total else ""

    def hint(self) -> str:
        """What is wrong with it; or what the item unlocks, and what of it is there already."""
        if self._error is not None:
            return sentence(self._error, Catalogue({self._product.key: self._product}))
        return what_it_unlocks(self.choice, self._product)


class ItemGrid(Grid, Unscrolled):
    """The cells of all items."""


class ItemsStep(OrderStep):
    """The items, each with what the system has, and a running total."""

    NUMBER = ITEMS
    GUIDE_PAGE = "order-items"

    def __init__(self) -> None:
        super().__init__()
        self._found: Found | None = None
        self._rows: dict[str, ItemRow] = {}

    def compose(self) -> ComposeResult:
        """The grid is filled by `show`."""
        yield ItemGrid(id="items")

    async def show(self, found: Found, quantities: dict[str, str]) -> None:
        """Fill the grid for a system, with the quantities of the draft."""
        self._found = found
        self._rows = {
            choice.item.part: ItemRow(choice, found.product, quantities.get(choice.item.part, ""))
            for choice in found.choices
        }
        grid = self.query_one("#items", Grid)
        await grid.remove_children()
        await grid.mount_all([cell for row in self._rows.values() for cell in row.cells()])
        self.check()

    def quantities(self) -> dict[str, str]:
        """What is in the fields, right or wrong, by part number."""
        return {part: row.text for part, row in self._rows.items() if row.text.strip()}

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
        problems = self._found.problems(self.quantities()) if self._found else {}
        for part, row in self._rows.items():
            row.say(problems.get(part))

    def say_problems(self, problems: tuple[Problem, ...]) -> None:
        """Put problems at their rows and go to the first."""
        self.check()
        for problem in reversed(problems):
            if row := self._rows.get(problem.field):
                row.say(problem.error)
                self.screen.set_focus(row.control)

    def focus_first(self) -> None:
        """Go to the first item that can be chosen."""
        for row in self._rows.values():
            if row.control.focusable:
                self.screen.set_focus(row.control)
                return

    def relabel(self) -> None:
        """The notes are texts of this step's making."""
        self.check()

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
