"""What to say about a refusal, where it takes more than a template."""

from __future__ import annotations

from engine.accounts.people import Right
from engine.errors import CompanyUnknown, NotAllowed, OrderRefused, SessionEnded
from tui.wording import reasons
from tui.wording.error_sentences import sentence_of
from tui.wording.stored_text import clipped
from tui.wording.translation import N_, _, ngettext

RIGHTS: dict[Right, str] = {
    Right.SEARCH: N_("Your role does not allow you to read keycodes."),
    Right.ORDER: N_("Your role does not allow you to order."),
    Right.ALL_COMPANIES: N_("Your role does not allow you to see other companies."),
}


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
def _not_allowed(error: NotAllowed) -> str:
    return _(RIGHTS[Right(error.right)])


@sentence_of.register
def _refused(error: OrderRefused) -> str:
    count = len(error.problems)
    return ngettext(
        "Nothing was ordered: there is {count} problem.",
        "Nothing was ordered: there are {count} problems.",
        count,
    ).format(count=count)
