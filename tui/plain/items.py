"""Step 2: items to order (guide, Order Process (2/4)): `7 8` orders eight of item 7."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from engine.errors import OrderRefused, PortalError
from engine.licences.draft_rules import read_right_items
from engine.licences.order import Draft
from engine.licences.quote import ItemChoice
from engine.licences.system import System
from tui.plain.dialogue import Back, Dialogue, prompt
from tui.visit.visit import Visit
from tui.wording.errors import sentence
from tui.wording.formats import money
from tui.wording.order import identity, what_it_has, what_it_unlocks
from tui.wording.stored_text import clipped
from tui.wording.translation import _, language


class ItemsStep:
    """The list of items, and lines that choose from it until an empty one."""

    def __init__(self, visit: Visit, dialogue: Dialogue, system: System) -> None:
        ordering = visit.portal.ordering
        self._visit = visit
        self._dialogue = dialogue
        self._system = system
        self._product = ordering.product(system)
        self._choices = ordering.choices(system)

    def ask(self) -> None:
        """Until an empty line and items that are right. Raises `Back`."""
        offered = {choice.item.part for choice in self._choices}
        kept = {p: text for p, text in self._draft.quantities.items() if p in offered}
        self._visit.draft = replace(self._draft, quantities=kept)
        again = False
        while (line := self._next(again=again)) or not self._checked():
            if line:
                self._take(line)
            again = True

    def _next(self, *, again: bool) -> str:
        return self._dialogue.ask(lambda: _("Item and quantity:"), self._list, again=again)

    # Taking a line

    def _take(self, line: str) -> None:
        asked, line = line.startswith("?"), line.removeprefix("?").strip()
        number, _space, quantity = line.partition(" ")
        choice = self._choice(number)
        if choice is None:
            text = _('There is no item "{number}": the numbers go from 1 to {most}.')
            self._say(text.format(number=clipped(number), most=len(self._choices)))
        elif asked:
            self._say(self._line(choice), what_it_unlocks(choice, self._product))
        elif quantity.strip() or choice.item.is_on_off:
            self._order(choice, quantity.strip() or "1")
        else:
            self._ask_quantity(choice)

    def _ask_quantity(self, choice: ItemChoice) -> None:
        item, so_far = choice.item, self._draft.quantities.get(choice.item.part, "")
        text = _("Quantity of {item}")
        while True:
            try:
                quantity = self._dialogue.ask(
                    lambda: prompt(text.format(item=item.name.in_language(language())), so_far)
                )
            except Back:
                return
            if self._order(choice, quantity or so_far or "0"):
                return

    def _order(self, choice: ItemChoice, quantity: str) -> bool:
        """Put so many of an item into the order; False when they cannot be."""
        part = choice.item.part
        quantities = {p: text for p, text in self._draft.quantities.items() if p != part}
        problem = self._problem(quantities, part, quantity)
        if problem is not None:
            self._say(sentence(problem, self._visit.portal.catalogue))
            return False
        if quantity.strip("0"):
            quantities[part] = quantity
        self._visit.draft = replace(self._draft, quantities=quantities)
        self._say_taken(choice, quantities.get(part, "0"))
        return True

    def _problem(self, others: dict[str, str], part: str, quantity: str) -> PortalError | None:
        """What is wrong with so many of an item beside the others."""
        quantities = {**others, part: quantity}
        return read_right_items(self._product, self._system, quantities)[1].get(part)

    def _checked(self) -> bool:
        """Whether the items together are right; says what is not."""
        ordering, catalogue = self._visit.portal.ordering, self._visit.portal.catalogue
        try:
            ordering.check_items(self._visit.signed_in, self._draft)
        except OrderRefused as refused:
            self._say(*(sentence(problem.error, catalogue) for problem in refused.problems))
            return False
        return True

    # Saying

    def _list(self) -> list[str]:
        return [
            identity(self._system, self._product),
            *map(self._line, self._choices),
            self._total(),
            _(
                "Type the number of an item and a quantity: “7 8” orders 8 of item 7. Items "
                "without a quantity need their number only. “7 0” removes item 7; “?7” tells what "
                "it unlocks; press Enter to go on."
            ),
        ]

    def _line(self, choice: ItemChoice) -> str:
        chosen = self._draft.quantities.get(choice.item.part)
        price = money(choice.item.price, self._product.currency)
        notes = (
            price if choice.item.is_on_off else _("{price} each").format(price=price),
            what_it_has(choice),
            _("in this order: {quantity}").format(quantity=clipped(chosen)) if chosen else "",
        )
        name = choice.item.name.in_language(language())
        return f"{self._number(choice)}. {name}, {', '.join(filter(None, notes))}"

    def _say_taken(self, choice: ItemChoice, quantity: str) -> None:
        name, catalogue = choice.item.name.in_language(language()), self._visit.portal.catalogue
        problems = read_right_items(self._product, self._system, self._draft.quantities)[1]
        self._say(
            f"{name}: {quantity}. {what_it_unlocks(choice, self._product)}.",
            *(sentence(problem, catalogue) for problem in problems.values()),
            self._total(),
        )

    def _total(self) -> str:
        """Of what is right so far."""
        right, _wrong = read_right_items(self._product, self._system, self._draft.quantities)
        amount = sum((item.price * quantity for item, quantity in right), Decimal(0))
        return _("Total: {amount}").format(amount=money(amount, self._product.currency))

    def _say(self, *lines: str) -> None:
        self._dialogue.say(*lines)

    def _number(self, choice: ItemChoice) -> int:
        return self._choices.index(choice) + 1

    def _choice(self, number: str) -> ItemChoice | None:
        by_number = {str(n): choice for n, choice in enumerate(self._choices, start=1)}
        return by_number.get(number)

    @property
    def _draft(self) -> Draft:
        assert self._visit.draft is not None, "there is one from step 2 on"
        return self._visit.draft
