"""The latest orders of the company, and what each delivered."""

from __future__ import annotations

from engine.licences.order import Order
from tui.plain.dialogue import Dialogue
from tui.visit.visit import Visit
from tui.wording.deliverables import deliverables_text
from tui.wording.formats import date, money
from tui.wording.stored_text import shown
from tui.wording.translation import _

MOST = 8


def show(visit: Visit, dialogue: Dialogue) -> None:
    """List them, and show the one that is chosen."""
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
        text = deliverables_text(order, record.product, record.system.model)
        dialogue.say("", *text.splitlines())


def _row(order: Order) -> str:
    return ", ".join(
        filter(
            None,
            (
                date(order.placed_at),
                order.equipment_id,
                shown(order.reference),
                shown(order.licensee),
                money(order.total, order.currency),
            ),
        )
    )
