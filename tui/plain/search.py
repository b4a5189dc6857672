"""Search a keycode (guide, Search for a keycode)."""

from __future__ import annotations

from engine.errors import EquipmentIdMalformed, SystemUnknown
from engine.services.searching import SystemRecord
from tui.plain.dialogue import WIDTH, Dialogue, prompt
from tui.plain.looking_up import looked_up
from tui.plain.spelling import offer_to_spell
from tui.visit.order_search import find_system
from tui.visit.visit import Visit
from tui.wording.errors import sentence
from tui.wording.labels import field_label
from tui.wording.system_record import keycodes_now, result_lines
from tui.wording.translation import _


def search(visit: Visit, dialogue: Dialogue) -> None:
    """One system after another, until `Back` or an empty line."""
    dialogue.page = "search"
    dialogue.say("", _("Find a keycode. Press Enter to return to the menu."))
    while typed := dialogue.ask(lambda: prompt(field_label("equipment_id"))):
        try:
            found_id = looked_up(visit, dialogue, typed)
            found = find_system(visit.portal.searching, visit.signed_in, found_id)
        except (EquipmentIdMalformed, SystemUnknown) as error:
            dialogue.say(sentence(error))
        else:
            show(dialogue, *found)


def show(dialogue: Dialogue, record: SystemRecord, company: str) -> None:
    """Say what a system has, and offer to spell its keycodes."""
    found = _("Search result: {id}").format(id=record.system.equipment_id)
    dialogue.say("", found, "", *result_lines(record, WIDTH, company))
    if keycodes := keycodes_now(record):
        offer_to_spell(dialogue, keycodes)
