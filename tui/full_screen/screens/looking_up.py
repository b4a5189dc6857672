"""From what was typed for an Equipment ID to the ID: the last digits, a licensee or a city of a
system that the company knows will do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from engine.services.looking_up import Known, is_looked_up
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.widgets.choice_list import ChooseDialog
from tui.wording.known_systems import known_line, which_system


def look_up(screen: PortalScreen, typed: str, then: Callable[[str], None]) -> None:
    """Call `then` with the ID of the one system that fits, of the one that is chosen among
    several, or, where none does, with what was typed: whoever reads that says what is wrong."""
    if not is_looked_up(typed):
        then(typed)
        return
    session, looking_up = screen.visit.signed_in, screen.visit.portal.looking_up
    screen.ask(lambda: looking_up.systems(session, typed), partial(_found, screen, typed, then))


def choose_among(
    screen: PortalScreen, equipment_ids: tuple[str, ...], then: Callable[[str], None]
) -> None:
    """Call `then` with the ID of the system that is chosen among these."""
    session, looking_up = screen.visit.signed_in, screen.visit.portal.looking_up
    screen.ask(
        lambda: looking_up.these(session, equipment_ids),
        partial(_found, screen, equipment_ids[0], then),
    )


def _found(
    screen: PortalScreen, typed: str, then: Callable[[str], None], found: list[Known]
) -> None:
    if len(found) <= 1:
        then(found[0].system.equipment_id if found else typed)
        return

    def chosen(equipment_id: str | None) -> None:
        if equipment_id:
            then(equipment_id)

    choices = lambda: [(str(each.system.equipment_id), known_line(each)) for each in found]  # noqa: E731
    screen.app.push_screen(ChooseDialog(which_system, choices), chosen)
