"""Reports: which one, from when to when, and its rows."""

from __future__ import annotations

from engine.errors import DateMalformed, GroupUnknown, PeriodWrong
from engine.licences.reports import ReportKind
from tui.plain.dialogue import Back, Dialogue, prompt
from tui.visit.reporting import BY, Period, counted
from tui.visit.visit import Visit
from tui.wording.errors import sentence
from tui.wording.reports import Names, by_name, kind_name, report_lines
from tui.wording.translation import _


def show(visit: Visit, dialogue: Dialogue) -> None:
    """One report after another, until `Back`."""
    dialogue.page = "reports"
    while (kind := dialogue.choose(lambda: _("Which report?"), _kinds)) != "0":
        try:
            _one(visit, dialogue, [*ReportKind][int(kind) - 1].value)
        except Back:
            continue


def _one(visit: Visit, dialogue: Dialogue, kind: str) -> None:
    period = Period.until(visit.portal.clock())
    while True:
        first = dialogue.ask(lambda: prompt(_("First day"), period.first)) or period.first
        last = dialogue.ask(lambda: prompt(_("Last day"), period.last)) or period.last
        by = BY[int(dialogue.choose(lambda: _("A row for each?"), _groups)) - 1]
        try:
            report, companies = counted(
                visit.portal.reporting, visit.signed_in, kind, first, last, by
            )
        except (DateMalformed, PeriodWrong, GroupUnknown) as error:
            dialogue.say(sentence(error))
            continue
        dialogue.say("", *report_lines(report, Names(companies, visit.portal.catalogue)), "")
        return


def _kinds() -> dict[str, str]:
    rows = {str(number): kind_name(kind.value) for number, kind in enumerate(ReportKind, 1)}
    return rows | {"0": _("Back")}


def _groups() -> dict[str, str]:
    return {str(number): by_name(by) for number, by in enumerate(BY, 1)}
