"""Check a keycode: whose it is, what may be wrong with it, what it unlocks."""

from __future__ import annotations

from engine.errors import EquipmentIdMalformed, SystemUnknown
from tui.plain.dialogue import WIDTH, Back, Dialogue, prompt
from tui.plain.spelling import offer_to_spell
from tui.visit.visit import Visit
from tui.wording.errors import sentence
from tui.wording.labels import field_label
from tui.wording.translation import _
from tui.wording.verdict import check_lines, keycode_to_give


def check(visit: Visit, dialogue: Dialogue) -> None:
    """One system after another, until `Back` or an empty line."""
    dialogue.page = "check"
    dialogue.say("", _("Check a keycode. Press Enter to return to the menu."))
    while typed := dialogue.ask(lambda: prompt(field_label("equipment_id"))):
        try:
            record = visit.portal.searching.by_equipment_id(visit.signed_in, typed)
        except (EquipmentIdMalformed, SystemUnknown) as error:
            dialogue.say(sentence(error))
        else:
            _keycodes_for(visit, dialogue, record.system.equipment_id)


def _keycodes_for(visit: Visit, dialogue: Dialogue, equipment_id: str) -> None:
    """One keycode after another, for the same system."""

    def question() -> str:
        return prompt(_("Keycode for {id}").format(id=equipment_id))

    try:
        while typed := dialogue.ask(question):
            found = visit.portal.searching.check(visit.signed_in, equipment_id, typed)
            dialogue.say("", *check_lines(found, typed, visit.portal.catalogue, WIDTH))
            if keycode := keycode_to_give(found):
                offer_to_spell(dialogue, [keycode])
    except Back:
        return
