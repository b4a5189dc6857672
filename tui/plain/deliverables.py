"""Deliverables: the new keycode, and everything that the guide shows of the order."""

from __future__ import annotations

from engine.errors import WriteFailed
from engine.keycode.codec import grouped
from engine.licences.quote import Quote
from engine.ports import Placement
from tui.plain.dialogue import Back, Dialogue
from tui.plain.spelling import keycodes_of, spelled_lines
from tui.visit.visit import Visit
from tui.wording.deliverables import deliverables_text
from tui.wording.errors import sentence
from tui.wording.translation import _

EXPORT, SPELL, DONE = "1", "2", "0"


def deliver(visit: Visit, dialogue: Dialogue, placement: Placement, quote: Quote) -> None:
    """Say what was placed, now or by an earlier confirmation, and offer the export."""
    dialogue.page = "order-deliverables"
    order = placement.order

    def text() -> str:
        return deliverables_text(order, quote.product, quote.system.model)

    dialogue.say("", _outcome(placement))
    if order.keycode:
        dialogue.say(_("Your new keycode: {code}").format(code=grouped(order.keycode)))
    dialogue.say("", *text().splitlines())
    while (answer := _next(dialogue)) != DONE:
        if answer == SPELL:
            dialogue.say(*spelled_lines(keycodes_of(order)))
            continue
        try:
            path = visit.portal.exporting.export(visit.signed_in, order, text())
        except WriteFailed as error:
            dialogue.say(sentence(error))
        else:
            dialogue.say(_("Exported: {path}").format(path=path))


def _next(dialogue: Dialogue) -> str:
    try:
        return dialogue.choose(lambda: _("What would you like to do?"), _choices)
    except Back:
        return DONE


def _choices() -> dict[str, str]:
    return {EXPORT: _("Export .txt file"), SPELL: _("Spell the keycode"), DONE: _("Home")}


def _outcome(placement: Placement) -> str:
    number = placement.order.number
    if placement.already:
        return _("This order was placed already: {number}").format(number=number)
    return _("The order is placed: {number}").format(number=number)
