"""What an order would give, as text (`order --dry-run`)."""

from __future__ import annotations

from engine.licences.order import Draft
from engine.licences.quote import Quote
from tui.wording.deliverables import features_title, function_name, inventory_title, item_name
from tui.wording.formats import money, number
from tui.wording.order import reference_lines
from tui.wording.tables import table
from tui.wording.translation import _


def quote_text(quote: Quote, draft: Draft) -> str:
    """For whom it is, items with their prices, the total, and the inventory before and after."""
    product, currency = quote.product, quote.product.currency
    lines = [
        (
            line.part,
            item_name(product, line.part, line.name),
            number(line.quantity),
            money(line.unit_price, currency),
            money(line.total, currency),
        )
        for line in quote.lines
    ]
    lines.append(("", _("Total excl. VAT"), "", "", money(quote.total, currency)))
    rows = [
        (function_name(product, c.function.key), number(c.before), "->", number(c.after))
        for c in quote.changes
    ]
    return "\n".join(
        (
            *reference_lines(draft),
            "",
            features_title(),
            *table(lines, right=(2, 3, 4)),
            "",
            inventory_title(),
            *table(rows, right=(1, 3)),
        )
    )
