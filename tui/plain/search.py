"""Search a keycode (guide, Search for a keycode)."""

from __future__ import annotations

from engine.errors import EquipmentIdMalformed, SystemUnknown
from tui.i18n import _
from tui.labels import field_label
from tui.messages import sentence
from tui.plain.dialogue import WIDTH, Back, Dialogue, prompt
from tui.plain.spelling import spelled_lines
from tui.search_result import keycodes_now, result_lines
from tui.session import Visit

SPELL, DONE = "1", "0"


def search(visit: Visit, dialogue: Dialogue) -> None:
    """One system after another, until `Back` or an empty line."""
    dialogue.page = "search"
    dialogue.say("", _("Search a keycode. An empty line leads back to the menu."))
    while typed := dialogue.ask(lambda: prompt(field_label("equipment_id"))):
        try:
            record = visit.portal.searching.by_equipment_id(visit.signed_in, typed)
        except (EquipmentIdMalformed, SystemUnknown) as error:
            dialogue.say(sentence(error))
            continue
        found = _("Search result: {id}").format(id=record.system.equipment_id)
        dialogue.say("", found, "", *result_lines(record, WIDTH))
        if keycodes := keycodes_now(record):
            _offer_to_spell(dialogue, keycodes)


def _offer_to_spell(dialogue: Dialogue, keycodes: list[str]) -> None:
    while _next(dialogue) == SPELL:
        dialogue.say(*spelled_lines(keycodes))


def _next(dialogue: Dialogue) -> str:
    try:
        return dialogue.choose(
            lambda: _("What would you like to do?"),
            lambda: {SPELL: _("Spell the keycode"), DONE: _("Back")},
        )
    except Back:
        return DONE
