"""From what was typed for an Equipment ID to the ID, as the full screens do it."""

from __future__ import annotations

from engine.services.looking_up import Known
from tui.plain.dialogue import Dialogue
from tui.visit.visit import Visit
from tui.wording.known_systems import known_line, which_system


def looked_up(visit: Visit, dialogue: Dialogue, typed: str) -> str:
    """The ID of the one system that fits, or of the one that is chosen among several; where none
    does, what was typed. Raises `Back`."""
    return _chosen(dialogue, visit.portal.looking_up.systems(visit.signed_in, typed)) or typed


def choose_among(visit: Visit, dialogue: Dialogue, equipment_ids: tuple[str, ...]) -> str:
    """The ID that is chosen among these. Raises `Back`."""
    found = visit.portal.looking_up.these(visit.signed_in, equipment_ids)
    return _chosen(dialogue, found) or equipment_ids[0]


def _chosen(dialogue: Dialogue, found: list[Known]) -> str:
    if not found:
        return ""
    if len(found) == 1:
        dialogue.say(known_line(found[0]))
        return found[0].system.equipment_id
    known = {str(number): each for number, each in enumerate(found, 1)}
    choices = lambda: {number: known_line(each) for number, each in known.items()}  # noqa: E731
    return known[dialogue.choose(which_system, choices)].system.equipment_id
