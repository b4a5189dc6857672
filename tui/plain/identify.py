"""Step 1: the Equipment ID (guide, Order Process (1/4))."""

from __future__ import annotations

from engine.errors import SystemUnknown
from engine.licences.order import Draft, Order
from tui.plain.dialogue import Dialogue, prompt
from tui.plain.looking_up import looked_up
from tui.plain.requests import ask_for
from tui.visit.order_steps import Identified
from tui.visit.visit import Visit
from tui.wording.errors import sentence
from tui.wording.known_systems import how_to_name_a_system
from tui.wording.labels import field_label
from tui.wording.translation import _
from tui.wording.unfinished_orders import gone_on_with, ordered_again, what_is_dropped

ASK = "+"
"""Typed for an Equipment ID: ask the licence desk for the one that is not known."""


def identify(visit: Visit, dialogue: Dialogue, like: Order | None = None) -> Identified:
    """The system of an ID, with the order for it under way: the one there is, or a new one, which
    may be `like` another.

    Raises `Back`, `EquipmentIdMalformed`.
    """
    flow, unknown = visit.order_flow, ""
    while True:
        old = flow.draft
        so_far = like or old
        typed = _typed(visit, dialogue, so_far.equipment_id if so_far else "")
        if typed == ASK and unknown:
            ask_for(visit, dialogue, unknown)
            continue
        try:
            found = flow.look(typed)
        except SystemUnknown as error:
            unknown = error.equipment_id
            how = _("To ask the licence desk to add it, type {sign}.").format(sign=ASK)
            dialogue.say(sentence(error), how)
            continue
        new = flow.successor(found, like)
        if old is None or not flow.drops(new) or _drops(dialogue, old, new):
            flow.open(new)
            if like is not None:
                dialogue.say(ordered_again(like, found.product, found.orderable))
            elif kept_at := found.kept_at(new):
                dialogue.say(gone_on_with(kept_at))
            return found


def _typed(visit: Visit, dialogue: Dialogue, so_far: str) -> str:
    typed = dialogue.ask(lambda: prompt(field_label("equipment_id"), so_far), _hint)
    return looked_up(visit, dialogue, typed) if typed and typed != ASK else typed or so_far


def _drops(dialogue: Dialogue, old: Draft, new: Draft) -> bool:
    """Another ID after items were chosen: say what it drops, and ask."""
    answer = dialogue.choose(
        lambda: what_is_dropped(old, new),
        lambda: {"1": _("Discard and continue"), "2": _("Stay")},
    )
    return answer == "1"


def _hint() -> list[str]:
    return [how_to_name_a_system()]
