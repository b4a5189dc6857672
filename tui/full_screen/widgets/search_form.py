"""What to search for: a system by its Equipment ID, or orders by what else is known of them."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Input

from engine.errors import CompanyUnknown, DateMalformed, PortalError
from tui.full_screen.keymap import CHECK
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.containers import Page, Row
from tui.full_screen.widgets.equipment_id import EquipmentIdField
from tui.full_screen.widgets.fields import Field, LineInput
from tui.full_screen.widgets.text import Say, TranslatedText
from tui.visit.order_search import SearchTerms
from tui.wording.errors import sentence
from tui.wording.labels import field_label
from tui.wording.translation import N_, _

LONGEST = 200
_NOTES = {
    "licensee": N_("Part of it is enough."),
    "since": N_("For example 24/11/2026"),
}
_WRONG: dict[type[PortalError], str] = {CompanyUnknown: "company", DateMalformed: "since"}
"""The field that an error is about."""


class SearchForm(Page):
    """Enter in any field searches: in the first one for the system, in the others for orders."""

    def __init__(self, *, all_companies: bool) -> None:
        super().__init__(id="search-form")
        self.field = EquipmentIdField()
        names = [name for name in SearchTerms._fields if name != "company" or all_companies]
        self._fields = {name: _field(name) for name in names}
        self._last: LineInput | None = None
        """The field where the cursor was last."""

    def compose(self) -> ComposeResult:
        """Title, the two ways to search, buttons."""
        yield TranslatedText(lambda: _("Find a keycode"), classes="title")
        yield self.field
        yield TranslatedText(lambda: _("Or find orders matching all of these:"))
        yield from self._fields.values()
        yield TranslatedText(lambda: "", id="orders-error", classes="error")
        with Row(classes="buttons"):
            yield PushButton(lambda: _("Search"), "screen.find", id="find")
            yield PushButton(lambda: _(CHECK.label), "screen.check", id="check")

    @property
    def terms(self) -> SearchTerms | None:
        """What orders are looked for; None when it is the system of the Equipment ID."""
        terms = SearchTerms(
            **{name: field.line.value.strip() for name, field in self._fields.items()}
        )
        at_orders = self._last in [field.line for field in self._fields.values()]
        return terms if any(terms) and (at_orders or not self.field.text) else None

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The cursor has come to a field."""
        if isinstance(event.widget, LineInput):
            self._last = event.widget

    def say_orders(self, say: Say) -> None:
        """Say below the fields why there is no list."""
        self.query_one("#orders-error", TranslatedText).say(lambda: f"! {say()}")

    def say_error(self, error: PortalError) -> None:
        """Put what is wrong where it is wrong, and the cursor there."""
        if self.terms is None:
            self.field.say_error(error)
            return
        self.say_orders(lambda: sentence(error))
        if name := _WRONG.get(type(error)):
            self.screen.set_focus(self._fields[name].line)

    @on(Input.Changed)
    def _typed(self) -> None:
        """What was said was about what stood there before."""
        self.query_one("#orders-error", TranslatedText).say(lambda: "")

    def take_focus(self) -> None:
        """To the last field, to type over what is there."""
        if self._last is None or self._last.parent is self.field:
            self.field.go_to(overtype=True)
        else:
            self.screen.set_focus(self._last)
            self._last.select_all()


def _field(name: str) -> Field:
    label = {"reference": "order_reference"}.get(name, name)
    field = Field(
        lambda: field_label(label), LineInput(id=f"by-{name}", max_length=LONGEST, joined=True)
    )
    note = _NOTES.get(name)
    if note:
        field.say(lambda: _(note))
    return field
