"""The licence desk, line by line: companies and their people, systems, and the journal."""

from __future__ import annotations

from engine.accounts.people import Right
from engine.errors import PortalError
from tui.plain.dialogue import WIDTH, Back, Dialogue, prompt
from tui.plain.people import look_after
from tui.plain.questions import done
from tui.plain.reading import Job
from tui.visit.desk import (
    LINES,
    DeskDeed,
    adding_company,
    adding_system,
    correcting_system,
    deeds_for,
    since,
)
from tui.visit.visit import Visit
from tui.wording.changes import title_of
from tui.wording.desk import company_rows, has, journal_rows, what_was_done
from tui.wording.errors import sentence
from tui.wording.labels import field_label
from tui.wording.translation import _


def work(visit: Visit, dialogue: Dialogue) -> None:
    """Which of its jobs, until `Back`."""
    dialogue.page = "desk"
    while True:
        jobs = _jobs(visit, dialogue)
        choices = {number: label for number, (label, _job) in jobs.items()} | {"0": _("Back")}
        chosen = dialogue.choose(
            lambda: _("What would you like to do?"),
            lambda choices=choices: choices,  # type: ignore[misc]  # the default is this turn's
        )
        if chosen == "0":
            return
        try:
            jobs[chosen][1]()
        except Back:
            continue


def _jobs(visit: Visit, dialogue: Dialogue) -> dict[str, Job]:
    portal, session = visit.portal, visit.signed_in
    jobs: dict[str, Job] = {
        "1": (_("Companies and their people"), lambda: _companies(visit, dialogue)),
        "2": (_("Journal: who did what"), lambda: _journal(visit, dialogue)),
    }
    if visit.may(Right.DESK):
        jobs |= {
            "3": (
                _("Systems: add one …"),
                lambda: _do(visit, dialogue, adding_system(portal, session)),
            ),
            "4": (
                _("Systems: correct one without orders …"),
                lambda: _do(visit, dialogue, correcting_system(portal, session)),
            ),
            "5": (
                _("Add a company …"),
                lambda: _do(visit, dialogue, adding_company(portal, session)),
            ),
        }
    return jobs


def _companies(visit: Visit, dialogue: Dialogue) -> None:
    while True:
        companies = visit.portal.desk.companies(visit.signed_in)
        rows = company_rows(companies, WIDTH - 5)[1:]
        choices = {str(number): row for number, row in enumerate(rows, 1)} | {"0": _("Back")}
        chosen = dialogue.choose(
            lambda: _("Which company?"),
            lambda choices=choices: choices,  # type: ignore[misc]  # the same
        )
        if chosen == "0":
            return
        company = companies[int(chosen) - 1]
        deeds = deeds_for(visit.portal, visit.signed_in, company)
        if deeds:
            _choose(visit, dialogue, company.name, deeds)


def _choose(visit: Visit, dialogue: Dialogue, company: str, deeds: list[DeskDeed]) -> None:
    last = str(len(deeds) + 1)

    def choices() -> dict[str, str]:
        titles = {str(number): title_of(deed) for number, deed in enumerate(deeds, 1)}
        return titles | {last: _("People of this company"), "0": _("Back")}

    chosen = dialogue.choose(lambda: _("What would you like to do?"), choices)
    if chosen == last:
        look_after(visit, dialogue, company)
    elif chosen != "0":
        _do(visit, dialogue, deeds[int(chosen) - 1])


def _do(visit: Visit, dialogue: Dialogue, deed: DeskDeed) -> None:
    if found := done(dialogue, deed, visit.portal.catalogue):
        dialogue.say(what_was_done(deed.name, found[1]))


def _journal(visit: Visit, dialogue: Dialogue) -> None:
    desk, session, clock = visit.portal.desk, visit.signed_in, visit.portal.clock
    names = desk.names(session)
    while True:
        day = dialogue.ask(lambda: prompt(field_label("since_day")))
        try:
            first = since(day, clock())
            break
        except PortalError as error:
            dialogue.say(sentence(error))
    text = dialogue.ask(lambda: prompt(field_label("journal_text")))
    found = desk.journal(session, first, lambda event: has(event, names, text), LINES)
    dialogue.say("", *journal_rows(found[::-1], names, WIDTH), "")
