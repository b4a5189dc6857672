"""Step 4: licence notice, what is ordered, before and after; and the word that confirms it
(guide, Order Process (4/4))."""

from __future__ import annotations

from engine.errors import OutcomeUnknown, StoreBusy, UnusualOrder, WriteFailed
from engine.ports import Placement
from tui.plain.dialogue import Back, Dialogue
from tui.visit.order_flow import OrderFlow
from tui.visit.order_steps import Review
from tui.wording.errors import sentence
from tui.wording.order import validation_page
from tui.wording.translation import _


def confirm(flow: OrderFlow, dialogue: Dialogue, review: Review) -> Placement:
    """Show everything and place the order when the word was typed. However often, one draft is
    one order: after trouble with the store the word can be typed again. Raises `Back`."""

    def page() -> list[str]:
        return [*validation_page(*review), ""]

    again = False
    while True:
        # What was typed before this page could be read confirms nothing.
        dialogue.drop_typed_ahead()
        typed = dialogue.ask(_question, page, again=again)
        again = True
        if typed.casefold() != _("YES").casefold():
            dialogue.say(_("Nothing is ordered yet."))
            continue
        try:
            return _place(flow, dialogue, review)
        except Back:
            continue
        except (StoreBusy, WriteFailed, OutcomeUnknown) as error:
            dialogue.say(sentence(error))


def _place(flow: OrderFlow, dialogue: Dialogue, review: Review) -> Placement:
    """What is far above the usual is asked about once more. Raises `Back`."""
    try:
        return flow.place(review)
    except UnusualOrder as error:
        unusual = error
    dialogue.drop_typed_ahead()
    answer = dialogue.choose(
        lambda: sentence(unusual),
        lambda: {"1": _("Order it all the same"), "2": _("Back")},
    )
    if answer != "1":
        raise Back
    return flow.place(review, sure=True)


def _question() -> str:
    return _("To confirm this order type the word {word}; < goes back:").format(word=_("YES"))
