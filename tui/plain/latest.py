"""The latest orders of the company, and what each delivered."""

from __future__ import annotations

from collections.abc import Callable

from engine.licences.order import Order, OrderKind
from tui.plain.dialogue import Dialogue
from tui.visit.visit import Visit
from tui.wording.formats import date, money
from tui.wording.kinds import kind_name
from tui.wording.order import keycode_of_order, page_of_order
from tui.wording.stored_text import shown
from tui.wording.translation import _

MOST = 8


def show(visit: Visit, dialogue: Dialogue, again: Callable[[Order], None] | None) -> None:
    """List them, and show the one that is chosen; `again` orders the same once more, where that is
    allowed."""
    orders = visit.portal.ordering.latest_orders(visit.signed_in, MOST)
    if not orders:
        dialogue.say(_("None yet."))
        return

    dialogue.say("", _("Latest orders of your company (totals excl. VAT)"))

    def choices() -> dict[str, str]:
        return {str(n): _row(order) for n, order in enumerate(orders, 1)} | {"0": _("Back")}

    while (answer := dialogue.choose(lambda: _("Which order?"), choices)) != "0":
        number = orders[int(answer) - 1].number
        record, order = visit.portal.searching.order(visit.signed_in, number)
        page = page_of_order(record, order)
        dialogue.say("", keycode_of_order(record, order), "", *page, "")
        if again is not None and order.kind is OrderKind.ORDER and _wants(dialogue):
            again(order)
            return


def _wants(dialogue: Dialogue) -> bool:
    choices = lambda: {"1": _("Order again"), "0": _("Back")}  # noqa: E731
    return dialogue.choose(lambda: _("What would you like to do?"), choices) == "1"


def _row(order: Order) -> str:
    return ", ".join(
        filter(
            None,
            (
                date(order.placed_at),
                order.equipment_id,
                shown(order.reference) if order.kind is OrderKind.ORDER else kind_name(order),
                shown(order.licensee),
                money(order.total, order.currency),
            ),
        )
    )
