"""Quotes: rows of a list, the page of one, and the text that a customer gets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from engine.catalogue.product import Product
from engine.papers.paper import Paper
from engine.papers.quotations import Standing
from tui.wording.audit_events import person_or_desk
from tui.wording.deliverables import (
    WIDTH,
    address_rows,
    address_title,
    features_title,
    priced_table,
)
from tui.wording.formats import date, date_time, money
from tui.wording.labels import field_label
from tui.wording.stored_text import shown
from tui.wording.tables import GAP, cells, pairs, share, table, wrapped
from tui.wording.translation import _, ngettext, pgettext


def standing_name(standing: Standing) -> str:
    """How a quote stands."""
    match standing:
        case Standing.OPEN:
            return pgettext("a quote", "valid")
        case Standing.EXPIRED:
            return pgettext("a quote", "expired")
        case Standing.ORDERED:
            return pgettext("a quote", "ordered")
        case Standing.WITHDRAWN:
            return pgettext("a quote", "withdrawn")


def quote_rows(
    quotes: Sequence[tuple[Paper, Standing]], companies: Mapping[str, str], width: int
) -> list[str]:
    """A heading and a line for each, in at most `width` cells: only texts give way. With the names
    of `companies` (by id), where there are any."""
    papers = [paper for paper, _standing in quotes]
    whole = [
        [_("Quote"), *(paper.number for paper in papers)],
        [pgettext("a quote", "Until"), *(date(paper.quotation.valid_until) for paper in papers)],
        [field_label("equipment_id"), *(paper.quotation.equipment_id for paper in papers)],
    ]
    texts = [
        [field_label("licensee"), *(shown(paper.quotation.licensee) for paper in papers)],
    ]
    if companies:
        names = (shown(companies.get(paper.company_id, "")) for paper in papers)
        texts.append([field_label("company"), *names])
    end = [
        [_("State"), *(standing_name(standing) for _paper, standing in quotes)],
        [_("Total"), *(money(p.quotation.total, p.quotation.currency) for p in papers)],
    ]
    gaps = len(GAP) * (len(whole) + len(texts) + len(end) - 1)
    room = width - gaps - sum(max(map(cells, column)) for column in (*whole, *end))
    columns = [*whole, *share(texts, room), *end]
    return table(zip(*columns, strict=True), right=(len(columns) - 1,))


def quote_title(paper: Paper, standing: Standing) -> str:
    """Above its page."""
    return _("Quote {number}: {state}").format(number=paper.number, state=standing_name(standing))


def quote_page(
    paper: Paper, standing: Standing, product: Product, companies: Mapping[str, str]
) -> list[str]:
    """All there is to say of one, and what became of it."""
    more = [
        (_("State"), standing_name(standing)),
        (_("Quoted by"), person_or_desk(paper.by, companies)),
    ]
    if paper.decided_at is not None:
        ordered = standing is Standing.ORDERED
        by, on = person_or_desk(paper.decided_by, companies), date_time(paper.decided_at)
        more += [
            (_("Ordered by") if ordered else _("Withdrawn by"), by),
            (_("Ordered on") if ordered else _("Withdrawn on"), on),
        ]
    if paper.outcome:
        more.append((_("Order"), paper.outcome))
    return _lines(_blocks(paper, product, more))


def quote_document(paper: Paper, product: Product) -> str:
    """The text for a customer, of at most 80 columns: nobody should take it for an order."""
    head = [
        ["Keycode Portal", *wrapped(_("QUOTE: no keycode, nothing ordered"), WIDTH)],
        *_blocks(paper, product, []),
        wrapped(
            _("The prices hold until {date}, excl. VAT.").format(
                date=date(paper.quotation.valid_until)
            ),
            WIDTH,
        ),
    ]
    return "\n".join(_lines(iter(head))) + "\n"


def quote_saved(paper: Paper) -> str:
    """What was made."""
    return _("Saved as the quote {number}. Nothing is ordered.").format(number=paper.number)


def quote_withdrawn(paper: Paper) -> str:
    """What was done."""
    return _("The quote {number} is withdrawn.").format(number=paper.number)


def _blocks(paper: Paper, product: Product, more: list[tuple[str, str]]) -> Iterator[list[str]]:
    quoted = paper.quotation
    yield pairs(
        [
            (_("Quote"), paper.number),
            (_("Date"), date_time(paper.at)),
            (_("Valid until"), date(quoted.valid_until)),
            *more,
            (field_label("equipment_id"), quoted.equipment_id),
            (field_label("order_reference"), shown(quoted.draft.reference)),
            (field_label("licensee"), shown(quoted.licensee)),
        ],
        WIDTH,
    )
    if address := list(address_rows(quoted.address)):
        yield [address_title(), *pairs(address, WIDTH)]
    yield pairs([(_("Product"), product.name), (_("Release"), shown(quoted.release))], WIDTH)
    yield priced_table(
        quoted.lines, product, quoted.currency, features_title(), _("Total excl. VAT")
    )


def _lines(blocks: Iterator[list[str]]) -> list[str]:
    return [line for block in blocks for line in (*block, "")][:-1]


def quotes_waiting(count: int) -> str:
    """For who may order what somebody else has quoted."""
    return ngettext(
        "{count} quote waits for a second person", "{count} quotes wait for a second person", count
    ).format(count=count)


def quote_obstacle(reasons: list[str]) -> list[str]:
    """Above the page of one that cannot be ordered as things are; `reasons` say why."""
    first, *others = reasons
    said = wrapped(_("! It cannot be ordered now: {why}").format(why=first), WIDTH - 4)
    return [*said, *(f"  {line}" for other in others for line in wrapped(other, WIDTH - 6))]


def cheaper_today(paper: Paper, total: Decimal) -> list[str]:
    """Above the page of one that costs less now; nothing for one that costs what it says."""
    if total >= paper.quotation.total:
        return []
    text = _("! Ordered today it costs less: {total}.")
    return wrapped(text.format(total=money(total, paper.quotation.currency)), WIDTH - 4)


def only_the_latest(count: int) -> str:
    """What to say of a list that is not whole."""
    text = _("Only the latest {count} quotes are shown: narrow the search.")
    return text.format(count=count)


def no_quote_found(text: str) -> str:
    """What to say of an empty list."""
    if text.strip():
        return _("No quote found.")
    return _("There are no quotes yet: “Save as a quote” at step 4 of an order makes one.")
