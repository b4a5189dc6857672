"""Deliverables: the new keycode, and everything that the guide shows of the order."""

from __future__ import annotations

import os

from engine.errors import WriteFailed
from engine.keycode.codec import grouped
from engine.licences.quote import Quote
from engine.ports import Placement
from tui.plain.dialogue import Back, Dialogue
from tui.plain.spelling import keycodes_of, spelled_lines
from tui.visit.export_ways import (
    Exported,
    ExportWay,
    exported_order,
    fetched_by,
    ways_in_a_terminal,
)
from tui.visit.visit import Visit
from tui.wording.deliverables import deliverables_text
from tui.wording.errors import sentence
from tui.wording.exports import fetch_with
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
        export(visit, dialogue, exported_order(visit, order, text()))


def export(visit: Visit, dialogue: Dialogue, exported: Exported) -> None:
    """Into the folder, for who can look into it; who came through SSH has the text above, and
    with a key of his own a command."""
    if ExportWay.FOLDER in ways_in_a_terminal(visit, os.environ):
        try:
            path = exported.to_folder()
        except WriteFailed as error:
            dialogue.say(sentence(error))
        else:
            dialogue.say(_("Exported: {path}").format(path=path))
    else:
        exported.hand_over()
        dialogue.say("", *exported.text.splitlines(), "")
    if command := fetched_by(visit, exported.number, exported.command):
        dialogue.say(fetch_with(command))


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
