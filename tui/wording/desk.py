"""The licence desk's lists: companies, and the journal."""

from __future__ import annotations

from collections.abc import Sequence

from engine.accounts.people import Company
from engine.audit import AuditEvent
from engine.safe_text import folded
from engine.services.desk import Names
from tui.wording.audit_events import actor_of, event_text, object_of
from tui.wording.formats import date, date_time, percent
from tui.wording.labels import field_label
from tui.wording.stored_text import shown
from tui.wording.tables import GAP, cells, cut, share, table
from tui.wording.translation import N_, _

LONGEST_OBJECT = 24
"""Cells: the number of an order is whole."""
_DONE: dict[str, str] = {
    "company-add": N_("“{name}” is added."),
    "company-terms": N_("The terms of “{name}” are changed."),
    "company-hold": N_("“{name}” is on hold: it orders nothing."),
    "company-release": N_("“{name}” can order again."),
    "system-add": N_("The system {name} is added."),
    "system-edit": N_("The system {name} is corrected."),
}


def what_was_done(deed: str, name: str) -> str:
    """In a sentence."""
    return _(_DONE[deed]).format(name=shown(name))


def company_rows(companies: Sequence[Company], width: int) -> list[str]:
    """A heading, and a line for each, in columns of together at most so many cells."""
    headings = (
        *(field_label("name"), _("Added on"), _("Discount"), _("Second person above"), _("State")),
    )
    rows = [
        (
            shown(c.name),
            date(c.created_at),
            f"{percent(c.discount)} %" if c.discount else "",
            "" if c.four_eyes_over is None else percent(c.four_eyes_over),
            _("on hold") if c.on_hold else "",
        )
        for c in companies
    ]
    columns = share(list(zip(headings, *rows, strict=True)), width - 2 * (len(headings) - 1))
    return table(list(zip(*columns, strict=True)))


def journal_row(event: AuditEvent, names: Names) -> tuple[str, str, str, str]:
    """When, who, what, and to what."""
    return (
        date_time(event.at),
        actor_of(event, names.companies, names.users),
        event_text(event),
        object_of(event, names.companies),
    )


def has(event: AuditEvent, names: Names, text: str) -> bool:
    """Whether that text stands in the line, however its letters were typed."""
    return not text or any(folded(text) in folded(cell) for cell in journal_row(event, names))


def journal_rows(events: Sequence[AuditEvent], names: Names, width: int) -> list[str]:
    """A line for each, in columns of together at most so many cells."""
    if not events:
        return [_("Nothing was found.")]
    rows = [journal_row(event, names) for event in events]
    whens, whos, whats, objects = (list(column) for column in zip(*rows, strict=True))
    objects = [cut(each, LONGEST_OBJECT) for each in objects]
    kept = max(map(cells, whens)) + max(map(cells, objects))
    whos, whats = share([whos, whats], width - kept - 3 * len(GAP))
    return table(list(zip(whens, whos, whats, objects, strict=True)))
