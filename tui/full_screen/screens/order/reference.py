"""Step 3: order reference, licensee, address (guide, Order Process (3/4))."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from engine.errors import CountryUnknown, Problem
from engine.licences.countries import check_country
from engine.licences.draft_rules import (
    LONGEST,
    REQUIRED,
    reference_fields,
    with_reference_fields,
)
from engine.licences.order import Address, Draft
from engine.licences.postal import PostalLines, postal_lines
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

ADDRESS = tuple(name for name in LONGEST if name.startswith("address."))
_NAME = "address.name"
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
                partial(field_label, name),
                LineInput(max_length=most + _EXTRA, id=_id(name), overtype=True),
            )
            for name, most in LONGEST.items()
        }
        self._country = CountryField()
        self._named = False
        """The name was typed, or taken from the licensee, or cleared."""

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
        self._named = bool(draft.address.name)
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
        self._take_name(event.input)
        self.post_message(self.Changed())

    def _take_name(self, typed: Input) -> None:
        """Whoever begins an address and has skipped the name means the licensee."""
        lines = {name: field.line for name, field in self._fields.items()}
        begun = [lines[name] for name in ADDRESS if name != _NAME]
        if typed is lines[_NAME]:
            self._named = True
        elif typed in begun and typed.value and not self._named and lines["licensee"].value:
            lines[_NAME].value = lines["licensee"].value

    @on(LineInput.NotPlaced)
    def _several_lines(self, event: LineInput.NotPlaced) -> None:
        """A pasted address: its lines go into the fields that follow, as long as they are empty,
        and a country that ends it is known by its name."""
        lines = [field.line for field in self._fields.values()]
        after = lines[lines.index(event.line) + 1 :]
        if postal := postal_lines(event.lines):
            event.lines[:] = self._fill_postal(postal, after)
        for line in after:
            if line.value or not event.lines:
                break
            line.value = event.lines.pop(0)
        if event.lines and not self._country.code:
            with suppress(CountryUnknown):
                self._country.code = check_country(event.lines[-1])
                event.lines.pop()
        self.post_message(self.Changed())

    def _fill_postal(self, postal: PostalLines, after: list[LineInput]) -> list[str]:
        """Put postcode, city and country where they belong; answers what there is no room for,
        and where there is none for these, everything."""
        zip_code, city = (self._fields[f"address.{name}"].line for name in ("zip_code", "city"))
        street = [line for line in after if line not in (zip_code, city)]
        if zip_code not in after or city not in after or zip_code.value or city.value:
            return [*postal.before, f"{postal.zip_code} {postal.city}"]
        zip_code.value, city.value = postal.zip_code, postal.city
        self._country.code = self._country.code or postal.country
        left = list(postal.before)
        for line in street:
            if line.value or not left:
                break
            line.value = left.pop(0)
        return left

    @on(CountryField.Changed)
    def _country_chosen(self, event: CountryField.Changed) -> None:
        """It is the last field."""
        event.stop()
        self.post_message(self.Changed())
        self.post_message(self.Completed())


def _id(name: str) -> str:
    return name.replace(".", "-").replace("_", "-")
