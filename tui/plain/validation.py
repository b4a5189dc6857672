"""Step 4: licence notice, what is ordered, before and after; and the word that confirms it
(guide, Order Process (4/4))."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from engine.errors import OutcomeUnknown, StoreBusy, UnusualOrder, WriteFailed
from engine.ports import Placement
from tui.plain.dialogue import Back, Dialogue
from tui.wording.errors import sentence
from tui.wording.translation import _


class Place(Protocol):
    """Places an order, the same each time."""

    def __call__(self, *, sure: bool) -> Placement:
        """`sure`: what is unusual about it is meant."""


def confirm(
    dialogue: Dialogue, page: Callable[[], list[str]], place: Place, *, may_quote: bool = False
) -> Placement | None:
    """Show everything and place the order when the word was typed. However often, one draft is
    one order: after trouble with the store the word can be typed again. None: with `may_quote`,
    it is to be a quote. Raises `Back`."""

    def before() -> list[str]:
        return [*page(), "", *([_how_to_quote()] if may_quote else [])]

    again = False
    while True:
        # What was typed before this page could be read confirms nothing.
        dialogue.drop_typed_ahead()
        typed = dialogue.ask(_question, before, again=again)
        again = True
        if may_quote and typed.casefold() == _("QUOTE").casefold():
            return None
        if typed.casefold() != _("YES").casefold():
            dialogue.say(_("Nothing is ordered yet."))
            continue
        try:
            return _place(dialogue, place)
        except Back:
            continue
        except (StoreBusy, WriteFailed, OutcomeUnknown) as error:
            dialogue.say(sentence(error))


def _place(dialogue: Dialogue, place: Place) -> Placement:
    """What is far above the usual is asked about once more. Raises `Back`."""
    try:
        return place(sure=False)
    except UnusualOrder as error:
        unusual = error
    dialogue.drop_typed_ahead()
    answer = dialogue.choose(
        lambda: sentence(unusual),
        lambda: {"1": _("Order it all the same"), "2": _("Back")},
    )
    if answer != "1":
        raise Back
    return place(sure=True)


def _question() -> str:
    return _("To confirm this order type the word {word}; < goes back:").format(word=_("YES"))


def _how_to_quote() -> str:
    return _("To save it as a quote instead, type the word {word}.").format(word=_("QUOTE"))
