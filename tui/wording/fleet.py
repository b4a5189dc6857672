"""What was read out of many systems, and which of them have to be visited."""

from __future__ import annotations

from engine.errors import PortalError
from engine.keycode.codec import grouped
from engine.licences.verdict import Check, Verdict
from tui.wording.errors import sentence
from tui.wording.formats import date
from tui.wording.translation import N_, _, ngettext
from tui.wording.verdict import keycode_to_give

VERDICTS: dict[Verdict, str] = {
    Verdict.CURRENT: N_("current"),
    Verdict.SUPERSEDED: N_("old since {date}"),
    Verdict.EARLIER_RELEASE: N_("for release {release}"),
    Verdict.WITHDRAWN_KEY: N_("withdrawn signing key"),
    Verdict.REPLACED_HARDWARE: N_("of the old hardware"),
    Verdict.OTHER_SYSTEM: N_("of another system"),
    Verdict.NEVER_ISSUED: N_("never issued: tell the licence desk"),
    Verdict.MISTYPED: N_("misread"),
    Verdict.PARTIAL: N_("a part of a keycode"),
    Verdict.MALFORMED: N_("not a keycode"),
}


def in_words(found: Check | PortalError) -> str:
    """The verdict on one system in a few words."""
    if isinstance(found, PortalError):
        return sentence(found)
    return _(VERDICTS[found.verdict]).format(
        date=date(found.current.placed_at) if found.current else "",
        release=found.issued.release if found.issued else "",
    )


def to_enter(found: Check | PortalError) -> str:
    """The keycode that has to be entered there; "" where all is well, or none is known."""
    if isinstance(found, PortalError) or found.verdict is Verdict.CURRENT:
        return ""
    code = keycode_to_give(found)
    if found.verdict in {Verdict.NEVER_ISSUED, Verdict.OTHER_SYSTEM, Verdict.MALFORMED}:
        code = found.system.orders[-1].keycode if found.system.orders else None
    return grouped(code) if code else ""


def how_many(visits: int, systems: int) -> str:
    """Above the list of those to visit."""
    if not visits:
        return _("All of them have their current keycode.")
    return ngettext(
        "{count} of {systems} systems has to be visited:",
        "{count} of {systems} systems have to be visited:",
        visits,
    ).format(count=visits, systems=systems)
