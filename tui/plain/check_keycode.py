"""Check a keycode: whose it is, what may be wrong with it, what it unlocks."""

from __future__ import annotations

from contextlib import suppress

from engine.errors import EquipmentIdMalformed, KeycodeNotDelivered, KeycodeOfSeveral, SystemUnknown
from engine.keycode.codec import cleaned
from engine.licences.system import DIGITS
from tui.plain.dialogue import WIDTH, Back, Dialogue, prompt
from tui.plain.looking_up import choose_among, looked_up
from tui.plain.spelling import offer_to_spell
from tui.visit.visit import Visit
from tui.wording.errors import sentence
from tui.wording.labels import field_label
from tui.wording.translation import _
from tui.wording.verdict import keycodes_now, verdicts


def check(visit: Visit, dialogue: Dialogue) -> None:
    """One system after another, until `Back` or an empty line."""
    dialogue.page = "check"
    dialogue.say(
        "", _("Check a keycode: its Equipment ID, or the keycode alone. Enter returns to the menu.")
    )
    while typed := dialogue.ask(lambda: prompt(field_label("equipment_id"))):
        if len(cleaned(typed)) > DIGITS:
            _keycode_alone(visit, dialogue, typed)
            continue
        try:
            typed = looked_up(visit, dialogue, typed)
            record = visit.portal.searching.by_equipment_id(visit.signed_in, typed)
        except Back:
            continue
        except EquipmentIdMalformed as error:
            _keycode_alone(visit, dialogue, typed, error)
        except SystemUnknown as error:
            dialogue.say(sentence(error))
        else:
            _keycodes_for(visit, dialogue, record.system.equipment_id)


def _keycode_alone(
    visit: Visit, dialogue: Dialogue, typed: str, wrong_id: EquipmentIdMalformed | None = None
) -> None:
    """A keycode, or a part of one, where an Equipment ID is asked for: of the system that it was
    delivered for. What is neither was probably meant for an ID."""
    try:
        _say_check(visit, dialogue, "", typed)
    except KeycodeNotDelivered as error:
        dialogue.say(sentence(wrong_id or error))
    except SystemUnknown as error:  # it went to another company since
        dialogue.say(sentence(error))
    except KeycodeOfSeveral as error:
        dialogue.say(sentence(error))
        with suppress(Back):
            _say_check(visit, dialogue, choose_among(visit, dialogue, error.systems), typed)


def _keycodes_for(visit: Visit, dialogue: Dialogue, equipment_id: str) -> None:
    """One keycode after another, for the same system."""

    def question() -> str:
        return prompt(_("Keycode for {id}").format(id=equipment_id))

    try:
        while typed := dialogue.ask(question):
            _say_check(visit, dialogue, equipment_id, typed)
    except Back:
        return


def _say_check(visit: Visit, dialogue: Dialogue, equipment_id: str, typed: str) -> None:
    catalogue = visit.portal.catalogue
    found = visit.portal.checking.check_each(visit.signed_in, equipment_id, typed)
    dialogue.say("", *verdicts(found, catalogue, WIDTH))
    codes = [code.keycode for check, _typed in found for code in keycodes_now(check, catalogue)]
    if codes:
        offer_to_spell(dialogue, list(dict.fromkeys(codes)))
