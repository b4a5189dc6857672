"""Search for orders by what is known of them, and show the system of one."""

from __future__ import annotations

from functools import partial

from engine.accounts.people import Right
from engine.errors import CompanyUnknown, DateMalformed, SystemTransferred
from tui.plain.dialogue import Back, Dialogue, prompt
from tui.plain.search import show
from tui.visit.order_search import FoundOrders, SearchTerms, find_orders, find_system
from tui.visit.visit import Visit
from tui.wording.errors import sentence
from tui.wording.formats import date
from tui.wording.labels import field_label
from tui.wording.order import keycode_of_order, page_of_order
from tui.wording.order_list import nothing_found, unread_systems
from tui.wording.stored_text import shown
from tui.wording.translation import _

MOST = 20
"""Orders in a list that is heard, not seen."""


def find(visit: Visit, dialogue: Dialogue) -> None:
    """One search after another, until `Back` or nothing is asked for."""
    dialogue.page = "search"
    while any(terms := _terms(visit, dialogue)):
        try:
            found = find_orders(visit.portal.searching, visit.signed_in, terms, MOST)
        except (CompanyUnknown, DateMalformed) as error:
            dialogue.say(sentence(error))
            continue
        if unread := unread_systems(found.unread, at_the_desk=visit.may(Right.ALL_COMPANIES)):
            dialogue.say(unread)
        if found.orders:
            _choose(visit, dialogue, found)
        else:
            dialogue.say(nothing_found(by_keycode=bool(terms.keycode)))


def _terms(visit: Visit, dialogue: Dialogue) -> SearchTerms:
    dialogue.say("", _("Find orders that match every answer. Press Enter to skip a question."))
    names = [n for n in SearchTerms._fields if n != "company" or visit.may(Right.ALL_COMPANIES)]
    answers: dict[str, str] = {}
    while len(answers) < len(names):
        name = names[len(answers)]
        try:
            answers[name] = dialogue.ask(partial(_question, name))
        except Back:
            if not answers:
                raise
            answers.popitem()
    return SearchTerms(**answers)


def _question(name: str) -> str:
    return prompt(field_label("order_reference" if name == "reference" else name))


def _choose(visit: Visit, dialogue: Dialogue, found: FoundOrders) -> None:
    if found.more:
        text = _("Only the latest {count} orders are shown: narrow the search.")
        dialogue.say(text.format(count=len(found.orders)))

    def choices() -> dict[str, str]:
        rows = {str(number): _row(found, number) for number in range(1, len(found.orders) + 1)}
        return rows | {"0": _("Back")}

    while (answer := dialogue.choose(lambda: _("Which order?"), choices)) != "0":
        searching, chosen = visit.portal.searching, found.orders[int(answer) - 1]
        try:
            show(
                dialogue, *find_system(visit.portal.searching, visit.signed_in, chosen.equipment_id)
            )
        except SystemTransferred as error:  # the order is still one's own
            record, order = searching.order(visit.signed_in, chosen.number)
            page = page_of_order(record, order)
            dialogue.say(sentence(error), "", keycode_of_order(record, order), "", *page, "")


def _row(found: FoundOrders, number: int) -> str:
    order = found.orders[number - 1]
    company = found.companies.get(order.company_id, "")
    texts = (order.equipment_id, shown(order.reference), shown(order.licensee), shown(company))
    return ", ".join(filter(None, (date(order.placed_at), *texts)))
