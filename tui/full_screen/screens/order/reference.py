"""Step 3: order reference, licensee, address (guide, Order Process (3/4))."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from textual import on
from textual.app import ComposeResult

from engine.errors import CountryUnknown, Problem
from engine.licences.countries import check_country
from engine.licences.draft_rules import (
    LONGEST,
    REQUIRED,
    reference_fields,
    with_reference_fields,
)
from engine.licences.order import Address, Draft
from tui.full_screen.screens.order.step import OrderStep
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.containers import Row
from tui.full_screen.widgets.country import CountryField
from tui.full_screen.widgets.fields import Field, LineInput
from tui.full_screen.widgets.text import TranslatedText
from tui.visit.order_steps import COUNTRY, REFERENCE
from tui.wording.brief_errors import brief
from tui.wording.labels import field_label
from tui.wording.translation import _

_EXTRA = 40
"""A field takes more than is allowed, so that what was pasted is not cut in silence."""


class ReferenceStep(OrderStep):
    """The nine fields."""

    NUMBER = REFERENCE
    GUIDE_PAGE = "order-reference"

    def __init__(self) -> None:
        super().__init__(classes="form")
        self._fields = {
            name: Field(
                partial(field_label, name), LineInput(max_length=most + _EXTRA, id=_id(name))
            )
            for name, most in LONGEST.items()
        }
        self._country = CountryField()

    def compose(self) -> ComposeResult:
        """The guide's order."""
        names = list(self._fields)
        yield from (self._fields[name] for name in names[:2])
        yield TranslatedText(
            lambda: _("Address where the licences should be sent"), classes="heading address"
        )
        yield from (self._fields[name] for name in names[2:])
        with Row(classes="field"):
            yield TranslatedText(partial(field_label, "address.country"), classes="label")
            yield self._country
        yield PushButton(
            lambda: _("Copy licensee and address from the last order"),
            "screen.take_over",
            id="take-over",
        )

    def show(self, draft: Draft) -> None:
        """Put a draft's texts into the fields."""
        with self.prevent(LineInput.Changed):
            for name, text in reference_fields(draft).items():
                self._fields[name].line.value = text
            self._country.code = draft.address.country
        self.clear()

    def read(self, draft: Draft) -> Draft:
        """The draft with what is in the fields."""
        values = {name: field.line.value for name, field in self._fields.items()}
        return with_reference_fields(draft, values, self._country.code)

    def fill_in(self, licensee: str, address: Address) -> None:
        """Put licensee and address of another order in place of those that stand there."""
        last = Draft(draft_id="", equipment_id="", licensee=licensee, address=address)
        for name, text in reference_fields(last).items():
            if name != "order_reference":
                self._fields[name].line.value = text
        self._country.code = address.country
        self.post_message(self.Changed())

    def say_problems(self, problems: tuple[Problem, ...]) -> None:
        """Put problems at their fields and go to the first."""
        self.clear()
        for problem in reversed(problems):
            if field := self._fields.get(problem.field):
                field.say(partial(brief, problem.error), error=True)
                self.screen.set_focus(field.line)
            elif problem.field == COUNTRY:
                self.screen.set_focus(self._country)

    def clear(self) -> None:
        """Take the errors away."""
        for name, field in self._fields.items():
            if name in REQUIRED and not field.line.value.strip():
                field.say(lambda: _("required"))
            else:
                field.clear()

    def focus_first(self) -> None:
        """Go to the first field."""
        self.screen.set_focus(self._fields["order_reference"].line)

    @on(LineInput.Changed)
    def _typed(self, event: LineInput.Changed) -> None:
        """What was said at the fields was about what stood there before."""
        event.stop()
        self.clear()
        self.post_message(self.Changed())

    @on(LineInput.NotPlaced)
    def _several_lines(self, event: LineInput.NotPlaced) -> None:
        """A pasted address: its lines go into the fields that follow, as long as they are empty,
        and a country that ends it is known by its name."""
        lines = [field.line for field in self._fields.values()]
        for line in lines[lines.index(event.line) + 1 :]:
            if line.value or not event.lines:
                break
            line.value = event.lines.pop(0)
        if event.lines and not self._country.code:
            with suppress(CountryUnknown):
                self._country.code = check_country(event.lines[-1])
                event.lines.pop()
        self.post_message(self.Changed())

    @on(CountryField.Changed)
    def _country_chosen(self, event: CountryField.Changed) -> None:
        """It is the last field."""
        event.stop()
        self.post_message(self.Changed())
        self.post_message(self.Completed())


def _id(name: str) -> str:
    return name.replace(".", "-").replace("_", "-")
