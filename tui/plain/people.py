"""The people of a company, one after another."""

from __future__ import annotations

from tui.plain.dialogue import WIDTH, Back, Dialogue
from tui.plain.questions import done
from tui.visit.people import Deed, adding, deeds_for
from tui.visit.visit import Visit
from tui.wording.changes import title_of
from tui.wording.people import how_long, issued_once, people_rows, what_was_done
from tui.wording.translation import _


def look_after(visit: Visit, dialogue: Dialogue, company: str = "") -> None:
    """Who, and what, until `Back`: of one's own company, or of another for the licence desk."""
    dialogue.page = "people"
    people, session = visit.portal.people, visit.signed_in
    if company:
        people = people.of(company)
    while True:
        known = people.people(session)
        rows = dict(enumerate(people_rows(known, WIDTH - 4)[1:], 1))
        choices = {str(number): row for number, row in rows.items()}
        last = str(len(choices) + 1)
        choices |= {last: _("Add somebody"), "0": _("Back")}
        chosen = dialogue.choose(lambda: _("Who?"), lambda choices=choices: choices)  # type: ignore[misc]
        if chosen == "0":
            return
        try:
            if chosen == last:
                _do(visit, dialogue, adding(people, session))
            else:
                _choose(visit, dialogue, deeds_for(people, session, known[int(chosen) - 1]))
        except Back:
            continue


def _choose(visit: Visit, dialogue: Dialogue, deeds: list[Deed]) -> None:
    def choices() -> dict[str, str]:
        return {str(n): title_of(deed) for n, deed in enumerate(deeds, 1)} | {"0": _("Back")}

    chosen = dialogue.choose(lambda: _("What would you like to do?"), choices)
    if chosen != "0":
        _do(visit, dialogue, deeds[int(chosen) - 1])


def _do(visit: Visit, dialogue: Dialogue, deed: Deed) -> None:
    if not (found := done(dialogue, deed, visit.portal.catalogue)):
        return
    answers, issued = found
    login = deed.login(answers)
    dialogue.say(what_was_done(deed, login))
    if issued:
        dialogue.say(issued_once(login, issued), how_long())
