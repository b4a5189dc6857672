"""What to say about a refusal, where it takes more than a template."""

from __future__ import annotations

from decimal import Decimal

from engine.accounts.people import Right
from engine.errors import (
    ChangeRefused,
    CompanyUnknown,
    KeycodeOfSeveral,
    NotAllowed,
    OrderRefused,
    PaperDecided,
    PriceChanged,
    QuoteClosed,
    QuoteExpired,
    ReleaseNotLater,
    SecondPersonNeeded,
    SessionEnded,
    SystemTransferred,
    UnusualOrder,
)
from engine.papers.paper import PaperState
from tui.wording import reasons
from tui.wording.error_sentences import sentence_of
from tui.wording.formats import date, money, number
from tui.wording.stored_text import clipped
from tui.wording.translation import N_, _, ngettext

RIGHTS: dict[Right, str] = {
    Right.SEARCH: N_("Your role does not allow you to read keycodes."),
    Right.ORDER: N_("Your role does not allow you to order."),
    Right.ALL_COMPANIES: N_("Your role does not allow you to see other companies."),
    Right.REPORT: N_("Your role does not allow you to see reports."),
    Right.MOVE: N_("Only your company's administrator, or the licence desk, may move a system."),
    Right.PEOPLE: N_("Only your company's administrator may look after its people."),
    Right.CORRECT: N_("Only the licence desk may do this."),
    Right.DECIDE: N_("Only the licence desk may do this."),
    Right.DESK: N_("Only the licence desk may do this."),
    Right.JOURNAL: N_("Only the licence desk and the auditor may read the log."),
}


@sentence_of.register
def _price_changed(error: PriceChanged) -> str:
    """What was seen, and what it is now."""
    return _(
        "Nothing was ordered: the total has changed from {before} to {now}. Look at it, and confirm"
        " once more."
    ).format(before=money(error.before, error.currency), now=money(error.now, error.currency))


@sentence_of.register
def _unusual(error: UnusualOrder) -> str:
    """Of what there is so much, and what is usual."""
    if error.part:
        return _(
            "Nothing was ordered yet: {quantity} × {part} is far above what is usual ({most} a"
            " line)."
        ).format(quantity=number(error.quantity), part=error.part, most=number(error.most))
    return _(
        "Nothing was ordered yet: {total} is far above what is usual for an order ({most})."
    ).format(
        total=money(error.total, error.currency), most=money(Decimal(error.most), error.currency)
    )


@sentence_of.register
def _quote_closed(error: QuoteClosed) -> str:
    if error.order:
        return _("The quote {number} is ordered already: {order}.").format(
            number=error.number, order=error.order
        )
    return _("The quote {number} is withdrawn.").format(number=error.number)


@sentence_of.register
def _quote_expired(error: QuoteExpired) -> str:
    """Until when; what can be done."""
    return _(
        "The prices of the quote {number} held until {date}. Copy it for the prices of today."
    ).format(number=error.number, date=date(error.at))


@sentence_of.register
def _second_person(error: SecondPersonNeeded) -> str:
    """Over which amount; what can be done."""
    most = money(error.most, error.currency)
    if error.number:
        return _(
            "You made the quote {number}, which is over {most}: somebody else has to order from it."
        ).format(number=error.number, most=most)
    return _(
        "Nothing was ordered: over {most} two people are needed. Save it as a quote; somebody else"
        " orders from it."
    ).format(most=most)


@sentence_of.register
def _transferred(error: SystemTransferred) -> str:
    """Since when; where its orders are."""
    return _(
        "{equipment_id} went to another company on {date}. The orders that you placed for it are"
        " still found by reference, licensee or date."
    ).format(equipment_id=error.equipment_id, date=date(error.at))


@sentence_of.register
def _session_ended(error: SessionEnded) -> str:
    return _(reasons.SESSION[error.reason])


@sentence_of.register
def _company_unknown(error: CompanyUnknown) -> str:
    said = _("There is no company “{name}”.").format(name=clipped(error.name))
    if error.close:
        return " ".join((said, _("Did you mean “{close}”?").format(close=clipped(error.close))))
    return said


@sentence_of.register
def _release_not_later(error: ReleaseNotLater) -> str:
    said = _("The system runs {now}; {release} cannot be chosen.").format(
        now=clipped(error.now), release=clipped(error.release)
    )
    if not error.later:
        return " ".join((said, _("There is no other release for it.")))
    return " ".join((said, _("Releases: {known}.").format(known=", ".join(error.later))))


@sentence_of.register
def _paper_decided(error: PaperDecided) -> str:
    """What became of it."""
    said = {
        PaperState.DONE.value: N_("{number} is approved already."),
        PaperState.REFUSED.value: N_("{number} is refused already."),
        PaperState.WITHDRAWN.value: N_("{number} is withdrawn."),
    }[error.state]
    return _(said).format(number=error.number)


@sentence_of.register
def _not_allowed(error: NotAllowed) -> str:
    return _(RIGHTS[Right(error.right)])


@sentence_of.register
def _change_refused(error: ChangeRefused) -> str:
    count = len(error.problems)
    return ngettext(
        "Nothing was changed: there is {count} problem.",
        "Nothing was changed: there are {count} problems.",
        count,
    ).format(count=count)


@sentence_of.register
def _refused(error: OrderRefused) -> str:
    count = len(error.problems)
    return ngettext(
        "Nothing was ordered: there is {count} problem.",
        "Nothing was ordered: there are {count} problems.",
        count,
    ).format(count=count)


_NAMED = 3
"""Systems that have room in a message."""


@sentence_of.register
def _of_several(error: KeycodeOfSeveral) -> str:
    named = ", ".join(error.systems[:_NAMED])
    if len(error.systems) > _NAMED:
        named += ", …"
    return _("Several systems have such a keycode: {ids}. Type more of it, or the ID.").format(
        ids=named
    )
