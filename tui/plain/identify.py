"""Step 1: the Equipment ID (guide, Order Process (1/4))."""

from __future__ import annotations

from engine.licences.order import Draft
from engine.licences.system import System
from tui.plain.dialogue import Dialogue, prompt
from tui.visit.visit import Visit
from tui.wording.labels import field_label
from tui.wording.order import what_is_dropped
from tui.wording.translation import _


def identify(visit: Visit, dialogue: Dialogue) -> tuple[System, Draft]:
    """The system of an ID, and the order for it: the one under way, or a new one.

    Raises `Back`, `EquipmentIdMalformed`, `SystemUnknown`.
    """
    ordering = visit.portal.ordering
    while True:
        old = visit.draft
        so_far = old.equipment_id if old else ""
        system = ordering.find_system(visit.signed_in, _typed(dialogue, so_far))
        if old is not None and old.equipment_id == system.equipment_id:
            return system, old
        new = ordering.new_draft(system, old)
        if old is None or not old.quantities or _drops(dialogue, old, new):
            return system, new


def _typed(dialogue: Dialogue, so_far: str) -> str:
    return dialogue.ask(lambda: prompt(field_label("equipment_id"), so_far), _hint) or so_far


def _drops(dialogue: Dialogue, old: Draft, new: Draft) -> bool:
    """Another ID after items were chosen: say what it drops, and ask."""
    answer = dialogue.choose(
        lambda: what_is_dropped(old, new),
        lambda: {"1": _("Discard and continue"), "2": _("Stay")},
    )
    return answer == "1"


def _hint() -> list[str]:
    return [_("13 hexadecimal digits, for example 03FFFF0302AD4; spaces do not matter.")]
