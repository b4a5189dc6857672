"""Step 2: items to order (guide, Order Process (2/4)): `7 8` orders eight of item 7."""

from __future__ import annotations

from msgspec.structs import replace

from engine.catalogue.product import Catalogue
from engine.errors import OrderRefused
from engine.licences.quick_entry import read_quick_entry
from engine.licences.quote import ItemChoice
from tui.plain.dialogue import Back, Dialogue, prompt
from tui.visit.order_flow import OrderFlow
from tui.visit.order_steps import Identified
from tui.wording.errors import sentence
from tui.wording.formats import money
from tui.wording.order import (
    identity,
    new_features,
    total_without_vat,
    what_it_has,
    what_it_unlocks,
)
from tui.wording.quick_entry import how_to_enter, what_was_taken
from tui.wording.stored_text import clipped
from tui.wording.translation import _, language


class ItemsStep:
    """The list of items, and lines that choose from it until an empty one."""

    def __init__(
        self, flow: OrderFlow, dialogue: Dialogue, found: Identified, catalogue: Catalogue
    ) -> None:
        self._flow = flow
        self._dialogue = dialogue
        self._found = found
        self._catalogue = catalogue
        self._product = found.product
        self._choices = found.choices

    def ask(self) -> None:
        """Until an empty line and items that are right. Raises `Back`."""
        offered = {choice.item.part for choice in self._choices}
        self._take_all({p: text for p, text in self._chosen.items() if p in offered})
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
        if choice is None and not asked and self._take_several(line.removeprefix("/")):
            return
        if choice is None:
            text = _("There is no item “{number}”: the numbers go from 1 to {most}.")
            self._say(text.format(number=clipped(number), most=len(self._choices)))
        elif asked:
            self._say(self._line(choice), what_it_unlocks(choice, self._product))
        elif quantity.strip() or choice.item.is_on_off:
            self._order(choice, quantity.strip() or "1")
        else:
            self._ask_quantity(choice)

    def _take_several(self, line: str) -> bool:
        """Items by part number or name, as on the screens; False when there is none in it."""
        entry = read_quick_entry(line, [choice.item for choice in self._choices])
        if not entry.quantities and not entry.without:
            return False
        by_part = {choice.item.part: choice for choice in self._choices}
        owned = [part for part in entry.quantities if by_part[part].owned]
        for part, quantity in entry.quantities.items():
            if part not in owned:
                self._order(by_part[part], str(quantity))
        self._say(what_was_taken(entry, owned))
        return True

    def _ask_quantity(self, choice: ItemChoice) -> None:
        item, so_far = choice.item, self._chosen.get(choice.item.part, "")
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
        quantities = {p: text for p, text in self._chosen.items() if p != part}
        problem = self._found.problems({**quantities, part: quantity}).get(part)
        if problem is not None:
            self._say(sentence(problem, self._catalogue))
            return False
        if quantity.strip("0"):
            quantities[part] = quantity
        self._take_all(quantities)
        self._say_taken(choice, quantities.get(part, "0"))
        return True

    def _checked(self) -> bool:
        """Whether the items together are right; says what is not."""
        try:
            self._flow.check_items(self._flow.now)
        except OrderRefused as refused:
            self._say(*(sentence(problem.error, self._catalogue) for problem in refused.problems))
            return False
        return True

    # Saying

    def _list(self) -> list[str]:
        return [
            identity(self._found.system, self._product),
            prompt(new_features()),
            *map(self._line, self._choices),
            self._total(),
            _(
                "Type the number of an item and a quantity: “7 8” orders 8 of item 7. Items "
                "without a quantity need their number only. “7 0” removes item 7; “?7” tells what "
                "it unlocks; press Enter to go on."
            ),
            how_to_enter(),
        ]

    def _line(self, choice: ItemChoice) -> str:
        chosen = self._chosen.get(choice.item.part)
        price = money(choice.item.price, self._product.currency)
        notes = (
            price if choice.item.is_on_off else _("{price} each").format(price=price),
            what_it_has(choice),
            _("in this order: {quantity}").format(quantity=clipped(chosen)) if chosen else "",
        )
        name = choice.item.name.in_language(language())
        named = f"{self._number(choice)}. {name} ({choice.item.part})"
        return f"{named}, {', '.join(filter(None, notes))}"

    def _say_taken(self, choice: ItemChoice, quantity: str) -> None:
        name = choice.item.name.in_language(language())
        problems = self._found.problems(self._chosen)
        self._say(
            f"{prompt(name)} {quantity}. {what_it_unlocks(choice, self._product)}.",
            *(sentence(problem, self._catalogue) for problem in problems.values()),
            self._total(),
        )

    def _total(self) -> str:
        """Of what is right so far."""
        amount = self._found.total(self._chosen)
        return total_without_vat(money(amount, self._product.currency))

    def _say(self, *lines: str) -> None:
        self._dialogue.say(*lines)

    def _number(self, choice: ItemChoice) -> int:
        return self._choices.index(choice) + 1

    def _choice(self, number: str) -> ItemChoice | None:
        by_number = {str(n): choice for n, choice in enumerate(self._choices, start=1)}
        return by_number.get(number)

    @property
    def _chosen(self) -> dict[str, str]:
        return self._flow.now.quantities

    def _take_all(self, quantities: dict[str, str]) -> None:
        self._flow.take(replace(self._flow.now, quantities=quantities))
