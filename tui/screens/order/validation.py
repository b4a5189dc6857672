"""Step 4: licence notice, what is ordered, before and after (guide, Order Process (4/4))."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from engine.orders import Draft, Order
from engine.services.ordering import Quote
from tui.deliverables import item_name
from tui.documents import read_section
from tui.formats import date, money, number
from tui.i18n import _, language
from tui.tables import table, wrapped
from tui.widgets.words import lines

WIDTH = 74


class ValidationStep(Vertical):
    """Everything about the order on one page that scrolls."""

    def __init__(self) -> None:
        super().__init__(id="step-4")
        self._shown: tuple[Draft, Quote, Order | None] | None = None

    def compose(self) -> ComposeResult:
        """The page."""
        with VerticalScroll(id="validation-page"):
            yield Static(id="validation-text", markup=False)

    def show(self, draft: Draft, quote: Quote, earlier: Order | None) -> None:
        """Show an order as it would be; `earlier` has the same reference."""
        self._shown = (draft, quote, earlier)
        self.relabel()
        page = self.query_one("#validation-page", VerticalScroll)
        page.scroll_home(animate=False)
        self.screen.set_focus(page)

    def relabel(self) -> None:
        """Say the page again."""
        if self._shown is not None:
            draft, quote, earlier = self._shown
            text = lines(
                [*_warning(earlier), *_notice(), *_order(draft, quote), *_inventory(quote)]
            )
            self.query_one("#validation-text", Static).update(text)


def _warning(earlier: Order | None) -> list[str]:
    if earlier is None:
        return []
    text = _(
        "! The reference {reference} was used before: order {number} of {date} for {id}. "
        "Go back to change it, or confirm to use it again."
    ).format(
        reference=earlier.reference,
        number=earlier.number,
        date=date(earlier.placed_at),
        id=earlier.equipment_id,
    )
    return [*wrapped(text, WIDTH), ""]


def _notice() -> list[str]:
    text = read_section("legal", language(), "notice").text
    return [*text.split("\n"), ""]


def _order(draft: Draft, quote: Quote) -> list[str]:
    system, product = quote.system, quote.product
    identity = _("Hardware ID: {id}   Type: {type}   Release: {release}").format(
        id=system.equipment_id, type=system.model or product.name, release=system.release
    )
    heading = ("", _("New features"), _("Qty"), _("Unit price"), _("Total"))
    rows = [
        (
            line.part,
            item_name(product, line.part, line.name),
            number(line.quantity),
            money(line.unit_price, product.currency),
            money(line.total, product.currency),
        )
        for line in quote.lines
    ]
    rows.append(("", _("Order total"), "", "", money(quote.total, product.currency)))
    reference = _("Order reference: {reference}   Licensee: {licensee}").format(
        reference=draft.reference, licensee=draft.licensee
    )
    return [identity, *wrapped(reference, WIDTH), "", *table([heading, *rows], right=(2, 3, 4)), ""]


def _inventory(quote: Quote) -> list[str]:
    heading = (_("Elementary features"), _("Before"), "", _("After"))
    rows = [
        (
            change.function.name.in_language(language()),
            number(change.before) if change.before else "-",
            "→" if change.before != change.after else "",
            number(change.after),
        )
        for change in quote.changes
    ]
    return table([heading, *rows], right=(1, 3))
