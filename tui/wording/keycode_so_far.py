"""What can be said of a keycode while it is being typed."""

from __future__ import annotations

from collections.abc import Sequence

from engine.catalogue.product import Catalogue
from engine.errors import KeycodeFault, KeycodeMalformed
from engine.keycode.alignment import FEWEST, Alignment, nearest_so_far, part_of
from engine.keycode.codec import cleaned, decode, separated
from tui.wording.errors import sentence
from tui.wording.marked import marked
from tui.wording.tables import wrapped
from tui.wording.translation import _, ngettext


def so_far(text: str, keycodes: Sequence[str], catalogue: Catalogue, width: int) -> list[str]:
    """What was typed, in groups, with marks, and a sentence. `keycodes` are those that the system
    was given; where nobody knows it, there are none to compare with. None for an empty text."""
    typed = cleaned(text)
    if not typed:
        return []
    places: Sequence[int] = ()
    several = separated(text, catalogue)
    if len(several) > 1:
        said = _("{count} keycodes, one after the other.").format(count=len(several))
    elif keycodes:
        places, said = _compared(typed, keycodes)
    else:
        places, said = _by_itself(typed, catalogue)
    return [*marked(typed, places), *wrapped(said, width)]


def _compared(typed: str, keycodes: Sequence[str]) -> tuple[Sequence[int], str]:
    """Which characters do not fit the keycode that is probably meant."""
    found = nearest_so_far(typed, keycodes)
    if found and not found.mistakes:
        return (), _fits(found, len(typed))
    if any(part_of(typed, keycode) for keycode in keycodes):
        return (), _("This is a part of a keycode of this system.")
    if found and (len(typed) >= FEWEST or found.typed):
        text = ngettext(
            "{count} character is wrong, missing or one too many so far.",
            "{count} characters are wrong, missing or too many so far.",
            found.mistakes,
        )
        return found.typed, text.format(count=found.mistakes)
    return (), _("So far this is like no keycode of this system.")


def _fits(found: Alignment, typed: int) -> str:
    text = ngettext(
        "{count} character of {all}: right so far.",
        "{count} characters of {all}: right so far.",
        typed,
    )
    return text.format(count=typed, all=len(found.keycode))


def _by_itself(typed: str, catalogue: Catalogue) -> tuple[Sequence[int], str]:
    """Which character cannot be right in any keycode. What is too short is not at its end yet."""
    try:
        decode(typed, catalogue)
    except KeycodeMalformed as error:
        if error.reason is not KeycodeFault.LENGTH or error.position <= len(typed):
            return (error.position,), sentence(error, catalogue)
    text = ngettext("{count} character.", "{count} characters.", len(typed))
    return (), text.format(count=len(typed))
