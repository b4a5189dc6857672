"""Requests to the licence desk, one after another."""

from __future__ import annotations

from tui.plain.dialogue import WIDTH, Back, Dialogue
from tui.plain.questions import done
from tui.visit.requests import (
    Look,
    RequestDeed,
    asking_for_system,
    asking_for_transfer,
    listed,
    look,
)
from tui.visit.visit import Visit
from tui.wording.changes import title_of
from tui.wording.requests import request_page, request_rows, what_was_done
from tui.wording.translation import _


def look_through(visit: Visit, dialogue: Dialogue) -> None:
    """Which, and what, until `Back`."""
    dialogue.page = "requests"
    portal, session = visit.portal, visit.signed_in
    while True:
        found = listed(portal, session)
        if not found.papers:
            dialogue.say(_("There are no requests."))
            return
        rows = request_rows(*found, WIDTH - 5)[1:]
        choices = {str(number): row for number, row in enumerate(rows, 1)} | {"0": _("Back")}
        chosen = dialogue.choose(
            lambda: _("Which request?"),
            lambda choices=choices: choices,  # type: ignore[misc]  # the default is this turn's
        )
        if chosen == "0":
            return
        try:
            _show(visit, dialogue, look(portal, session, found.papers[int(chosen) - 1].number))
        except Back:
            continue


def _show(visit: Visit, dialogue: Dialogue, found: Look) -> None:
    dialogue.say("", *request_page(found, visit.portal.catalogue, WIDTH), "")
    if found.deeds:
        _choose(visit, dialogue, found.deeds)


def _choose(visit: Visit, dialogue: Dialogue, deeds: list[RequestDeed]) -> None:
    def choices() -> dict[str, str]:
        return {str(n): title_of(deed) for n, deed in enumerate(deeds, 1)} | {"0": _("Back")}

    chosen = dialogue.choose(lambda: _("What would you like to do?"), choices)
    if chosen != "0":
        do(visit, dialogue, deeds[int(chosen) - 1])


def do(visit: Visit, dialogue: Dialogue, deed: RequestDeed) -> None:
    """Ask its questions and do it."""
    if found := done(dialogue, deed, visit.portal.catalogue):
        dialogue.say(what_was_done(deed.name, found[1]))


def ask_for(visit: Visit, dialogue: Dialogue, equipment_id: str) -> None:
    """A system that is not known here: as a new one, or from another company. Raises `Back`."""
    ways = (asking_for_system, asking_for_transfer)
    _choose(visit, dialogue, [way(visit.portal, visit.signed_in, equipment_id) for way in ways])
