"""Step 3: order reference, licensee, address (guide, Order Process (3/4)), one after the other."""

from __future__ import annotations

from msgspec.structs import replace

from engine.errors import CountryUnknown, OrderRefused, PortalError
from engine.licences.countries import check_country
from engine.licences.draft_rules import (
    check_reference,
    reference_fields,
    with_reference_fields,
)
from engine.licences.order import Draft
from engine.licences.postal import postal_lines
from tui.plain.dialogue import Back, Dialogue, prompt
from tui.visit.order_flow import OrderFlow
from tui.visit.order_steps import COUNTRY, REFERENCE_FIELDS
from tui.wording.errors import sentence
from tui.wording.formats import country_name
from tui.wording.labels import field_label
from tui.wording.stored_text import shown
from tui.wording.translation import _

EMPTY, TAKE_OVER = "-", "="


class ReferenceStep:
    """Nine questions; the value so far stands in brackets."""

    def __init__(self, flow: OrderFlow, dialogue: Dialogue) -> None:
        self._flow = flow
        self._dialogue = dialogue
        self._unnamed = False
        """Somebody has said that the address has no name."""

    def ask(self) -> None:
        """Every field; `<` leads to the one before, and raises `Back` at the first."""
        self._dialogue.say(*_introduction())
        place = 0
        while place < len(REFERENCE_FIELDS):
            try:
                place += self._ask(REFERENCE_FIELDS[place])
            except Back:
                if place == 0:
                    raise
                place -= 1

    def _ask(self, field: str) -> bool:
        """One question; True when it is answered."""
        answer = self._dialogue.ask(lambda: prompt(field_label(field), self._value(field)))
        if answer == TAKE_OVER:
            self._take_over()
            return False
        if answer == EMPTY:
            text = ""
        elif answer and field == COUNTRY:
            text = self._country(answer)
            if not text:
                return False
        else:
            text = answer or reference_text(self._flow.now, field)
        draft = _with(self._flow.now, {field: text} | self._understood(field, answer))
        if problem := _problem(draft, field):
            self._dialogue.say(sentence(problem))
            return False
        self._flow.take(draft)
        return True

    def _understood(self, field: str, answer: str) -> dict[str, str]:
        """What an answer says of other fields, as on the screens: a postcode before the city, and
        the licensee's name over an address that is begun without one; said, where it is so."""
        if answer == EMPTY:
            self._unnamed = self._unnamed or field == "address.name"
        if not answer or answer == EMPTY:
            return {}
        found: dict[str, str] = {}
        if field == "address.city" and (postal := postal_lines([answer])):
            found = {"address.zip_code": postal.zip_code, "address.city": postal.city}
        elif field == "address.line1" and not (self._unnamed or self._value("address.name")):
            found = {"address.name": self._flow.now.licensee}
        for name, text in found.items():
            self._dialogue.say(f"{prompt(field_label(name))} {shown(text)}")
        return found

    def _value(self, field: str) -> str:
        text = reference_text(self._flow.now, field)
        return shown(country_name(text) if field == COUNTRY else text)

    def _country(self, typed: str) -> str:
        """The code of a country, or "" after saying why there is none."""
        try:
            code = check_country(typed)
        except CountryUnknown as error:
            self._dialogue.say(sentence(error))
            return ""
        self._dialogue.say(f"{country_name(code)} ({code})")
        return code

    def _take_over(self) -> None:
        """Licensee and address of the company's last order, on request."""
        last = self._flow.last_address()
        if last is None:
            self._dialogue.say(_("Your company has no earlier order."))
            return
        licensee, address = last
        self._flow.take(replace(self._flow.now, licensee=licensee, address=address))
        self._dialogue.say(_("Copied from the last order: check licensee and address."))


def reference_text(draft: Draft, field: str) -> str:
    """What a draft holds in a field."""
    return draft.address.country if field == COUNTRY else reference_fields(draft)[field]


def _with(draft: Draft, changed: dict[str, str]) -> Draft:
    values = {**reference_fields(draft), COUNTRY: draft.address.country, **changed}
    return with_reference_fields(draft, values, values[COUNTRY])


def _problem(draft: Draft, field: str) -> PortalError | None:
    """What is wrong in one field, whatever the others hold."""
    try:
        check_reference(draft)
    except OrderRefused as refused:
        return next((p.error for p in refused.problems if p.field == field), None)
    return None


def _introduction() -> list[str]:
    return [
        _(
            "Press Enter to keep the value in brackets; “-” clears it; “=” copies licensee and "
            "address from the last order; “<” goes back to the previous question."
        ),
    ]
