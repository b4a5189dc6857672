"""Quotes, one after another: looked for, read, ordered, copied, exported, withdrawn."""

from __future__ import annotations

from collections.abc import Callable

from engine.errors import (
    BadValue,
    OrderRefused,
    PasswordChangeDue,
    PriceChanged,
    Refused,
    SessionEnded,
)
from engine.ports import Placement
from tui.plain import deliverables, validation
from tui.plain.dialogue import WIDTH, Back, Dialogue, prompt
from tui.visit.export_ways import exported_quote
from tui.visit.quotes import QuoteList, QuoteLook, listed, look
from tui.visit.visit import Visit
from tui.wording.errors import reason_lines, sentence
from tui.wording.labels import field_label
from tui.wording.order import validation_page
from tui.wording.quotations import (
    cheaper_today,
    no_quote_found,
    only_the_latest,
    quote_document,
    quote_obstacle,
    quote_page,
    quote_rows,
    quote_saved,
    quote_withdrawn,
)
from tui.wording.translation import _

MOST = 20
"""Quotes in a list that is heard, not seen."""
_NUMBERS = 5
"""Cells of the number before a row."""


def look_through(visit: Visit, dialogue: Dialogue) -> None:
    """Which, and what, until `Back`."""
    dialogue.page = "quotes"
    text = dialogue.ask(lambda: _("Find (Enter: all):"))
    while True:
        found = listed(visit.portal, visit.signed_in, text, MOST)
        if not found.quotes:
            dialogue.say(no_quote_found(text))
            return
        if found.more:
            dialogue.say(only_the_latest(MOST))
        number = _chosen(dialogue, found)
        if number is None:
            return
        try:
            _show(visit, dialogue, number)
        except Back:
            continue


def _chosen(dialogue: Dialogue, found: QuoteList) -> str | None:
    """The number of the one that is chosen."""

    def choices() -> dict[str, str]:
        rows = quote_rows(found.quotes, found.companies, WIDTH - _NUMBERS)[1:]
        return {str(at): row for at, row in enumerate(rows, 1)} | {"0": _("Back")}

    chosen = dialogue.choose(lambda: _("Which quote?"), choices)
    return None if chosen == "0" else found.quotes[int(chosen) - 1][0].number


def _show(visit: Visit, dialogue: Dialogue, number: str) -> None:
    """Its page, and what may be done with it, until `Back` or until it is closed."""
    portal, session = visit.portal, visit.signed_in
    while True:
        found = look(portal, session, number)
        catalogue = portal.catalogue
        page = quote_page(found.paper, found.standing, found.product, found.companies)
        if found.obstacle is not None:
            page += ["", *quote_obstacle(reason_lines(found.obstacle, catalogue))]
        elif found.order_now and (cheaper := cheaper_today(found.paper, found.order_now.total)):
            page += ["", *cheaper]
        dialogue.say("", *page, "")
        jobs = _jobs(visit, dialogue, found)
        chosen = dialogue.choose(
            lambda: _("What would you like to do?"),
            lambda jobs=jobs: (
                {key: label() for key, (label, _job) in jobs.items()}  # type: ignore[misc]
                | {"0": _("Back")}
            ),
        )
        if chosen == "0":
            return
        try:
            jobs[chosen][1]()
        except (SessionEnded, PasswordChangeDue):
            raise
        except (BadValue, Refused) as error:
            dialogue.say(*reason_lines(error, catalogue))
        except Back:
            continue


Jobs = dict[str, tuple[Callable[[], str], Callable[[], None]]]


def _jobs(visit: Visit, dialogue: Dialogue, found: QuoteLook) -> Jobs:
    """By their numbers, which stay the same whatever is offered."""
    jobs: Jobs = {}
    if found.order_now is not None:
        jobs["1"] = (lambda: _("Order it"), lambda: _order(visit, dialogue, found))
    if found.may_order:
        jobs["2"] = (lambda: _("Copy"), lambda: _copy(visit, dialogue, found))
    jobs["3"] = (lambda: _("Export .txt file"), lambda: _export(visit, dialogue, found))
    if found.may_order and found.paper.is_open:
        jobs["4"] = (lambda: _("Withdraw"), lambda: _withdraw(visit, dialogue, found))
    return jobs


def _order(visit: Visit, dialogue: Dialogue, found: QuoteLook) -> None:
    order_now, quotations, session = found.order_now, visit.portal.quotations, visit.signed_in
    assert order_now is not None, "offered only where it can be ordered"
    number, total = found.paper.number, order_now.total

    def place(*, sure: bool) -> Placement:
        return quotations.order(session, number, total, sure=sure).placement

    draft = found.paper.quotation.draft
    try:
        placement = validation.confirm(
            dialogue, lambda: validation_page(draft, order_now, found.earlier), place
        )
    except (PriceChanged, OrderRefused) as error:  # the page is shown again, as it is now
        dialogue.say(sentence(error, visit.portal.catalogue))
        return
    if placement is not None:
        deliverables.deliver(visit, dialogue, placement, order_now)
        dialogue.page = "quotes"


def _copy(visit: Visit, dialogue: Dialogue, found: QuoteLook) -> None:
    quoted = found.paper.quotation
    of = dialogue.ask(lambda: prompt(field_label("equipment_id"), quoted.equipment_id))
    paper = visit.portal.quotations.copy(visit.signed_in, found.paper.number, of)
    dialogue.say(quote_saved(paper))


def _export(visit: Visit, dialogue: Dialogue, found: QuoteLook) -> None:
    text = quote_document(found.paper, found.product)
    deliverables.export(visit, dialogue, exported_quote(visit, found.paper, text))


def _withdraw(visit: Visit, dialogue: Dialogue, found: QuoteLook) -> None:
    chosen = dialogue.choose(
        lambda: _("Withdraw the quote {number}? It cannot be ordered afterwards.").format(
            number=found.paper.number
        ),
        lambda: {"1": _("Withdraw"), "2": _("Back")},
    )
    if chosen == "1":
        dialogue.say(
            quote_withdrawn(visit.portal.quotations.withdraw(visit.signed_in, found.paper.number))
        )
